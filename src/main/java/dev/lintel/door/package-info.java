/** Who may pass which door when, what drives its lock, and what its sensor says. */
package dev.lintel.door;
