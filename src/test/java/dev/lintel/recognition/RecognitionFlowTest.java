package dev.lintel.recognition;

import static dev.lintel.testkit.FakeFaces.photo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.face.Deadline;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.GallerySize;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.testkit.Await;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.FakeBox;
import dev.lintel.testkit.FakeFaces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecognitionFlowTest {
    private static final Label ANNA = Label.of("Anna");
    private static final Label BOB = Label.of("Bob");

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private FakeBox box;
    private RecognitionFlow flow;

    @BeforeEach
    void start() throws Exception {
        box = await(FakeBox.start(vertx));
        flow = flow(Configs.of(RecognitionConfig.class));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    @Test
    void shouldRecogniseWhomItEnrolled() throws Exception {
        enrol(ANNA, "anna1", "anna2");
        enrol(BOB, "bob1");

        Identification found = done(identify("anna3"));

        Identity identity = found.principal().identity().fold(i -> i, r -> null);
        assertThat(identity.label()).contains(ANNA);
        assertThat(identity.unknownBecause()).isEmpty();
        assertThat(identity.candidates()).extracting(c -> c.label()).containsExactly(ANNA, BOB);
        assertThat(identity.margin().orElseThrow()).isGreaterThan(0.3);
        assertThat(found.threshold().basis().orElseThrow().size()).isEqualTo(new GallerySize(3, 2));
        assertThat(count("lintel.identifications", "match")).isEqualTo(1);
    }

    @Test
    void shouldCallAStrangerUnknown() throws Exception {
        enrol(ANNA, "anna1");

        Identity identity = principal(identify("carl1"));

        assertThat(identity.label()).isEmpty();
        assertThat(identity.unknownBecause()).contains(Identity.Why.TOO_FAR);
        assertThat(identity.candidates()).hasSize(1);
        assertThat(count("lintel.identifications", "unknown")).isEqualTo(1);
    }

    @Test
    void shouldCallEverybodyUnknownWhileNobodyIsEnrolled() throws Exception {
        Identity identity = principal(identify("carl1"));

        assertThat(identity.unknownBecause()).contains(Identity.Why.NOBODY_ENROLLED);
        assertThat(identity.candidates()).isEmpty();
        assertThat(identity.margin()).isEmpty();
    }

    @Test
    void shouldCallAFaceUnknownWhenTwoPeopleAreAboutAsNear() throws Exception {
        flow = flow(Configs.of(RecognitionConfig.class, "minimum-margin: 0.2"));
        enrol(ANNA, "anna1");
        await(flow.enrol(
                BOB, List.of(photo("anna2")), new EnrolOptions(FaceChoice.ONE, false, true, false, true), soon()));

        assertThat(principal(identify("anna3")).unknownBecause()).contains(Identity.Why.AMBIGUOUS);
    }

    @Test
    void shouldLookAtTheLargestFaceAndSayHowManyThereWere() throws Exception {
        enrol(ANNA, "anna1");

        Identification found = done(identify("anna2 bob1"));

        assertThat(found.facesFound()).isEqualTo(2);
        assertThat(found.faces()).hasSize(1);
        assertThat(found.principal().identity().fold(Identity::label, r -> null))
                .contains(ANNA);
    }

    @Test
    void shouldRefuseSeveralFacesWhereOneWasAskedFor() throws Exception {
        var options = new IdentifyOptions(OptionalDouble.empty(), 5, FaceChoice.ONE, true);

        Refusal refusal = refused(await(flow.identify(photo("anna1 bob1"), options, soon())));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.SEVERAL_FACES);
        assertThat(refusal.detail()).startsWith("2 faces found (at 0,10 200x200; 220,10 180x180)");
        assertThat(refusal.faces()).hasSize(2);
    }

    @Test
    void shouldAnswerForEveryFaceAndRefuseTheSpoofAlone() throws Exception {
        enrol(ANNA, "anna1");
        var options = new IdentifyOptions(OptionalDouble.empty(), 5, FaceChoice.ALL, true);

        Identification found = done(await(flow.identify(photo("!bob1 carl1 anna2"), options, soon())));

        assertThat(found.faces()).hasSize(3);
        assertThat(refused(found.faces().get(0).identity()).code()).isEqualTo(Refusal.Code.SPOOF_SUSPECTED);
        assertThat(done(found.faces().get(1).identity()).label()).isEmpty();
        assertThat(done(found.faces().get(2).identity()).label()).contains(ANNA);
        assertThat(found.principal()).isSameAs(found.faces().get(1));
    }

    @Test
    void shouldSayWhichLivenessCheckFailedAndByHowMuch() throws Exception {
        Refusal refusal = refused(identify("!anna1"));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.SPOOF_SUSPECTED);
        assertThat(refusal.detail()).startsWith("failed liveness checks: saturation 0.700 against 0.250;");
        assertThat(count("lintel.identifications", "spoof")).isEqualTo(1);
    }

    @Test
    void shouldRecogniseABlurredFaceButNotAUselessOne() throws Exception {
        enrol(ANNA, "anna1");

        assertThat(principal(identify("~anna2")).label()).contains(ANNA);
        assertThat(refused(identify("?anna2")).code()).isEqualTo(Refusal.Code.LOW_QUALITY);
        assertThat(count("lintel.identifications", "low_quality")).isEqualTo(1);
    }

    @Test
    void shouldJudgeEveryImageAndStoreTheGoodOnes() throws Exception {
        EnrolmentReport enrolled = enrol(ANNA, "anna1", "nobody", "~anna2", "anna3 bob1", "!anna4", "anna5");

        assertThat(enrolled.stored()).isEqualTo(2);
        assertThat(enrolled.total()).isEqualTo(2);
        assertThat(enrolled.images())
                .extracting(image -> image.refusal().map(Refusal::code).orElse(null))
                .containsExactly(
                        null,
                        Refusal.Code.NO_FACE,
                        Refusal.Code.LOW_QUALITY,
                        Refusal.Code.SEVERAL_FACES,
                        Refusal.Code.SPOOF_SUSPECTED,
                        null);
        assertThat(enrolled.images().get(2).face()).isPresent();
        assertThat(count("lintel.enrolments", "stored")).isEqualTo(2);
        assertThat(count("lintel.enrolments", "low_quality")).isEqualTo(1);
    }

    @Test
    void shouldLookAtNoMoreImagesAtOnceThanConfigured() throws Exception {
        box.hold();

        List<EncodedImage> images = Stream.of("anna1", "anna2", "anna3", "anna4", "anna5", "anna6")
                .map(FakeFaces::photo)
                .toList();
        Future<?> enrolment = flow.enrol(ANNA, images, EnrolOptions.strict(), soon());
        Await.await("the first images", () -> box.screened().size() == 2);
        box.release();
        await(enrolment);

        assertThat(box.screened()).hasSize(6);
        assertThat(box.mostScreenedAtOnce()).isEqualTo(2);
    }

    @Test
    void shouldStoreABlurredFaceOnlyIfTold() throws Exception {
        EnrolmentReport refusedFirst = enrol(ANNA, "~anna1");
        EnrolmentReport accepted = done(await(flow.enrol(
                ANNA, List.of(photo("~anna1")), new EnrolOptions(FaceChoice.ONE, true, false, false, true), soon())));

        assertThat(refusedFirst.stored()).isZero();
        assertThat(refusedFirst.total()).isZero();
        assertThat(refusedFirst.firstRefusal().orElseThrow().detail())
                .contains("sharpness too low")
                .contains("quality=accept");
        assertThat(accepted.stored()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAFaceThatIsEnrolledUnderAnotherLabel() throws Exception {
        enrol(ANNA, "anna1");

        EnrolmentReport again = enrol(BOB, "anna2", "anna3");
        EnrolmentReport.Image same = again.images().get(0);

        assertThat(again.stored()).isZero();
        assertThat(same.refusal().orElseThrow().code()).isEqualTo(Refusal.Code.ALREADY_ENROLLED);
        assertThat(same.refusal().orElseThrow().detail()).startsWith("already enrolled as Anna (distance 0.");
        assertThat(same.duplicateOf().orElseThrow().label()).isEqualTo(ANNA);
    }

    @Test
    void shouldStoreADuplicateWithAWarningIfTold() throws Exception {
        enrol(ANNA, "anna1");
        var options = new EnrolOptions(FaceChoice.ONE, false, true, false, true);

        EnrolmentReport.Image image = done(await(flow.enrol(BOB, List.of(photo("anna2")), options, soon())))
                .images()
                .get(0);

        assertThat(image.stored()).isTrue();
        assertThat(image.duplicateOf().orElseThrow().label()).isEqualTo(ANNA);
    }

    @Test
    void shouldSearchForOnePersonBySeveralImages() throws Exception {
        enrol(ANNA, "anna1");
        enrol(BOB, "bob1");

        Identification found = done(together("anna2", "~anna3", "anna4"));

        assertThat(done(found.principal().identity()).label()).contains(ANNA);
        assertThat(found.looks()).isEqualTo(3);
        assertThat(found.threshold().basis().orElseThrow().looks()).isEqualTo(3);
        assertThat(done(found.principal().identity()).candidates().get(0).similarity())
                .isGreaterThan(principal(identify("anna2")).candidates().get(0).similarity());
    }

    @Test
    void shouldNotPutDifferentPeopleTogether() throws Exception {
        enrol(ANNA, "anna1");

        Refusal two = refused(together("anna2", "bob2"));
        Refusal three = refused(together("anna2", "bob2", "anna3"));

        assertThat(two.code()).isEqualTo(Refusal.Code.UNLIKE_OTHERS);
        assertThat(three.detail()).startsWith("image 2 of 3 is unlike the others (distance ");
        assertThat(refused(await(flow.verifyTogether(
                                List.of(photo("anna2"), photo("bob2")), ANNA, VerifyOptions.defaults(), soon())))
                        .code())
                .isEqualTo(Refusal.Code.UNLIKE_OTHERS);
    }

    @Test
    void shouldSayWhichOfSeveralImagesCannotBeUsed() throws Exception {
        assertThat(refused(together("anna2", "nobody")).detail()).endsWith("(image 2 of 2)");
        assertThat(refused(together("!anna2", "anna3")).code()).isEqualTo(Refusal.Code.SPOOF_SUSPECTED);
    }

    @Test
    void shouldVerifyBySeveralImages() throws Exception {
        enrol(ANNA, "anna1", "anna2");
        List<EncodedImage> images = List.of(photo("anna3"), photo("anna4"));

        Verification compared = done(await(flow.verifyTogether(images, ANNA, VerifyOptions.defaults(), soon())));

        assertThat(compared.verified()).isTrue();
        assertThat(compared.faces()).hasSize(2);
        assertThat(compared.threshold().basis().orElseThrow().size()).isEqualTo(new GallerySize(2, 1));
    }

    @Test
    void shouldRefuseAFaceUnlikeThePersonsOthersUnlessTold() throws Exception {
        enrol(ANNA, "anna1", "anna2");

        EnrolmentReport.Image wrong = enrol(ANNA, "bob1").images().get(0);
        EnrolmentReport told = done(await(flow.enrol(
                ANNA, List.of(photo("bob1")), new EnrolOptions(FaceChoice.ONE, false, false, true, true), soon())));

        assertThat(wrong.refusal().orElseThrow().code()).isEqualTo(Refusal.Code.UNLIKE_OTHERS);
        assertThat(wrong.refusal().orElseThrow().detail())
                .startsWith("unlike the other pictures of this person (distance ")
                .contains("mixed=allow");
        assertThat(told.total()).isEqualTo(3);
    }

    @Test
    void shouldEnrolNothingOfARequestThatShowsTwoPeople() throws Exception {
        EnrolmentReport mixed = enrol(ANNA, "anna1", "bob1", "nobody");

        assertThat(mixed.stored()).isZero();
        assertThat(mixed.images())
                .extracting(image -> image.refusal().orElseThrow().code())
                .containsExactly(Refusal.Code.UNLIKE_OTHERS, Refusal.Code.UNLIKE_OTHERS, Refusal.Code.NO_FACE);
        assertThat(principal(identify("anna2")).unknownBecause()).contains(Identity.Why.NOBODY_ENROLLED);
    }

    @Test
    void shouldVerifyAgainstAPerson() throws Exception {
        enrol(ANNA, "anna1");
        enrol(BOB, "bob1");

        assertThat(done(verify("anna2", ANNA)).verified()).isTrue();
        assertThat(done(verify("anna2", BOB)).verified()).isFalse();
        assertThat(refused(verify("anna2", Label.of("Carl"))).code()).isEqualTo(Refusal.Code.UNKNOWN_PERSON);
    }

    @Test
    void shouldCompareTwoImages() throws Exception {
        assertThat(done(compare("anna1", "anna2", true)).verified()).isTrue();
        assertThat(done(compare("anna1", "bob2", true)).verified()).isFalse();
    }

    @Test
    void shouldLetTheReferenceBeAPrintOnlyIfTold() throws Exception {
        assertThat(refused(compare("anna1", "!anna2", true)).code()).isEqualTo(Refusal.Code.SPOOF_SUSPECTED);
        assertThat(done(compare("anna1", "!anna2", false)).verified()).isTrue();
        assertThat(refused(compare("!anna1", "anna2", false)).code()).isEqualTo(Refusal.Code.SPOOF_SUSPECTED);
    }

    @Test
    void shouldStopWhenNobodyWaits() throws Exception {
        Deadline gone = soon();
        gone.cancel();

        Outcome<EnrolmentReport> outcome =
                await(flow.enrol(ANNA, List.of(photo("anna1")), EnrolOptions.strict(), gone));

        assertThat(refused(outcome).code()).isEqualTo(Refusal.Code.EXPIRED);
        assertThat(box.screened()).isEmpty();
    }

    private RecognitionFlow flow(RecognitionConfig config) {
        return new RecognitionFlow(
                box.bus(), FakeFaces.CALIBRATION, FakeFaces.MODEL, config, new ApplianceMetrics(meters));
    }

    private EnrolmentReport enrol(Label label, String... photos) throws Exception {
        List<EncodedImage> images = Stream.of(photos).map(FakeFaces::photo).toList();
        return done(await(flow.enrol(label, images, EnrolOptions.strict(), soon())));
    }

    private Outcome<Identification> identify(String faces) throws Exception {
        return await(flow.identify(photo(faces), IdentifyOptions.defaults(), soon()));
    }

    private Outcome<Identification> together(String... photos) throws Exception {
        return await(flow.identifyTogether(
                Stream.of(photos).map(FakeFaces::photo).toList(), IdentifyOptions.defaults(), soon()));
    }

    private Outcome<Verification> verify(String face, Label label) throws Exception {
        return await(flow.verify(photo(face), label, VerifyOptions.defaults(), soon()));
    }

    private Outcome<Verification> compare(String first, String second, boolean bothLive) throws Exception {
        var options = new VerifyOptions(
                OptionalDouble.empty(), FaceChoice.ONE, bothLive ? LivenessUse.REQUIRED : LivenessUse.FIRST);
        return await(flow.compare(photo(first), photo(second), options, soon()));
    }

    private double count(String meter, String result) {
        return meters.get(meter).tag("result", result).counter().count();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(10));
    }

    private static Identity principal(Outcome<Identification> outcome) {
        return done(done(outcome).principal().identity());
    }

    private static <T> T done(Outcome<T> outcome) {
        return outcome.fold(value -> value, refusal -> {
            throw new AssertionError(refusal.detail());
        });
    }

    private static Refusal refused(Outcome<?> outcome) {
        return outcome.fold(
                value -> {
                    throw new AssertionError("not refused");
                },
                refusal -> refusal);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
