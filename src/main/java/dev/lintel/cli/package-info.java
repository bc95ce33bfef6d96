/**
 * The commands beside the server. They speak HTTP to the appliance: to the one that runs, or, where none does, to
 * one that they start for themselves on the same database. May use {@code config} and the root package.
 */
package dev.lintel.cli;
