package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Speaks to a socket such as systemd's; a process of its own, because systemd-notify takes the environment's. */
@Tag("slow")
class ServiceManagerTest {
    private static final String SERVER = """
      import socket, sys
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.bind(sys.argv[1])
      s.settimeout(60)
      print("listening", flush=True)
      while True:
          data, fds, flags, address = socket.recv_fds(s, 4096, 8)
          for line in data.decode().splitlines():
              print(line, flush=True)
          for fd in fds:
              __import__("os").close(fd)
      """;

    @TempDir
    Path folder;

    @BeforeEach
    void needsSystemdAndPython() {
        assumeTrue(onPath("systemd-notify") && onPath("python3"), "needs systemd-notify and python3");
    }

    /** What the child process of the test does. */
    public static final class Service {
        public static void main(String[] arguments) throws InterruptedException {
            ServiceManager manager = ServiceManager.of(System.getenv());
            manager.ready("serving");
            manager.watch(() -> true);
            Thread.sleep(Long.parseLong(arguments[0]));
            manager.stopping();
        }
    }

    @Test
    void shouldTellReadyAliveAndStopping() throws Exception {
        Path socket = folder.resolve("notify");
        Process server = new ProcessBuilder("python3", "-c", SERVER, socket.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = server.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("listening");
            Process service = service("1500", socket.toString(), "900000");
            List<String> lines = new ArrayList<>();
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                lines.add(line);
                if (line.startsWith("STOPPING=1")) {
                    break;
                }
            }
            assertThat(service.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(lines)
                    .startsWith("READY=1", "STATUS=serving", "MAINPID=" + service.pid())
                    .contains("WATCHDOG=1");
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void shouldGoOnWhereTheSocketIsGone() throws Exception {
        Process service = service("10", folder.resolve("nobody").toString(), "");

        assertThat(service.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(service.exitValue()).isZero();
    }

    private static Process service(String millis, String socket, String watchdog) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Service.class.getName(),
                millis);
        builder.environment().put("NOTIFY_SOCKET", socket);
        builder.environment().put("WATCHDOG_USEC", watchdog);
        return builder.inheritIO().start();
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
