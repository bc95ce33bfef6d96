/** The certificate under which the box is reached: its own, or one that it was given. */
package dev.lintel.tls;
