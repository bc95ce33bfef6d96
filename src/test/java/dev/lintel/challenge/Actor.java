package dev.lintel.challenge;

import dev.lintel.access.Cue;

/** Somebody or something before the camera: what it shows in each frame, knowing what the screen says. */
public interface Actor {
    Head at(double ms, Cue cue);
}
