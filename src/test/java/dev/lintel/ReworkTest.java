package dev.lintel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.config.LintelConfig;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.setup.Effect;
import dev.lintel.testkit.Configs;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReworkTest {
    private static final String CAMERA = "cameras: [{id: front, source: /dev/video0, door: main}]";
    private static final String DOOR = "doors: [{id: main}]";

    private final Vertx vertx = Vertx.vertx();
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final LintelConfig first = config(CAMERA, DOOR);
    private Rework rework;

    @BeforeEach
    void start() {
        rework = new Rework(
                first,
                new Part(vertx, "delivery"),
                new Part(vertx, "doors"),
                new Part(vertx, "screens"),
                new Part(vertx, "cameras"),
                new Part(vertx, "backup"),
                new Rework.Makers(part("delivery"), part("doors"), part("screens"), part("cameras"), part("backup")),
                ApplianceMetrics.unpublished());
        rework.start();
        steps.clear();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Says what happens to it; doors that fail safe are none that this machine can open. */
    private Function<LintelConfig, Deployable> part(String name) {
        return config -> new VerticleBase() {
            @Override
            public Future<?> start() {
                steps.add("+" + name);
                return name.equals("doors")
                                && config.doors().stream()
                                        .anyMatch(door -> door.id().equals("broken"))
                        ? Future.failedFuture("there is no such chip")
                        : Future.succeededFuture();
            }

            @Override
            public Future<?> stop() {
                steps.add("-" + name);
                return Future.succeededFuture();
            }
        };
    }

    @Test
    void shouldTakeDownOnlyWhatIsChanged() {
        rework.take(config(CAMERA, DOOR, "delivery: {retry-from: 2s}"));
        assertThat(steps).containsExactly("-delivery", "+delivery");

        steps.clear();
        rework.take(config(CAMERA, "doors: [{id: main, schedules: {everybody: ['Mon-Fri 07:00-19:00']}}]"));
        assertThat(steps).containsExactly("-screens", "-doors", "-delivery", "+delivery", "+doors", "+screens");

        steps.clear();
        rework.take(config(CAMERA, "doors: [{id: main, schedules: {everybody: ['Mon-Fri 07:00-19:00']}}]"));
        assertThat(steps).isEmpty();
    }

    @Test
    void shouldTellTheNameOfThePlaceWithoutARestart() {
        LintelConfig named = config(CAMERA, DOOR, "gateway: {place: Harbour Street 4, port: 8001}");
        assertThat(rework.plan(named))
                .containsExactlyInAnyOrder(new Effect("gateway.place", false), new Effect("gateway.port", true));
        rework.take(named);

        assertThat(rework.place()).isEqualTo("Harbour Street 4");
        assertThat(steps).containsExactly("-screens", "+screens", "-backup", "+backup");
        assertThat(rework.plan(named)).containsExactly(new Effect("gateway.port", true));
    }

    @Test
    void shouldTakeUpTheDailyBackup() {
        rework.take(config(CAMERA, DOOR, "backup: {at: '03:30'}"));

        assertThat(steps).containsExactly("-backup", "+backup");
    }

    @Test
    void shouldLetCamerasKnowOfAnotherCoolDown() {
        rework.take(config(CAMERA, "doors: [{id: main, cool-down: 20s}]"));

        assertThat(steps).containsExactly("-cameras", "-screens", "-doors", "+doors", "+screens", "+cameras");
    }

    @Test
    void shouldGoOnAsBeforeIfItDoesNotWork() {
        LintelConfig broken = config(CAMERA, "doors: [{id: main}, {id: broken}]");

        assertThatThrownBy(() -> rework.take(broken))
                .isInstanceOf(ApplianceException.class)
                .hasMessage("doors: there is no such chip");
        assertThat(steps).containsExactly("-screens", "-doors", "+doors", "+doors", "+screens");
        assertThat(rework.plan(first)).isEmpty();
    }

    /** What a verticle deploys goes down with it; parts stay until they are taken down themselves. */
    @Test
    void shouldOutliveWhoeverAskedForTheChange() {
        LintelConfig next = config(CAMERA, "doors: [{id: main}, {id: back}]");
        String asker = Appliance.await("asker", vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                return vertx.executeBlocking(() -> {
                    rework.take(next);
                    return null;
                });
            }
        }));
        steps.clear();
        Appliance.await("asker", vertx.undeploy(asker));

        assertThat(steps).isEmpty();
    }

    @Test
    void shouldSayWhatWaitsForARestart() {
        assertThat(rework.plan(config("cameras: []", DOOR, "gateway: {port: 8001}", "visitors: {keep: 1h}")))
                .containsExactlyInAnyOrder(
                        new Effect("cameras", false), new Effect("gateway.port", true), new Effect("visitors", true));
    }

    /** Doors and cameras go on by the former clock until the whole box has the new one. */
    @Test
    void shouldTakeUpADoorWhileAnotherTimeZoneWaits() {
        String zone = "time-zone: Pacific/Auckland";
        LintelConfig moved = config(CAMERA, DOOR, zone);
        assertThat(rework.plan(moved)).extracting(Effect::part).containsExactlyInAnyOrder("attendance", "time-zone");
        rework.take(moved);
        assertThat(steps).isEmpty();

        rework.take(config(CAMERA, "doors: [{id: main}, {id: back}]", zone));
        assertThat(steps).containsExactly("-screens", "-doors", "+doors", "+screens");
    }

    private static LintelConfig config(String... yaml) {
        return Configs.of(LintelConfig.class, yaml);
    }
}
