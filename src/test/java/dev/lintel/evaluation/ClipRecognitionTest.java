package dev.lintel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.face.Embedding;
import org.junit.jupiter.api.Test;

class ClipRecognitionTest {
    private final ClipRecognition clips = new ClipRecognition();

    ClipRecognitionTest() {
        for (String person : new String[] {"Ann", "Ann-Marie", "Bo"}) {
            clips.enrol(person, new Embedding("m", new float[] {1, 0}));
        }
    }

    @Test
    void shouldTakeAClipForThePersonWhoseNameItBeginsWith() {
        assertThat(clips.whose("Ann.mp4")).hasValue("Ann");
        assertThat(clips.whose("Ann")).hasValue("Ann");
        assertThat(clips.whose("Ann-Marie_2.mp4")).hasValue("Ann-Marie");
        assertThat(clips.whose("Bo 3")).hasValue("Bo");
    }

    @Test
    void shouldTakeAClipOfAnyOtherNameForAStranger() {
        assertThat(clips.whose("Anna.mp4")).isEmpty();
        assertThat(clips.whose("visitor.mp4")).isEmpty();
    }
}
