/** Whether a package comes from who makes this box's releases, and the package manager that installs it. */
package dev.lintel.release;
