/** Cameras: sources of frames, the thread that reads each of them, and what a frame costs. */
package dev.lintel.camera;
