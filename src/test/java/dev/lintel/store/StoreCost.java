package dev.lintel.store;

import dev.lintel.access.GalleryDump;
import dev.lintel.face.Label;
import dev.lintel.messages.BackupMessages.ImportGallery;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.EnrolTemplates.NewTemplate;
import dev.lintel.messages.PeopleMessages.FindPeople;
import dev.lintel.messages.PeopleMessages.ListPeople;
import dev.lintel.messages.PeopleMessages.MatchFaces;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the store costs: enrolling, starting, searching and listing, with so many people. {@code java -cp ... dev.lintel.store.StoreCost
 * 10000}; a benchmark, not a test.
 */
final class StoreCost extends StoreTestBase {
    private StoreCost() {}

    public static void main(String[] args) throws Exception {
        int people = Integer.parseInt(args[0]);
        Path folder = Files.createTempDirectory("store-cost");
        StoreConfig config = new StoreConfig(folder.resolve("lintel.db"), 0L);
        Vertx vertx = Vertx.vertx();
        FaceStore store = await(FaceStore.open(vertx, config, MODEL, defaultRules()));
        List<GalleryDump.Entry> entries = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            entries.add(new GalleryDump.Entry(Label.of("Person " + i), Instant.now(), 0.9, face(i), false));
        }
        long start = System.nanoTime();
        done(store.backup().load(new ImportGallery(new GalleryDump(entries, List.of()), patient())));
        System.out.printf("import of %d: %.1f s%n", people, (System.nanoTime() - start) / 1e9);

        long[] enrol = new long[300];
        for (int i = 0; i < enrol.length; i++) {
            start = System.nanoTime();
            done(store.people()
                    .enrol(new EnrolTemplates(
                            Label.of("New " + i),
                            List.of(new NewTemplate(face(1_000_000 + i), 1)),
                            0.6,
                            true,
                            patient())));
            enrol[i] = System.nanoTime() - start;
        }
        say("enrol one face", enrol);
        long[] list = new long[30];
        for (int i = 0; i < list.length; i++) {
            start = System.nanoTime();
            done(store.people().list(new ListPeople("Person 5", 100, patient())));
            list[i] = System.nanoTime() - start;
        }
        say("list a page of 100", list);
        long[] find = new long[30];
        for (int i = 0; i < find.length; i++) {
            start = System.nanoTime();
            done(store.people().find(new FindPeople("", "erson 77", null, "", 100, patient())));
            find[i] = System.nanoTime() - start;
        }
        say("find by a part of the label", find);
        long[] search = new long[2000];
        for (int i = 0; i < search.length; i++) {
            MatchFaces question = new MatchFaces(List.of(face(i % people)), 5, patient());
            start = System.nanoTime();
            store.people().match(question);
            search[i] = System.nanoTime() - start;
        }
        say("search", search);
        long[] open = new long[7];
        for (int i = 0; i < open.length; i++) {
            await(store.close());
            start = System.nanoTime();
            store = await(FaceStore.open(vertx, config, MODEL, defaultRules()));
            open[i] = System.nanoTime() - start;
        }
        say("open", open);
        System.out.printf("database %.1f MB%n", Files.size(folder.resolve("lintel.db")) / 1e6);
        await(store.close());
        await(vertx.close());
    }

    private static void say(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                "%s: p50 %.2f ms, p95 %.2f ms%n",
                what, nanos[nanos.length / 2] / 1e6, nanos[Math.min(nanos.length - 1, nanos.length * 95 / 100)] / 1e6);
    }
}
