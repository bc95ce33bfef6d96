package dev.lintel.access;

import dev.lintel.face.Person;
import java.io.Serializable;
import java.util.List;

/**
 * @param templates with their vectors
 * @param access when and where the person may pass
 * @param events that name the person, oldest first
 * @param attendance with corrections, oldest first
 */
public record PersonData(
        Person person,
        List<GalleryDump.Entry> templates,
        AccessRights access,
        List<Recorded> events,
        List<AttendanceEntry> attendance)
        implements Serializable {
    public PersonData {
        templates = List.copyOf(templates);
        events = List.copyOf(events);
        attendance = List.copyOf(attendance);
    }
}
