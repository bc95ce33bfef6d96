/** What the screen beside each door shows to whoever stands there, and to nobody else. */
package dev.lintel.screen;
