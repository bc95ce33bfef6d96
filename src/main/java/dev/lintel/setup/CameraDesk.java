package dev.lintel.setup;

import dev.lintel.camera.CameraConfig;
import dev.lintel.camera.CameraTrial;
import dev.lintel.camera.FaceSearch;
import dev.lintel.config.ConfigException;
import dev.lintel.config.Defaults;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.SetupMessages.AskStreams;
import dev.lintel.messages.SetupMessages.Found;
import dev.lintel.messages.SetupMessages.FoundCameras;
import dev.lintel.messages.SetupMessages.Streams;
import dev.lintel.messages.SetupMessages.Trial;
import dev.lintel.messages.SetupMessages.TriedFace;
import dev.lintel.messages.SetupMessages.TryCamera;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Finds cameras and tries them before they are configured. Waits for them; not for an event loop. */
public final class CameraDesk {
    private final FaceSearch search;
    private final Callable<List<Found>> finder;

    public CameraDesk(FaceSearch search) {
        this(search, new CameraFinder()::all);
    }

    /** @param finder where cameras are found */
    public CameraDesk(FaceSearch search, Callable<List<Found>> finder) {
        this.search = search;
        this.finder = finder;
    }

    Outcome<FoundCameras> find() throws Exception {
        return Outcome.done(new FoundCameras(finder.call()));
    }

    Outcome<Streams> streams(AskStreams question) throws InterruptedException {
        try {
            URI service = URI.create(question.address());
            boolean web = "http".equals(service.getScheme()) || "https".equals(service.getScheme());
            if (!web || service.getHost() == null) {
                throw new IllegalArgumentException();
            }
            OnvifCamera camera = new OnvifCamera(service, question.user(), question.password(), InstantSource.system());
            return Outcome.done(new Streams(camera.streams()));
        } catch (IllegalArgumentException e) {
            return Outcome.refused(
                    Refusal.Code.INVALID_REQUEST,
                    "address: must be the camera's, such as http://192.168.1.30/onvif/device_service");
        } catch (IOException e) {
            return Outcome.refused(Refusal.Code.CAMERA_UNAVAILABLE, e.getMessage());
        }
    }

    Outcome<Trial> look(TryCamera question) {
        CameraConfig camera;
        try {
            camera = Defaults.of(
                    CameraConfig.class,
                    "id: trial",
                    "source: " + quoted(question.source()),
                    "transport: " + quoted(question.transport()),
                    "rotation: " + question.rotation(),
                    "mirror: " + question.mirror());
        } catch (ConfigException e) {
            return Outcome.refused(Refusal.Code.INVALID_REQUEST, e.getMessage().replace("\n", "; "));
        }
        if (camera.plays()) {
            return Outcome.refused(
                    Refusal.Code.INVALID_REQUEST,
                    "source: must be a device below /dev, rpicam:// or a network address, such as rtsp://192.168.1.30/live");
        }
        CameraTrial trial = CameraTrial.of(camera, search);
        return Outcome.done(new Trial(
                trial.detail(),
                trial.picture(),
                trial.width(),
                trial.height(),
                trial.faces().stream()
                        .map(face -> new TriedFace(
                                face.box(),
                                face.quality().faceSize(),
                                face.quality().issues().stream()
                                        .map(issue -> issue.kind().name().toLowerCase(Locale.ROOT))
                                        .toList()))
                        .toList(),
                trial.fps(),
                trial.brightness(),
                trial.keyFrameAfter().toMillis() / 1e3));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
