/** One sealed file with everything that makes a box this box: made while it works, checked, kept, and put back. */
package dev.lintel.backup;
