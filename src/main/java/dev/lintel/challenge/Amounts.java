package dev.lintel.challenge;

import dev.lintel.access.Movement;

/**
 * How much of each movement a pose is, measured from a person's own rest: 0 at rest, 1 once it is made. A flat picture that is
 * turned or bowed reaches nothing: its nose stays among eyes and mouth where it was.
 */
final class Amounts {
    /** Degrees as the landmarks show them: photos bent over a head and turned by 28 show 10 to 17 ('TurningPhotoTest'). */
    private static final double TURN = 10;

    /** As much of a nod as the landmarks show of one that is easily made. */
    private static final double NOD = 6.5;

    /** Nearer by a sixth: 10 cm of 60. */
    private static final double NEARER = Math.log(1.18);

    /** How far the nose must move against the plane of eyes and mouth, in distances of the eyes: less than on most heads. */
    private static final double ASIDE = 0.075;

    private static final double DOWN = 0.055;

    private final HeadPose rest;
    private final int left;

    /** @param mirrored whether the picture shows the person's left on its left */
    Amounts(HeadPose rest, boolean mirrored) {
        this.rest = rest;
        this.left = mirrored ? -1 : 1;
    }

    double of(Movement movement, HeadPose pose) {
        return switch (movement) {
            case LEFT -> turn(left, pose);
            case RIGHT -> turn(-left, pose);
            case NOD -> bow(1, pose);
            case UP -> bow(-1, pose);
            case CLOSER -> Math.log(pose.size() / rest.size()) / NEARER;
        };
    }

    private double turn(int side, HeadPose pose) {
        return Math.min(side * (pose.yaw() - rest.yaw()) / TURN, side * (pose.aside() - rest.aside()) / ASIDE);
    }

    private double bow(int way, HeadPose pose) {
        return Math.min(way * (pose.pitch() - rest.pitch()) / NOD, way * (pose.down() - rest.down()) / DOWN);
    }

    /** The most of any movement. */
    double any(HeadPose pose) {
        double most = 0;
        for (Movement movement : Movement.values()) {
            most = Math.max(most, of(movement, pose));
        }
        return most;
    }
}
