/** What people know and the box must not: hashed slowly. */
package dev.lintel.store.secrets;
