/** Who may use the box: accounts, keys and sessions, as hashes. */
package dev.lintel.store.accounts;
