package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Consent;
import dev.lintel.access.ConsentConfig;
import dev.lintel.access.Receipt;
import dev.lintel.access.ReceiptDocument;
import dev.lintel.face.CropPicture;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal;
import dev.lintel.messages.ConsentMessages.CheckReceipt;
import dev.lintel.messages.ConsentMessages.GiveConsent;
import dev.lintel.messages.ConsentMessages.WithdrawConsent;
import dev.lintel.messages.PeopleMessages.ChangeTemplate;
import dev.lintel.messages.PeopleMessages.CollectPersonData;
import dev.lintel.messages.PeopleMessages.DeleteTemplate;
import dev.lintel.messages.PeopleMessages.FindPicture;
import dev.lintel.store.sqlite.MasterKey;
import dev.lintel.testkit.Configs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The picture of an enrolled view is kept where the operator and the person want it, and nowhere else. */
@Tag("slow")
class PicturesTest extends StoreTestBase {
    private static final String HEAD = "\u0089PNG";

    private Instant now = Events.MORNING;
    private boolean on = true;

    @Override
    protected EventRules rules() {
        return rules(new ConsentConfig(false, on, Duration.ofDays(14)), () -> now);
    }

    @Test
    void shouldMakeAPictureAndTheSameCropOfIt() {
        FaceCrop crop = crop(7);
        byte[] png = CropPicture.png(crop);

        assertThat(new String(png, 0, 4, StandardCharsets.ISO_8859_1)).isEqualTo(HEAD);
        assertThat(CropPicture.crop(png).rgb()).isEqualTo(crop.rgb());
    }

    @Test
    void shouldKeepNoneByDefaultAndNoneWithoutConsent() {
        assertThat(Configs.of(ConsentConfig.class).keepPictures()).isFalse();
        enrolPictured("Nothing on record", 1);
        give("Door only", "door");
        enrolPictured("Door only", 2);
        give("Ended", now.plusSeconds(60), "pictures");
        now = now.plusSeconds(60);
        enrolPictured("Ended", 3);
        on = false;
        reopen();
        give("Off", "pictures");
        enrolPictured("Off", 4);

        assertThat(number("SELECT count(*) FROM picture")).isZero();
        assertThat(number("SELECT count(*) FROM template")).isEqualTo(4);
        assertThat(files()).doesNotContain(HEAD, start(crop(1)), start(crop(4)));
    }

    @Test
    void shouldKeepThemSealedAndSealThemAnewWithANewKey() {
        give("Anna", "door", "pictures");
        long id = enrolPictured("Anna", 1);

        assertThat(CropPicture.crop(picture("Anna", id)).rgb()).isEqualTo(crop(1).rgb());
        assertThat(person("Anna").templates()).allMatch(Person.Template::picture);
        assertThat(number("SELECT length(png) FROM picture")).isGreaterThan(10_000);
        assertThat(files())
                .as("while it runs, with the write-ahead log")
                .doesNotContain(HEAD, "IHDR", "IEND", start(crop(1)));
        await(store.close());
        KeyRenewal.data(config(), MasterKey.FILE);
        store = await(open(MODEL));
        assertThat(CropPicture.crop(picture("Anna", id)).rgb()).isEqualTo(crop(1).rgb());
        assertThat(done(store.collection().collect(new CollectPersonData(label("Anna"), patient())))
                        .pictures())
                .containsOnlyKeys(0);
        assertThat(refused(store.people().picture(new FindPicture(label("Anna"), id + 1, patient()))))
                .isEqualTo(Refusal.Code.UNKNOWN_TEMPLATE);
    }

    /** Whoever can write to the disk gives nobody another's face. */
    @Test
    void shouldNotOpenOfAnotherTemplateOrPerson() {
        give("Anna", "pictures");
        give("Ben", "pictures");
        long anna = enrolPictured("Anna", 1);
        long ben = enrolPictured("Ben", 2);
        sql("UPDATE picture SET png = (SELECT png FROM picture WHERE template_id = " + anna + ") WHERE template_id = "
                + ben);

        assertThat(store.people()
                        .picture(new FindPicture(label("Ben"), ben, patient()))
                        .transform(done -> io.vertx.core.Future.succeededFuture(done.failed()))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join())
                .isTrue();
        assertThat(refused(store.people().picture(new FindPicture(label("Ben"), anna, patient()))))
                .isEqualTo(Refusal.Code.UNKNOWN_TEMPLATE);
    }

    @Test
    void shouldDeleteThemWithTheirTemplateAndPersonAndCountThem() {
        give("Anna", "pictures");
        long first = enrolPictured("Anna", 1);
        enrolPictured("Anna", 2);
        enrolPictured("Anna", 3);
        List<String> sealed = sealed();
        assertThat(sealed).hasSize(3).allMatch(bytes -> files().contains(bytes));

        done(store.changes().deleteTemplate(new DeleteTemplate(label("Anna"), first, patient())));
        assertThat(number("SELECT count(*) FROM picture")).isEqualTo(2);
        Receipt receipt = done(delete("Anna")).receipt();

        assertThat(receipt.gone().pictures()).isEqualTo(2);
        assertThat(genuine(receipt)).isTrue();
        Receipt.Gone gone = receipt.gone();
        assertThat(genuine(changed(receipt, new Receipt.Gone(gone.templates(), false, false, true, 0, 0, 0, false))))
                .isFalse();
        assertThat(ReceiptDocument.text(receipt)).contains("Deleted: pictures of these views: 2");
        assertThat(number("SELECT count(*) FROM picture")).isZero();
        assertThat(sealed).noneMatch(bytes -> files().contains(bytes));
    }

    @Test
    void shouldDeleteThemWhenTheConsentEndsOrNamesThemNoMore() {
        for (String name : List.of("Withdrawn", "Replaced", "Expired", "Stays")) {
            give(name, name.equals("Expired") ? now.plus(Duration.ofDays(1)) : null, "door", "pictures");
            enrolPictured(name, name.hashCode());
        }
        List<String> sealed = sealed();

        done(store.consents()
                .withdraw(new WithdrawConsent(label("Withdrawn"), "", "hr", false, null, patient()), recorded -> {}));
        give("Replaced", "door");
        now = now.plus(Duration.ofDays(1));
        await(store.consents().upkeep(recorded -> {}, gone -> {}));

        assertThat(person("Withdrawn").templates()).noneMatch(Person.Template::picture);
        assertThat(person("Replaced").templates()).noneMatch(Person.Template::picture);
        assertThat(person("Stays").templates()).allMatch(Person.Template::picture);
        assertThat(number("SELECT count(*) FROM picture")).isEqualTo(1);
        assertThat(sealed.stream().filter(bytes -> files().contains(bytes))).hasSize(1);
    }

    @Test
    void shouldDeleteAllOfThemOnceItIsSwitchedOff() {
        give("Anna", "pictures");
        enrolPictured("Anna", 1);
        List<String> sealed = sealed();
        on = false;

        reopen();

        assertThat(number("SELECT count(*) FROM picture")).isZero();
        assertThat(person("Anna").templates()).hasSize(1);
        assertThat(sealed).noneMatch(bytes -> files().contains(bytes));
    }

    @Test
    void shouldFollowAPersonAndATemplateToWhoAgreed() {
        give("Anna", "pictures");
        give("Ben", "pictures");
        give("Cleo", "door");
        long first = enrolPictured("Anna", 1);
        long second = enrolPictured("Anna", 2);
        enrolPictured("Anna", 3);
        enrolPictured("Ben", 4);
        enrolPictured("Cleo", 5);

        done(store.templates().change(new ChangeTemplate(label("Anna"), first, null, label("Ben"), patient())));
        assertThat(CropPicture.crop(picture("Ben", first)).rgb()).isEqualTo(crop(1).rgb());
        done(store.templates().change(new ChangeTemplate(label("Anna"), second, null, label("Cleo"), patient())));
        assertThat(person("Cleo").templates()).hasSize(2).noneMatch(Person.Template::picture);
        done(rename("Anna", "Anne", false));
        assertThat(person("Anne").templates()).hasSize(1).allMatch(Person.Template::picture);
        done(rename("Ben", "Cleo", true));

        assertThat(person("Cleo").templates()).hasSize(4).noneMatch(Person.Template::picture);
        assertThat(number("SELECT count(*) FROM picture")).isEqualTo(1);
    }

    /** Whoever agrees later shows the same photo once more. */
    @Test
    void shouldKeepThePictureOfATemplateThatWasThereBefore() {
        long id = enrolPictured("Anna", 1);
        give("Anna", "pictures");

        assertThat(enrolPictured("Anna", 1)).isEqualTo(id);

        assertThat(picture("Anna", id)).isNotEmpty();
    }

    private Receipt changed(Receipt receipt, Receipt.Gone gone) {
        return new Receipt(
                receipt.id(),
                receipt.person(),
                receipt.at(),
                gone,
                receipt.attendance(),
                receipt.kept(),
                receipt.key(),
                receipt.seal());
    }

    private boolean genuine(Receipt receipt) {
        return store.changes()
                .check(new CheckReceipt(receipt, patient()))
                .fold(check -> check.genuine(), refusal -> false);
    }

    private byte[] picture(String label, long id) {
        return done(store.people().picture(new FindPicture(label(label), id, patient())))
                .bytes();
    }

    private Person person(String label) {
        return done(get(label));
    }

    private static String start(FaceCrop crop) {
        return new String(Arrays.copyOf(crop.rgb(), 16), StandardCharsets.ISO_8859_1);
    }

    private void give(String label, String... purposes) {
        give(label, null, purposes);
    }

    private void give(String label, Instant until, String... purposes) {
        done(store.consents()
                .give(
                        new GiveConsent(
                                new Consent(label(label), "", now, List.of(purposes), until, "form", "hr", now, null),
                                patient()),
                        recorded -> {}));
    }

    /** Of each picture as it lies on the disk its last bytes, which no other record has. */
    private List<String> sealed() {
        return await(store.lanes().writer().urgently(tables -> tables.execute("SELECT png FROM picture"))).stream()
                .map(row -> row.getBuffer(0).getBytes())
                .map(bytes -> new String(
                        Arrays.copyOfRange(bytes, bytes.length - 16, bytes.length), StandardCharsets.ISO_8859_1))
                .toList();
    }

    private String files() {
        var bytes = new ByteArrayOutputStream();
        try (var files = Files.list(database().getParent())) {
            for (Path file : files.toList()) {
                bytes.write(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
