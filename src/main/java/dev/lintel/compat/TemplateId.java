package dev.lintel.compat;

import java.util.OptionalLong;
import java.util.UUID;

/** CompreFace numbers pictures by UUIDs, Lintel its templates by integers: a UUID of version 8 that holds the integer. */
final class TemplateId {
    private static final long HIGH = 0x0000_0000_0000_8000L;
    private static final long LOW = 0x8000_0000_0000_0000L;
    private static final long NODE = 0x0000_FFFF_FFFF_FFFFL;

    private TemplateId() {}

    static String write(long template) {
        return new UUID(HIGH, LOW | (template & NODE)).toString();
    }

    /**
     * Empty if it is a UUID and none of ours.
     *
     * @throws IllegalArgumentException if it is no UUID
     */
    static OptionalLong read(String text) {
        UUID id = UUID.fromString(text.strip());
        return id.getMostSignificantBits() == HIGH && (id.getLeastSignificantBits() & ~NODE) == LOW
                ? OptionalLong.of(id.getLeastSignificantBits() & NODE)
                : OptionalLong.empty();
    }
}
