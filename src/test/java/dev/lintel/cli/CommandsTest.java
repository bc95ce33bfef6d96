package dev.lintel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lintel.Appliance;
import dev.lintel.config.LintelConfig;
import dev.lintel.store.StoreConfig;
import dev.lintel.testkit.Configs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands against a running appliance. */
@Tag("slow")
class CommandsTest {
    private static final Path FACES = Path.of("src/test/resources/faces");

    @TempDir
    static Path folder;

    private static Appliance box;

    private record Run(int exit, String out, String err) {}

    @BeforeAll
    static void start() {
        box = Appliance.start(Configs.of(LintelConfig.class)
                .withGateway(Configs.gateway())
                .withStore(new StoreConfig(folder.resolve("lintel.db"), 0L)));
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    @BeforeEach
    void forgetEverybody() {
        Client client = new Client(box.url(), null);
        ListCommand.labels(client)
                .forEach(label ->
                        client.delete("/delete", Map.of("label", label)).orFail());
    }

    private static Run lintel(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                LintelCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exit = line.execute(arguments);
        return new Run(exit, out.toString(), err.toString());
    }

    private static Run online(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", box.url().toString(), "--home", folder.toString()));
        return lintel(all.toArray(String[]::new));
    }

    @Test
    void shouldEnrolAFolderAndReportWhatWasRefusedThenUseAndForgetIt() throws IOException {
        Path people = Files.createDirectories(folder.resolve("people"));
        Files.createDirectories(people.resolve("Anna"));
        Files.copy(FACES.resolve("01-a.jpg"), people.resolve("Anna/1.jpg"));
        Files.copy(FACES.resolve("03-a.jpg"), people.resolve("Bert-1.jpg"));
        Files.writeString(people.resolve("Carl.jpg"), "no image at all");
        Path report = folder.resolve("report.csv");

        Run enrolled = online("enroll", people.toString(), "--report", report.toString());
        assertThat(enrolled.exit).isEqualTo(1);
        assertThat(enrolled.out)
                .contains("Carl.jpg", "2 of 3 photos of 3 people are enrolled", "Without any usable photo: Carl");
        assertThat(Files.readAllLines(report)).hasSize(4).anyMatch(line -> line.contains("Anna,stored"));
        try (Stream<Path> data = Files.list(folder.resolve("data"))) {
            assertThat(data.map(Path::toString)).noneMatch(name -> name.endsWith(".journal"));
        }

        Path backup = folder.resolve("backup.json");
        assertThat(online("export", backup.toString()).exit).isZero();
        assertThat(online("export", backup.toString())).satisfies(run -> {
            assertThat(run.exit).isEqualTo(1);
            assertThat(run.err).contains("nothing is overwritten");
        });
        assertThat(online("list").out).contains("Anna", "Bert", "2 people");
        assertThat(online("re-enrol")).satisfies(run -> {
            assertThat(run.exit).isZero();
            assertThat(run.out).contains("nobody must be enrolled again");
        });
        assertThat(online("identify", FACES.resolve("01-b.jpg").toString()).out).contains("\tAnna\t");
        assertThat(online("verify", "--label", "Anna", FACES.resolve("01-b.jpg").toString()).exit)
                .isZero();
        assertThat(online("verify", "--label", "Bert", FACES.resolve("01-b.jpg").toString()).exit)
                .isEqualTo(1);
        assertThat(online("delete", "Anna", "--attendance", "some").exit).isEqualTo(2);
        assertThat(online("delete", "Anna").out).contains("Anna: 1 templates deleted");
        assertThat(online("delete", "Anna").exit).isEqualTo(1);
        assertThat(online("import", backup.toString()).out)
                .contains("1 templates imported, 1 were there already; 2 people");
    }

    @Test
    void shouldAnswerOneJsonObjectALine() throws IOException {
        Run run = online(
                "identify",
                "--json",
                FACES.resolve("05-a.jpg").toString(),
                FACES.resolve("06-a.jpg").toString());

        assertThat(run.exit).isZero();
        List<String> lines = run.out.lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode first = new ObjectMapper().readTree(lines.get(0));
        assertThat(first.path("label").asText()).isEqualTo("unknown");
        assertThat(first.path("status").asInt()).isEqualTo(200);
    }

    @Test
    void shouldGoOnWithAnInterruptedRunButOnlyForPeopleWhoAreStillThere() throws IOException {
        Path people = Files.createDirectories(folder.resolve("again"));
        Files.copy(FACES.resolve("07-a.jpg"), people.resolve("Dora.jpg"));
        Files.copy(FACES.resolve("08-a.jpg"), people.resolve("Emil.jpg"));
        assertThat(online("enroll", people.toString()).exit).isZero();
        assertThat(online("delete", "Emil", "--attendance", "keep").exit).isZero();
        try (EnrolmentJournal journal =
                EnrolmentJournal.open(folder.resolve("data"), people, box.url().toString())) {
            for (PhotoFolder.Photo photo : PhotoFolder.read(people)) {
                journal.add(EnrolmentJournal.id(photo));
            }
        }

        Run run = online("enroll", people.toString());

        assertThat(run.out)
                .contains("Going on with an interrupted run", "2 of 2 photos", "1 of them by the earlier run");
        assertThat(online("list").out).contains("Emil");
    }

    @Test
    void shouldShowAttendanceAndWhatHappened() throws IOException {
        Path people = Files.createDirectories(folder.resolve("attendance"));
        Files.copy(FACES.resolve("01-a.jpg"), people.resolve("Anna.jpg"));
        assertThat(online("enroll", people.toString()).exit).isZero();
        new Client(box.url(), null)
                .post(
                        "/attendance/corrections",
                        Map.of(),
                        "application/json",
                        BodyPublishers.ofString("{\"kind\":\"added\",\"label\":\"Anna\",\"at\":\""
                                + java.time.Instant.now() + "\",\"direction\":\"in\",\"reason\":\"by hand\"}"))
                .orFail();

        assertThat(online("attendance").out).containsPattern("Anna +1 +0 +0:00");
        assertThat(online(
                                "attendance",
                                "--day",
                                java.time.LocalDate.now(java.time.ZoneId.systemDefault())
                                        .toString(),
                                "--label",
                                "Anna")
                        .out)
                .contains("present")
                .containsPattern(" \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d ");
        Path csv = folder.resolve("month.csv");
        assertThat(online("attendance", "-o", csv.toString(), "--excel", "--summary").exit)
                .isZero();
        assertThat(Files.readAllLines(csv)).hasSize(2).first().asString().startsWith("\uFEFFmonth;label;");
        assertThat(online("attendance", "-o", csv.toString()).exit)
                .as("nothing is overwritten")
                .isEqualTo(1);
        assertThat(online("attendance", "-o", folder.resolve("month.pdf").toString()).exit)
                .isEqualTo(2);
        Path workbook = folder.resolve("month.bin");
        assertThat(online("attendance", "-o", workbook.toString(), "--format", "xlsx").exit)
                .isZero();
        assertThat(Files.readAllBytes(workbook)).startsWith('P', 'K');
        assertThat(online("events", "--number", "5").exit).isZero();
        assertThat(online("events", "--verify")).satisfies(run -> {
            assertThat(run.exit).isZero();
            assertThat(run.out).contains("attendance: 1 entries, 0 of them emptied, 0 wrong");
        });
        assertThat(online("attendance", "--month", "soon").err).contains("month: must be a month such as 2026-11");
    }

    @Test
    void shouldTakePeopleFromATableAndWriteOne() throws IOException {
        Path people = Files.createDirectories(folder.resolve("tabled/Anna"));
        Files.copy(FACES.resolve("01-a.jpg"), people.resolve("1.jpg"));
        online("enroll", people.getParent().toString());
        Path table = Files.writeString(
                folder.resolve("people.csv"),
                "label,external_id,active,department\nAnna,7,,Sales\nBert,8,no,\nCarl,,,\n=Dora,9,perhaps,\n");

        Run run = online("import-people", table.toString());
        assertThat(run.exit).isEqualTo(1);
        assertThat(run.out).contains("4 lines: created 1, linked 1, refused 2", "unknown_person", "active: must be");
        assertThat(online("import-people", table.toString()).out).contains("refused 2, unchanged 2");
        Path twin = Files.writeString(folder.resolve("twin.csv"), "label,external_id\nANNA,10\n");
        assertThat(online("import-people", twin.toString()).out).contains("'ANNA' is new, and nearly called as 'Anna'");
        assertThat(online("delete", "anna").err).contains("did you mean 'ANNA' or 'Anna'?");
        online("delete", "ANNA");
        Path other = Files.createDirectories(folder.resolve("spelled/anna"));
        Files.copy(FACES.resolve("07-a.jpg"), other.resolve("1.jpg"));
        assertThat(online("enroll", other.getParent().toString()).out)
                .contains("'anna' is new, and nearly called as 'Anna'");
        online("delete", "anna");

        Path written = folder.resolve("written.csv");
        assertThat(online("export-people", written.toString()).exit).isZero();
        assertThat(Files.readString(written)).contains("Anna,7,,true,Sales", "Bert,8,,false,");
        assertThat(online("import-people", written.toString()).out).contains("2 lines: unchanged 2");
        assertThat(online("export-people", written.toString()).exit).isEqualTo(1);
    }

    @Test
    void shouldTakePeopleOverFromDoubleTake() throws IOException {
        Path train = Files.createDirectories(folder.resolve("storage/train/anna"));
        Files.copy(FACES.resolve("01-a.jpg"), train.resolve("4711.jpg"));
        Files.createDirectories(folder.resolve("storage/matches"));
        Files.copy(FACES.resolve("03-a.jpg"), folder.resolve("storage/matches/x.jpg"));
        Files.copy(FACES.resolve("03-a.jpg"), folder.resolve("storage/train/stray.jpg"));

        Run run = online("import-double-take", folder.resolve("storage").toString());

        assertThat(run.exit).as(run.err).isZero();
        assertThat(run.out).contains("1 of 1 photos of 1 people are enrolled");
        assertThat(online("list").out).contains("anna", "1 person");

        try (RandomAccessFile huge =
                new RandomAccessFile(train.resolve("film.jpg").toFile(), "rw")) {
            huge.setLength(1L << 30);
        }
        assertThat(online("import-double-take", folder.resolve("storage").toString(), "--restart").out)
                .contains("film.jpg", "image_too_large");
        assertThat(online("import-double-take", "/nowhere").exit).isEqualTo(66);
    }

    /** The schema of Double Take 1.13. Untrained people keep their pictures in the folder. */
    @Test
    void shouldTakeOverWhatDoubleTakesDatabaseSaysIsTrained() throws Exception {
        Path storage = Files.createDirectories(folder.resolve("media"));
        for (String name : List.of("anna/1.jpg", "anna/2.jpg", "bert/3.jpg")) {
            Path photo = storage.resolve("train").resolve(name);
            Files.createDirectories(photo.getParent());
            Files.copy(FACES.resolve(name.startsWith("anna") ? "01-a.jpg" : "03-a.jpg"), photo);
        }
        Path database = Files.createDirectories(folder.resolve("a #1?")).resolve("database.db");
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:file:" + database.toUri().getRawPath());
                Statement sql = connection.createStatement()) {
            sql.execute(
                    "CREATE TABLE file (id INTEGER PRIMARY KEY AUTOINCREMENT, name, filename, meta JSON, isActive INTEGER,"
                            + " createdAt TIMESTAMP, UNIQUE(name, filename))");
            sql.execute(
                    "CREATE TABLE train (id INTEGER PRIMARY KEY AUTOINCREMENT, fileId INTEGER, name, filename, detector,"
                            + " meta JSON, createdAt TIMESTAMP, UNIQUE(fileId, detector))");
            sql.execute("INSERT INTO train (fileId, name, filename, detector, meta) VALUES"
                    + " (1, 'anna', '1.jpg', 'compreface', '{\"status\":201}'), (1, 'anna', '1.jpg', 'deepstack', '{}'),"
                    + " (2, 'anna', '2.jpg', 'compreface', NULL), (3, 'anna', 'gone.jpg', 'compreface', '{}')");
        }

        Run run = online("import-double-take", database.getParent().toString(), "--media", storage.toString());
        Run all = online(
                "import-double-take", database.getParent().toString(), "--media", storage.toString(), "--untrained");

        assertThat(run.exit).as(run.err).isZero();
        assertThat(run.out)
                .contains(
                        "1 photos that Double Take was trained with are no longer",
                        "2 photos in its folder are not trained")
                .contains("1 of 1 photos of 1 people are enrolled");
        assertThat(all.out).contains("3 of 3 photos of 2 people");
        Files.writeString(database, "no database at all");
        assertThat(online("import-double-take", database.getParent().toString(), "--media", storage.toString()).err)
                .contains("is no database of Double Take");
    }

    /** Answers as CompreFace 1.2 does: pages of faces, their pictures, and refusals for a foreign key. */
    @Test
    void shouldTakePeopleOverFromCompreFace() throws IOException {
        List<String> pictures = List.of("01-a.jpg", "07-a.jpg", "08-a.jpg");
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        List<String> asked = new CopyOnWriteArrayList<>();
        server.createContext("/cf/api/v1/recognition/faces", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] body;
            int status = 200;
            if (!"secret".equals(exchange.getRequestHeaders().getFirst("x-api-key"))) {
                status = 404;
                body = "{\"message\": \"Recognition service with API Key x not found\", \"code\": 10}".getBytes(UTF_8);
            } else if (exchange.getRequestURI().getPath().endsWith("/img")) {
                String id = exchange.getRequestURI().getPath().replaceAll(".*-(\\d)/img", "$1");
                body = id.equals("3")
                        ? new byte[0]
                        : Files.readAllBytes(FACES.resolve(pictures.get(Integer.parseInt(id))));
            } else {
                int page = Integer.parseInt(exchange.getRequestURI().getQuery().replaceAll(".*page=(\\d).*", "$1"));
                String face = "{\"image_id\": \"6b135f5b-a365-4522-b1f1-%d\", \"subject\": \"%s\"}";
                String faces = page == 0
                        ? face.formatted(0, "Anna") + "," + face.formatted(1, "Bert")
                        : face.formatted(2, "J\u00f6rg & S\u00f6hne") + "," + face.formatted(3, "Gone");
                body = ("{\"faces\": [" + faces + "], \"page_number\": " + page
                                + ", \"page_size\": 2, \"total_pages\": 2, \"total_elements\": 4}")
                        .getBytes(UTF_8);
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/cf/";
            assertThat(online("import-compreface", address, "--compreface-key", "wrong"))
                    .satisfies(run -> {
                        assertThat(run.exit).isEqualTo(1);
                        assertThat(run.err).contains("not found");
                    });

            Run run = online("import-compreface", address, "--compreface-key", "secret");

            assertThat(run.out)
                    .contains("no_picture", "3 of 4 photos of 4 people are enrolled", "Without any usable photo: Gone");
            assertThat(run.exit).isEqualTo(1);
            assertThat(online("list").out).contains("Anna", "J\u00f6rg & S\u00f6hne", "3 people");
            assertThat(asked).allMatch(line -> line.startsWith("GET "));
            assertThat(online("import-compreface", "http://127.0.0.1:1", "--compreface-key", "x").exit)
                    .isEqualTo(69);
        } finally {
            server.stop(0);
        }
    }

    /** What answers there may be anything, and one picture that is not given out is no reason to leave out the others. */
    @Test
    void shouldNotTakeEverythingForCompreFace() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/html", exchange -> answer(exchange, 200, "<html>Hello</html>"));
        server.createContext("/moved", exchange -> answer(exchange, 302, ""));
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[1 << 20];
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 100; i++) {
                    out.write(much);
                }
            }
        });
        server.createContext("/pages", exchange -> {
            String path = exchange.getRequestURI().toString();
            if (path.endsWith("/img")) {
                answer(exchange, path.contains("broken") ? 500 : 200, "no picture");
            } else {
                answer(
                        exchange,
                        200,
                        "{\"faces\": ["
                                + (path.contains("page=0")
                                        ? "{\"image_id\": \"broken\", \"subject\": \"Ida\"}, {\"image_id\": \"b\", \"subject\": \"Ole\"}"
                                        : "")
                                + "], \"total_pages\": 2000000000}");
            }
        });
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(online("import-compreface", address + "/html", "--compreface-key", "x").err)
                    .contains("no CompreFace answers there");
            assertThat(online("import-compreface", address + "/moved", "--compreface-key", "x").err)
                    .contains("another address");
            assertThat(online("import-compreface", address + "/endless", "--compreface-key", "x").err)
                    .contains("more than 32 MiB");
            assertThat(online("import-compreface", address + "/pages", "--compreface-key", "x").out)
                    .contains("no_picture", "0 of 2 photos of 2 people are enrolled");
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Location", "https://elsewhere.example/");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void shouldMakeNoBackupForAFolderThatIsNotThere() throws IOException {
        Path passphrase = Files.writeString(folder.resolve("passphrase"), "four words and more");

        Run run = online(
                "backup",
                "--to",
                folder.resolve("stick/box.backup").toString(),
                "--passphrase-file",
                passphrase.toString());

        assertThat(run.exit).isEqualTo(1);
        assertThat(run.err)
                .contains("there is no folder " + folder.resolve("stick"))
                .doesNotContain("Exception");
        assertThat(online("backup", "--list").out).doesNotContain("lintel-2");
    }

    @Test
    void shouldEndAsTheHelpSays() throws IOException {
        assertThat(lintel().exit).isEqualTo(2);
        assertThat(lintel("sing").exit).isEqualTo(2);
        assertThat(lintel("identify", "/nowhere.jpg").exit).isEqualTo(66);
        assertThat(lintel("enroll", "/nowhere").exit).isEqualTo(66);
        assertThat(lintel("list", "--url", "http://127.0.0.1:1/").exit).isEqualTo(69);
        assertThat(lintel("check-config", "--home", "/nowhere").exit).isEqualTo(78);
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "gateway: {prot: 1}");
        assertThat(lintel("check-config", "--config", wrong.toString(), "--home", folder.toString()))
                .satisfies(run -> {
                    assertThat(run.exit).isEqualTo(78);
                    assertThat(run.err)
                            .isEqualToIgnoringNewLines(
                                    "lintel: wrong.yaml: gateway.prot: no such key; did you mean gateway.port?");
                });
        assertThat(lintel("check-config", "--home", Path.of("").toAbsolutePath().toString()).exit)
                .isZero();
        Path nights = Files.writeString(
                folder.resolve("nights.yaml"),
                "attendance: {enabled: true, schedule: [{days: [mon], start: '22:00', end: '15:00', groups: [nights]}]}");
        assertThat(lintel("check-config", "--config", nights.toString(), "--home", folder.toString()).out)
                .contains("warning    attendance.schedule[0]: 22:00 to 15:00 takes 17:00 hours");
        assertThat(lintel("--version").out).startsWith("lintel ");
        assertThat(lintel("serve", "--help").exit).isZero();
    }

    /** The list of commands shows the first line of each. */
    @Test
    void shouldSayWhatEachCommandDoesInAWholeSentence() {
        LintelCommand.commandLine()
                .getSubcommands()
                .forEach((name, command) -> assertThat(
                                command.getCommandSpec().usageMessage().description()[0])
                        .as(name)
                        .endsWith("."));
    }

    @Test
    void shouldMakeKeysWhoseLineTheConfigurationAccepts() throws IOException {
        Run run = lintel("new-key", "door-1", "--role", "enrol");
        String line = run.out
                .lines()
                .filter(l -> l.contains("sha256"))
                .findFirst()
                .orElseThrow()
                .strip();
        Path config = Files.writeString(
                folder.resolve("keyed.yaml"), "gateway:\n  host: 0.0.0.0\n  keys:\n    " + line + "\n");

        assertThat(lintel("check-config", "--config", config.toString(), "--home", folder.toString()).out)
                .contains("keys       1");
        assertThat(lintel("new-key", "x", "--role", "king").exit).isEqualTo(2);
    }
}
