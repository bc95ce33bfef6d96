/**
 * HTTP: contract, routes, JSON, problems, keys, admission. May use {@code face}, {@code bus}, {@code
 * recognition}, {@code metrics}.
 */
package dev.lintel.gateway;
