package dev.lintel.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.testkit.RunningAppliance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Malformed requests over real HTTP against the whole appliance with its own models. Each must be answered in
 * good form and without a server error other than a deliberate 503, and at the end the box must be as well, and
 * as small, as it was.
 *
 * <p>{@code -Dfuzz.count=25000} sends more of them, {@code -Dfuzz.seed=N} others, {@code -Dfuzz.only=N} one alone.
 * {@code -Dfuzz.port=P -Dfuzz.pid=N} take a box that runs already, without keys, instead of one in this JVM.
 */
@Tag("slow")
@Tag("fuzz")
class UploadFuzzTest {
    private static final int COUNT = Integer.getInteger("fuzz.count", 1_500);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_124L);
    private static final Integer ONLY = Integer.getInteger("fuzz.only");
    private static final Integer PORT = Integer.getInteger("fuzz.port");
    private static final long PID =
            Long.getLong("fuzz.pid", ProcessHandle.current().pid());
    /** After these, every pool and cache has seen what it is going to see. */
    private static final int WARM_UP = COUNT / 3;

    private static final int CLIENTS = 3;
    private static final int PATIENCE_MILLIS = 25_000;
    /** A request this large may be refused by closing the connection before it was read. */
    private static final int LARGE = 60_000;
    /** What may come on top between warm-up and end: allocators and thread pools are never quite still. */
    private static final long SLACK_MB = 160;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, AtomicInteger> statuses = new ConcurrentSkipListMap<>();
    private final Map<String, AtomicInteger> families = new ConcurrentSkipListMap<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private RawHttp http;
    private Requests requests;

    @TempDir
    Path data;

    @Test
    void shouldAnswerMalformedRequestsAndStayWell() throws Exception {
        if (PORT != null) {
            attack(PORT);
        } else {
            Logger log = (Logger) LoggerFactory.getLogger("ROOT");
            Errors errors = new Errors();
            errors.start();
            log.addAppender(errors);
            try (RunningAppliance box = RunningAppliance.start(data)) {
                attack(box.port());
            } finally {
                log.detachAppender(errors);
            }
            assertThat(errors.messages)
                    .as("whoever sends rubbish or hangs up fills no log")
                    .isEmpty();
        }
    }

    private static final class Errors extends AppenderBase<ILoggingEvent> {
        private final Set<String> messages = ConcurrentHashMap.newKeySet();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel() == Level.ERROR) {
                messages.add(event.getMessage());
            }
        }
    }

    private void attack(int port) throws Exception {
        byte[] face = Seeds.resource("/faces/01-a.jpg");
        byte[] again = Seeds.resource("/faces/01-b.jpg");
        http = new RawHttp(port, PATIENCE_MILLIS);
        requests = new Requests(SEED, Seeds.of(face));
        assertThat(upload("/enroll?label=Sound", face).status()).isEqualTo(200);

        if (ONLY != null) {
            shoot(ONLY);
        } else {
            shoot(0, WARM_UP);
            Footprint before = Footprint.of(PID);
            long began = System.nanoTime();
            shoot(WARM_UP, COUNT);
            double seconds = (System.nanoTime() - began) / 1e9;
            Footprint after = Footprint.of(PID);
            report(before, after, seconds);
            if (failures.isEmpty()) {
                assertFlat(before, after);
            }
        }
        assertThat(failures).as("seed %d, of %d requests", SEED, COUNT).isEmpty();

        assertThat(get("/health").text()).contains("\"ok\"");
        assertThat(get("/ready").status()).isEqualTo(200);
        RawHttp.Answer known = upload("/identify", again);
        assertThat(known.status()).isEqualTo(200);
        assertThat(JSON.readTree(known.body()).path("label").asText()).isEqualTo("Sound");
    }

    private void shoot(int from, int to) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            AtomicInteger next = new AtomicInteger(from);
            List<Future<?>> all = java.util.stream.IntStream.range(0, CLIENTS)
                    .<Future<?>>mapToObj(i -> clients.submit(() -> {
                        for (int n = next.getAndIncrement();
                                n < to && failures.size() < 10;
                                n = next.getAndIncrement()) {
                            shoot(n);
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private void shoot(int n) throws IOException {
        RawRequest request = requests.make(n);
        RawHttp.Answer answer = http.send(request.bytes(), !request.whole());
        count(families, request.family().startsWith("bomb") ? "bomb" : request.family());
        count(
                statuses,
                answer.end() == RawHttp.End.ANSWERED
                        ? String.valueOf(answer.status())
                        : answer.end().name().toLowerCase(Locale.ROOT));
        String wrong = wrongWith(request, answer);
        if (wrong != null) {
            Path saved = Path.of("target", "fuzz-" + SEED + "-" + n + ".bin");
            Files.write(saved, request.bytes());
            failures.add("request " + n + " (" + request.family() + ", saved as " + saved + "): " + wrong);
        }
    }

    /** What is wrong with this answer, or null. */
    private static String wrongWith(RawRequest request, RawHttp.Answer answer) {
        switch (answer.end()) {
            case SILENT:
                return "no answer within " + PATIENCE_MILLIS + " ms";
            case CUT:
                return request.whole() && request.bytes().length < LARGE
                        ? "the connection was closed without an answer"
                        : null;
            default:
                return wrongWith(answer, request);
        }
    }

    private static String wrongWith(RawHttp.Answer answer, RawRequest request) {
        boolean readiness = answer.text().startsWith("{\"ready\":");
        if (answer.status() == 501 && !request.whole()) {
            return null; // Netty's answer to a version of HTTP that does not exist
        }
        if (answer.status() >= 500 && answer.status() != 503) {
            return "answered " + answer.status() + ": " + answer.text();
        }
        if (answer.status() == 503 && !readiness && answer.header("retry-after").isEmpty()) {
            return "503 without Retry-After";
        }
        String type = answer.header("content-type");
        if (new String(
                        request.bytes(),
                        0,
                        Math.min(5, request.bytes().length),
                        java.nio.charset.StandardCharsets.ISO_8859_1)
                .equals("HEAD ")) {
            return null;
        }
        try {
            if (answer.status() >= 400 && !readiness) {
                JsonNode problem = type.startsWith("application/problem+json")
                        ? JSON.readTree(answer.body())
                        : JSON.createObjectNode();
                boolean sound = problem.path("status").asInt() == answer.status()
                        && !problem.path("code").asText().isBlank()
                        && !problem.path("detail").asText().isBlank();
                return sound ? null : answer.status() + " is no problem: " + type + " " + answer.text();
            }
            if (type.startsWith("application/json")
                    && JSON.readTree(answer.body()).isMissingNode()) {
                return "empty JSON";
            }
            return null;
        } catch (IOException e) {
            return answer.status() + " is no JSON: " + answer.text();
        }
    }

    private static void assertFlat(Footprint before, Footprint after) {
        assertThat(after.outsideHeap()).as("MB outside the heap").isLessThan(before.outsideHeap() + SLACK_MB);
        assertThat(after.usedHeap()).as("MB of live objects").isLessThan(before.usedHeap() + 40);
        assertThat(after.threads()).as("threads").isLessThan(before.threads() + 24);
        assertThat(after.files()).as("open files").isLessThan(before.files() + 24);
    }

    private void report(Footprint before, Footprint after, double seconds) {
        System.out.printf(
                "fuzz: seed %d, %d requests, the last %d of them in %.1f s%n  answers  %s%n  families %s%n"
                        + "  after warm-up %s%n  at the end    %s%n",
                SEED, COUNT, COUNT - WARM_UP, seconds, statuses, families, before, after);
    }

    private RawHttp.Answer upload(String target, byte[] image) throws IOException {
        return http.send(
                RawRequest.of(
                                "sound",
                                "POST",
                                target,
                                RawRequest.multipartType(),
                                RawRequest.multipart("face.jpg", "image/jpeg", image))
                        .bytes(),
                false);
    }

    private RawHttp.Answer get(String target) throws IOException {
        return http.send(RawRequest.of("sound", "GET", target, "", new byte[0]).bytes(), false);
    }

    private static void count(Map<String, AtomicInteger> where, String what) {
        where.computeIfAbsent(what, key -> new AtomicInteger()).incrementAndGet();
    }
}
