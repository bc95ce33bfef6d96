/**
 * Neural networks: {@link dev.lintel.inference.ModelPack} is a verified model on disk, {@link
 * dev.lintel.inference.Network} runs it. TensorFlow and OpenCV DNN stay inside this package: no tensor and no
 * native handle crosses its border. May use {@code face}.
 */
package dev.lintel.inference;
