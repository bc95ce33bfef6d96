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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the table of ARCHITECTURE.md against the code. */
class ArchitectureTest {
    private static final String ROOT = "dev.lintel";
    private static final JavaClasses MAIN = new ClassFileImporter().importPath(Path.of("target/classes"));

    /** Which of our own packages each package may use. Missing here: root and cli, which may use all; settings, all may use. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry("settings", Set.of()),
            entry("face", Set.of()),
            entry("metrics", Set.of()),
            entry("access", Set.of("face")),
            entry("bus", Set.of("face", "metrics")),
            entry("messages", Set.of("face", "access", "bus")),
            entry("inference", Set.of("face")),
            entry("vision", Set.of("face", "inference", "metrics")),
            entry("liveness", Set.of("face", "access", "bus", "messages", "vision", "inference", "metrics")),
            entry("embedding", Set.of("face", "bus", "messages", "inference", "metrics")),
            entry("models", Set.of("face", "vision", "liveness", "embedding", "inference", "metrics")),
            entry("attendance", Set.of("face", "access")),
            entry("visitors", Set.of()),
            entry("store", Set.of("face", "access", "attendance", "visitors", "bus", "messages", "metrics")),
            entry("recognition", Set.of("face", "bus", "messages", "metrics")),
            entry("tracking", Set.of("face", "access", "vision", "liveness", "recognition")),
            entry(
                    "camera",
                    Set.of(
                            "face",
                            "access",
                            "bus",
                            "messages",
                            "inference",
                            "vision",
                            "liveness",
                            "recognition",
                            "tracking",
                            "metrics")),
            entry("door", Set.of("face", "access", "bus", "messages", "metrics")),
            entry("delivery", Set.of("face", "access", "bus", "messages", "metrics")),
            entry("gateway", Set.of("face", "access", "attendance", "bus", "messages", "recognition", "metrics")),
            entry(
                    "evaluation",
                    Set.of(
                            "face",
                            "access",
                            "models",
                            "vision",
                            "liveness",
                            "embedding",
                            "inference",
                            "recognition",
                            "metrics")),
            entry("config", Set.of()));

    /** Which packages may touch which library. */
    private static final Map<String, Set<String>> LIBRARY_USERS = Map.ofEntries(
            entry("org.tensorflow..", Set.of("inference")),
            entry("org.bytedeco..", Set.of("inference", "vision", "camera")),
            entry("io.vertx.sqlclient..", Set.of("store")),
            entry("io.vertx.jdbcclient..", Set.of("store")),
            entry("io.vertx.ext.web..", Set.of("gateway")),
            entry("io.vertx.openapi..", Set.of("gateway")),
            entry("io.vertx.mqtt..", Set.of("delivery")),
            entry("io.micrometer..", Set.of("metrics", "", "gateway")),
            entry("com.diozero..", Set.of("door")),
            entry("org.dhatim..", Set.of("attendance")),
            entry("picocli..", Set.of("cli", "")),
            entry("com.drew..", Set.of("vision")));

    @TestFactory
    Stream<DynamicTest> packagesUseOnlyWhatTheTableAllows() {
        return MAY_USE.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(
                        e.getKey(),
                        () -> noClasses()
                                .that()
                                .resideInAPackage(ROOT + "." + e.getKey() + "..")
                                .should()
                                .dependOnClassesThat(ourOwnOutside(e.getKey(), e.getValue()))
                                .allowEmptyShould(true)
                                .check(MAIN)));
    }

    @TestFactory
    Stream<DynamicTest> librariesStayInTheirRooms() {
        return LIBRARY_USERS.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(
                        e.getKey(),
                        () -> classes()
                                .that(new DescribedPredicate<JavaClass>("depend on " + e.getKey()) {
                                    @Override
                                    public boolean test(JavaClass c) {
                                        return c.getDirectDependenciesFromSelf().stream()
                                                .anyMatch(d -> JavaClass.Predicates.resideInAPackage(e.getKey())
                                                        .test(d.getTargetClass()));
                                    }
                                })
                                .should()
                                .resideInAnyPackage(e.getValue().stream()
                                        .map(p -> p.isEmpty() ? ROOT : ROOT + "." + p + "..")
                                        .toArray(String[]::new))
                                .allowEmptyShould(true)
                                .check(MAIN)));
    }

    @Test
    void vertxStaysInVerticlesAndConductors() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".face..",
                        ROOT + ".access..",
                        ROOT + ".attendance..",
                        ROOT + ".tracking..",
                        ROOT + ".visitors..",
                        ROOT + ".vision..",
                        ROOT + ".inference..",
                        ROOT + ".config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx..")
                .check(MAIN);
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".liveness..", ROOT + ".embedding..")
                .and()
                .haveSimpleNameNotEndingWith("Verticle")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx..")
                .check(MAIN);
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
    void everyRoomHasASignAndStandsInTheMap() throws IOException {
        String map = Files.readString(Path.of("ARCHITECTURE.md"));
        try (Stream<Path> rooms = Files.list(Path.of("src/main/java/dev/lintel"))) {
            assertThat(rooms.filter(Files::isDirectory).toList()).isNotEmpty().allSatisfy(room -> {
                assertThat(room.resolve("package-info.java")).exists();
                assertThat(map).contains("| `" + room.getFileName() + "` |");
            });
        }
    }

    private static DescribedPredicate<JavaClass> ourOwnOutside(String pkg, Set<String> allowed) {
        return new DescribedPredicate<>("our own code outside " + allowed) {
            @Override
            public boolean test(JavaClass c) {
                String name = c.getPackageName();
                if (!name.equals(ROOT) && !name.startsWith(ROOT + ".")) {
                    return false;
                }
                if (pkg.equals("config") && (c.getSimpleName().endsWith("Config") || c.isEnum() || c.isNestedClass())) {
                    return false;
                }
                String room = name.equals(ROOT)
                        ? ""
                        : name.substring(ROOT.length() + 1).split("\\.")[0];
                return !room.equals(pkg) && !room.equals("settings") && !allowed.contains(room);
            }
        };
    }
}
