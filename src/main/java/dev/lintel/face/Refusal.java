package dev.lintel.face;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Why the box did not do what it was asked, in words for the person who asked.
 *
 * @param code machine-readable reason; stable, part of the HTTP contract
 * @param detail one or two sentences: what was wrong and what to do; never a name, unless the asker gave it
 *     or is entitled to it
 * @param faces where the offending faces are, if it is about faces; else empty
 */
public record Refusal(Code code, String detail, List<FaceBox> faces) implements Serializable {

    public enum Code {
        /** The bytes are no image that can be decoded. */
        UNREADABLE_IMAGE,
        /** The bytes are of a format that is not JPEG, PNG, WebP, BMP, GIF or TIFF. */
        UNSUPPORTED_FORMAT,
        /** More pixels than the configuration allows, by the header. */
        IMAGE_TOO_LARGE,
        NO_FACE,
        SEVERAL_FACES,
        /** The face is too small, turned away, blurred or badly lit; the detail lists which. */
        LOW_QUALITY,
        SPOOF_SUSPECTED,
        /** The same face is stored under another label. */
        ALREADY_ENROLLED,
        /** The face is unlike the others that are to be the same person's. */
        UNLIKE_OTHERS,
        UNKNOWN_PERSON,
        /** No consent of this person is on record. */
        UNKNOWN_CONSENT,
        /** Nobody is enrolled against a consent that was withdrawn, or without one where it is required. */
        CONSENT_MISSING,
        UNKNOWN_TEMPLATE,
        /** No view of this visit is kept. */
        VIEW_GONE,
        /** No group of unknown visitors has this number, or it was forgotten. */
        UNKNOWN_VISITOR,
        /** No entry of the attendance book has this sequence. */
        UNKNOWN_ENTRY,
        /** The entry was replaced or voided before: the correction is to be corrected. */
        ALREADY_CORRECTED,
        /** The label of a rename is taken by someone else. */
        LABEL_TAKEN,
        /** Somebody else has this number of another system. */
        EXTERNAL_ID_TAKEN,
        /** The person is deactivated. */
        PERSON_INACTIVE,
        INVALID_LABEL,
        /** An account or a key of this name exists. */
        NAME_TAKEN,
        UNKNOWN_ACCOUNT,
        UNKNOWN_KEY,
        /** Nobody would be left who may make accounts and keys. */
        LAST_ADMINISTRATOR,
        /** A face more for somebody who has rights at a door is an administrator's decision. */
        RIGHTS_PROTECTED,
        UNKNOWN_DOOR,
        /** No door has a screen with this key. */
        UNKNOWN_SCREEN,
        /** The door was to open, but its lock could not be driven. */
        LOCK_FAILED,
        /** Nobody at the door has been asked for a PIN. */
        NO_PIN_EXPECTED,
        /** Too many wrong PINs; the detail says how long. */
        PIN_LOCKED_OUT,
        /** A parameter or a message body that cannot be used. */
        INVALID_REQUEST,
        UNKNOWN_CAMERA,
        /** The camera gives no picture at the moment. */
        CAMERA_UNAVAILABLE,
        /** The configuration says that this camera's picture is not shown. */
        PICTURE_WITHHELD,
        /** An import made by another embedding model. */
        MODEL_MISMATCH,
        /** Another backup is being made. */
        BACKUP_RUNNING,
        /** A backup could not be made, or was not whole when it was looked at; the detail says why. */
        BACKUP_FAILED,
        /** The asker's deadline passed or the asker went away before the work began. */
        EXPIRED
    }

    public Refusal {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(detail, "detail");
        faces = List.copyOf(faces);
    }

    public Refusal(Code code, String detail) {
        this(code, detail, List.of());
    }
}
