/**
 * The domain: images, faces, embeddings, people and the answers that the box gives about them.
 * Uses the JDK only; every type is immutable, serialisable and safe to share between threads.
 */
package dev.lintel.face;
