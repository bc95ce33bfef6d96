package dev.lintel.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Movement;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeadPoseTest {
    private static final Head REST = Head.still(320, 180, 60);

    @Test
    void shouldSeeWhatAHeadDoes() {
        assertThat(amount(Movement.LEFT, REST.turned(25, 0, 1))).isGreaterThan(1.5);
        assertThat(amount(Movement.RIGHT, REST.turned(-25, 0, 1))).isGreaterThan(1.5);
        assertThat(amount(Movement.LEFT, REST.turned(-25, 0, 1))).isLessThan(-1.2);
        assertThat(amount(Movement.NOD, REST.turned(0, 20, 1))).isGreaterThan(1.1);
        assertThat(amount(Movement.UP, REST.turned(0, -20, 1))).isGreaterThan(1.1);
        assertThat(amount(Movement.CLOSER, REST.turned(0, 0, 1.25))).isBetween(1.1, 1.6);
    }

    @Test
    void shouldTakeNoMovementForAnother() {
        assertThat(others(Movement.LEFT, REST.turned(30, 0, 1))).isLessThan(0.8);
        assertThat(others(Movement.NOD, REST.turned(0, 22, 1))).isLessThan(0.8);
        assertThat(others(Movement.CLOSER, REST.turned(0, 0, 1.4))).isLessThan(0.5);
    }

    @Test
    void shouldSeeTheOtherSideInAMirroredPicture() {
        Amounts mirrored = new Amounts(pose(REST), true);
        assertThat(mirrored.of(Movement.RIGHT, pose(REST.turned(25, 0, 1)))).isGreaterThan(1);
    }

    /** Turned, bowed, tilted and waved, at any place: a sheet of paper makes no movement but that it comes nearer. */
    @Test
    void shouldSeeNoMovementInASheetOfPaper() {
        Random random = new Random(5);
        HeadPose rest = pose(flat(0, 0, 0, 1));
        Amounts amounts = new Amounts(rest, false);
        for (int i = 0; i < 10_000; i++) {
            HeadPose pose = pose(flat(
                    random.nextDouble(-60, 60),
                    random.nextDouble(-60, 60),
                    random.nextDouble(-30, 30),
                    random.nextDouble(0.7, 1.1)));
            for (Movement movement : Movement.values()) {
                if (movement != Movement.CLOSER) {
                    assertThat(amounts.of(movement, pose))
                            .as(movement + " " + i)
                            .isLessThan(1);
                }
            }
        }
    }

    private static Head flat(double yaw, double pitch, double roll, double scale) {
        return new Head(320, 180, 60 * scale, yaw, pitch, roll, true);
    }

    private static double amount(Movement movement, Head head) {
        return new Amounts(pose(REST), false).of(movement, pose(head));
    }

    private static double others(Movement movement, Head head) {
        return Stream.of(Movement.values())
                .filter(other -> other != movement)
                .mapToDouble(other -> amount(other, head))
                .max()
                .orElseThrow();
    }

    private static HeadPose pose(Head head) {
        return HeadPose.of(0, head.seen(new Random(0) {
            @Override
            public synchronized double nextGaussian() {
                return 0;
            }
        }));
    }
}
