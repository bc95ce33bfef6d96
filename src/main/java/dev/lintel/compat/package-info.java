/**
 * The APIs of CompreFace, DeepStack and CodeProject.AI, so that their clients need no change. They answer pictures and enrol
 * people; no door opens and no attendance is written from here.
 */
package dev.lintel.compat;
