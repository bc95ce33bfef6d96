/**
 * {@code conf/lintel.yaml} as a tree of the packages' own config records. May use those records only.
 */
package dev.lintel.config;
