/** Unknown visitors told apart: faces to groups, plain Java. How long they are kept is configured here. */
package dev.lintel.visitors;
