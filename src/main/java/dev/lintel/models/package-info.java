/** The configured networks together: each pack is verified once and opened once, whoever needs it. */
package dev.lintel.models;
