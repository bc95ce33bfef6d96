package dev.lintel.attendance;

/** How events become attendance. */
public record AttendanceConfig() {}
