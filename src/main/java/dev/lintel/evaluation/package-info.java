/**
 * How good is this box? Runs the appliance's own path (read, check, embed) over folders of images and reports
 * what the field reports; derives the operating points of an embedder. Plain Java without Vert.x. May use {@code
 * face}, {@code vision}, {@code liveness}, {@code embedding}, {@code inference}, {@code recognition}, {@code
 * metrics}. Writes nothing but the report: no vector, no crop unless thumbnails are asked for.
 */
package dev.lintel.evaluation;
