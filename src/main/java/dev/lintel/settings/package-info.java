/** What every part's configuration is made of: checks of its values and addresses. Every part may use it. */
package dev.lintel.settings;
