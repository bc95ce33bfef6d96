/** Who may use the box, as values: roles, accounts of people, keys of programs, passwords. */
package dev.lintel.accounts;
