package dev.lintel.cli;

import dev.lintel.attendance.AttendanceConfig;
import dev.lintel.attendance.Counting;
import dev.lintel.attendance.ScheduleCheck;
import dev.lintel.camera.CameraConfig;
import dev.lintel.config.ConfigException;
import dev.lintel.config.LintelConfig;
import dev.lintel.door.DoorConfig;
import dev.lintel.settings.Checks;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "check-config",
        description =
                "Check the configuration, say everything that is wrong with it at once, and print what it means: address, time zone, paths,"
                        + " cameras, doors and their hours. Ends with 78 if anything is wrong or a file that it names is missing.")
final class CheckConfigCommand implements Callable<Integer> {
    @Mixin
    Installation installation;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Path file = installation.file();
        LintelConfig config = installation.load();
        List<String> missing = ConfiguredFiles.missing(config);
        print(
                config,
                Files.exists(file)
                        ? file + (missing.isEmpty() ? " is valid" : " can be read")
                        : "no " + file + ": everything has its default");
        if (!missing.isEmpty()) {
            throw new ConfigException(String.join("\n", missing));
        }
        return ExitCodes.OK;
    }

    private void print(LintelConfig config, String headline) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(headline);
        line(out, "address", BoxAddress.of(config.gateway()));
        int keys = config.gateway().keys().size();
        line(out, "keys", keys == 0 ? "none" : keys);
        line(
                out,
                "time zone",
                config.timeZone() + ", now "
                        + LocalTimes.in(config.timeZone().getId())
                                .text(Instant.now().toString()));
        line(out, "database", config.store().database());
        line(
                out,
                "backup",
                config.backup().folder(config.store().database())
                        + config.backup()
                                .at()
                                .map(at -> ", each day at " + at + ", "
                                        + config.backup().keep() + " are kept")
                                .orElse(", only when asked for"));
        line(out, "detector", config.vision().model());
        line(out, "landmarks", config.vision().landmarks());
        line(out, "embedder", config.embedding().model());
        line(out, "liveness", config.liveness().network().map(Path::toString).orElse("heuristics only"));
        config.cameras()
                .forEach(camera -> line(
                        out,
                        "camera",
                        camera.id() + ": " + camera.address() + ", "
                                + lower(camera.direction()) + ", "
                                + camera.door().map(door -> "door " + door).orElse("no door")));
        config.doors().forEach(door -> print(out, door));
        print(out, config.attendance());
        warnings(config, Instant.now()).forEach(warning -> line(out, "warning", warning));
        config.delivery().webhooks().forEach(hook -> line(out, "webhook", hook.name() + ": " + hook.place()));
        config.delivery()
                .frigate()
                .place()
                .ifPresent(place -> line(
                        out,
                        "frigate",
                        place + ", cameras " + config.delivery().frigate().cameras()));
        config.delivery()
                .mqtt()
                .host()
                .ifPresent(host -> line(
                        out, "broker", host + ":" + config.delivery().mqtt().port()));
        out.flush();
    }

    private static void print(PrintWriter out, DoorConfig door) {
        line(
                out,
                "door",
                door.id() + ": lock " + door.lock().text() + ", pulse "
                        + Checks.text(door.lock().pulse()) + ", fail " + lower(door.fail())
                        + (door.requireLiveness() ? "" : ", opens to photographs: require-liveness is false"));
        door.schedules()
                .forEach((group, hours) ->
                        line(out, "  hours", group + ": " + (hours.isEmpty() ? "never" : String.join(", ", hours))));
        door.holidays()
                .forEach((day, hours) ->
                        line(out, "  day", day + ": " + (hours.isEmpty() ? "closed" : String.join(", ", hours))));
    }

    private static List<String> warnings(LintelConfig config, Instant now) {
        Counting counting = new Counting(config.attendance());
        List<String> all = new ArrayList<>(ScheduleCheck.warnings(
                config.attendance(),
                config.cameras().stream()
                        .filter(camera ->
                                counting.isPoint(camera.id(), camera.door().orElse(null)))
                        .map(CameraConfig::direction)
                        .toList()));
        config.cameras().stream()
                .filter(camera -> camera.learntFrom().isAfter(now))
                .forEach(camera -> all.add("camera " + camera.id() + ": level-since is " + camera.learntFrom()
                        + ", in the future: nothing is learnt of its live faces until then"));
        return all;
    }

    private static void print(PrintWriter out, AttendanceConfig attendance) {
        if (!attendance.enabled()) {
            line(out, "attendance", "not kept");
            return;
        }
        line(out, "attendance", "days begin at " + attendance.dayStart() + ":00");
        attendance
                .schedule()
                .forEach(shift -> line(
                        out,
                        "  expected",
                        String.join(", ", shift.days()) + " " + shift.start() + "-" + shift.end()
                                + (shift.groups().isEmpty() ? "" : ": " + String.join(", ", shift.groups()))));
    }

    private static void line(PrintWriter out, String what, Object value) {
        out.printf("%-11s%s%n", what, value);
    }

    private static String lower(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
