/** Public holidays of countries and their regions. */
package dev.lintel.holidays;
