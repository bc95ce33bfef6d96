package dev.lintel.bus;

import dev.lintel.face.Deadline;

/** A sensor that speaks HTTP saw the door open or close. Refused if the door has no such sensor. */
public record ReportSensor(String door, boolean open, Deadline deadline) implements Message {}
