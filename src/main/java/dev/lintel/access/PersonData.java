package dev.lintel.access;

import dev.lintel.face.EncodedImage;
import dev.lintel.face.Person;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * @param templates with their vectors
 * @param pictures what these were made of, as PNG, where that is kept, by the place of the template in the list
 * @param access when and where the person may pass
 * @param consent what is on record of it; null if nothing is
 * @param visits of an unknown person who looks like this one, as far as such visits are remembered
 * @param events that name the person, oldest first
 * @param attendance with corrections, oldest first
 */
public record PersonData(
        Person person,
        List<GalleryDump.Entry> templates,
        Map<Integer, EncodedImage> pictures,
        AccessRights access,
        Consent consent,
        List<Visit> visits,
        List<Recorded> events,
        List<AttendanceEntry> attendance)
        implements Serializable {

    /** @param live whether the face was proven live */
    public record Visit(Instant at, String camera, boolean live) implements Serializable {}

    public PersonData {
        templates = List.copyOf(templates);
        pictures = Map.copyOf(pictures);
        visits = List.copyOf(visits);
        events = List.copyOf(events);
        attendance = List.copyOf(attendance);
    }
}
