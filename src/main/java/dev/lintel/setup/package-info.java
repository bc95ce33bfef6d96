/** Setting the box up while it runs: its configuration, changed over the network. */
package dev.lintel.setup;
