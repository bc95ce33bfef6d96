package dev.lintel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.lintel.ArchitectureMap.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the table of ARCHITECTURE.md against the code, and the house rules that a program can check. */
class ArchitectureTest {
    private static final String ROOT = "dev.lintel";
    private static final Path SOURCES = Path.of("src/main/java/dev/lintel");
    private static final JavaClasses MAIN = new ClassFileImporter().importPath(Path.of("target/classes"));
    private static final ArchitectureMap MAP = map();

    /** The packages of the libraries, by their names in the table. */
    private static final Map<String, List<String>> LIBRARIES = Map.ofEntries(
            entry("Vert.x", List.of("io.vertx.core..")),
            entry("vertx-web", List.of("io.vertx.ext.web..", "io.vertx.openapi..", "io.vertx.json..")),
            entry("vertx-jdbc-client", List.of("io.vertx.sqlclient..", "io.vertx.jdbcclient..")),
            entry("vertx-mqtt", List.of("io.vertx.mqtt..")),
            entry("sqlite-jdbc", List.of("org.sqlite..")),
            entry("Micrometer", List.of("io.micrometer..")),
            entry("TensorFlow", List.of("org.tensorflow..")),
            entry("OpenCV", List.of("org.bytedeco..")),
            entry("FFmpeg (JavaCPP)", List.of("org.bytedeco..")),
            entry("metadata-extractor", List.of("com.drew..")),
            entry("Jackson", List.of("com.fasterxml..")),
            entry("SnakeYAML", List.of("org.yaml..")),
            entry("diozero (GPIO)", List.of("com.diozero..")),
            entry("fastexcel", List.of("org.dhatim..")),
            entry("jollyday", List.of("de.focus_shift..")),
            entry("picocli", List.of("picocli..")),
            entry("progressbar", List.of("me.tongfei..")),
            entry("qrcodegen", List.of("io.nayuki..")),
            entry("Logback", List.of("ch.qos..")));

    private static final int VERTICLE_LINES = 60;

    private static ArchitectureMap map() {
        try {
            return ArchitectureMap.read(Path.of("ARCHITECTURE.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> roomsUseOnlyWhatTheTableAllows() {
        return MAP.rooms().stream()
                .map(room -> DynamicTest.dynamicTest(
                        room.name(),
                        () -> noClasses()
                                .that(are("in " + room.name(), c -> roomOf(c).equals(room)))
                                .should()
                                .dependOnClassesThat(
                                        are("ours and not in " + room.mayUse(), c -> isOurs(c) && !mayUse(room, c)))
                                .check(MAIN)));
    }

    @TestFactory
    Stream<DynamicTest> librariesStayInTheirRooms() {
        return LIBRARIES.keySet().stream()
                .map(library -> DynamicTest.dynamicTest(
                        library,
                        () -> noClasses()
                                .that(are("where " + library + " is not named", c -> !mayUse(c, library)))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(LIBRARIES.get(library).toArray(String[]::new))
                                .check(MAIN)));
    }

    @Test
    void theTableNamesOnlyLibrariesThatAreChecked() {
        assertThat(MAP.rooms())
                .flatExtracting(Room::libraries)
                .isSubsetOf(Stream.concat(LIBRARIES.keySet().stream(), Stream.of(ArchitectureMap.ALL))
                        .toList());
    }

    @Test
    void messagesAreRecordsNestedInTheirCapability() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".messages")
                .and()
                .areNotTopLevelClasses()
                .should()
                .beRecords()
                .check(MAIN);
        classes()
                .that()
                .resideInAPackage(ROOT + ".messages")
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .haveSimpleNameEndingWith("Messages")
                .check(MAIN);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void whatTheStoreKeepsKnowsNothingOfTheWhole() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".store.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".store")
                .check(MAIN);
    }

    @Test
    void everyPackageHasASignAndStandsInTheMap() throws IOException {
        try (Stream<Path> packages = Files.walk(SOURCES)) {
            assertThat(packages.filter(p -> Files.isDirectory(p) && !p.equals(SOURCES))
                            .toList())
                    .isNotEmpty()
                    .allSatisfy(p -> {
                        assertThat(p.resolve("package-info.java")).exists();
                        String name = SOURCES.relativize(p).toString().replace('/', '.');
                        assertThat(MAP.of(name).name()).isEqualTo(name);
                    });
        }
        assertThat(MAP.rooms())
                .filteredOn(room -> !room.name().equals(ArchitectureMap.ROOT))
                .allSatisfy(room -> assertThat(SOURCES.resolve(room.name().replace('.', '/')))
                        .isDirectory());
    }

    @Test
    void verticlesAreShort() throws IOException {
        List<Path> verticles;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            verticles = files.filter(file -> file.toString().endsWith("Verticle.java"))
                    .toList();
        }
        assertThat(verticles)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(linesOfCode(file)).isLessThanOrEqualTo(VERTICLE_LINES));
    }

    /** Whoever reads a name knows which class it is. */
    @Test
    void noTwoClassesHaveOneName() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".java") && !name.equals("package-info.java")))
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        }
    }

    /** Without empty lines, comments, the package and imports. */
    private static long linesOfCode(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.matches("(package |import |//|/\\*|\\*).*"))
                    .count();
        }
    }

    private static boolean mayUse(Room room, JavaClass used) {
        String other = roomOf(used).name();
        return room.name().equals(other)
                || other.equals("settings") // of which every room's configuration is made
                || room.mayUse().contains(ArchitectureMap.ALL)
                || room.mayUse().contains(other)
                || (room.mayUse().contains(ArchitectureMap.EVERY_CONFIG)
                        && (used.getSimpleName().endsWith("Config") || used.isEnum() || used.isNestedClass()));
    }

    private static boolean mayUse(JavaClass user, String library) {
        Room room = roomOf(user);
        return room.libraries().contains(ArchitectureMap.ALL)
                || LIBRARIES.entrySet().stream()
                        .filter(known -> known.getValue().equals(LIBRARIES.get(library)))
                        .anyMatch(known -> room.libraries().contains(known.getKey()))
                || (library.equals("Vert.x") && user.getName().matches(".*Verticle(\\$.*)?"));
    }

    private static boolean isOurs(JavaClass c) {
        return c.getPackageName().equals(ROOT) || c.getPackageName().startsWith(ROOT + ".");
    }

    private static Room roomOf(JavaClass c) {
        return MAP.of(c.getPackageName().equals(ROOT) ? "" : c.getPackageName().substring(ROOT.length() + 1));
    }

    private static DescribedPredicate<JavaClass> are(String what, Predicate<JavaClass> condition) {
        return DescribedPredicate.describe(what, condition);
    }
}
