package dev.lintel.testkit;

import dev.lintel.access.AttendanceEntry;
import dev.lintel.access.AttendanceEntry.Kind;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.Enrolled;
import dev.lintel.attendance.Counting;
import dev.lintel.bus.Bus;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.AttendanceMessages;
import dev.lintel.messages.AttendanceMessages.AttendanceEntries;
import dev.lintel.messages.AttendanceMessages.CorrectAttendance;
import dev.lintel.messages.AttendanceMessages.ReadAttendance;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The attendance book of a store, in memory; passes the store's contract. Thread-safe. */
final class FakeBook {
    private final Counting counting = new Counting(Configs.attendance());
    private final List<AttendanceEntry> entries = new ArrayList<>();
    private final Predicate<Label> known;
    private final Supplier<Map<Label, Enrolled>> enrolled;

    /** @param known whether somebody is enrolled */
    FakeBook(Predicate<Label> known, Supplier<Map<Label, Enrolled>> enrolled) {
        this.known = known;
        this.enrolled = enrolled;
    }

    Future<?> serve(Bus bus) {
        return Future.all(
                bus.serve(AttendanceMessages.READ, ask -> Future.succeededFuture(read(ask))),
                bus.serve(AttendanceMessages.CORRECT, ask -> Future.succeededFuture(correct(ask))));
    }

    /** An event was recorded. */
    synchronized void happened(DoorEvent event) {
        if (event.person() != null && known.test(event.person()) && counting.counts(event)) {
            entries.add(new AttendanceEntry(
                    entries.size() + 1,
                    event.id(),
                    Kind.SEEN,
                    event.person(),
                    event.at(),
                    event.direction(),
                    event.camera(),
                    event.door(),
                    null,
                    null,
                    Instant.now(),
                    null));
        }
    }

    synchronized List<AttendanceEntry> of(Label person) {
        return entries.stream().filter(one -> one.person().equals(person)).toList();
    }

    synchronized int size() {
        return entries.size();
    }

    synchronized void clear() {
        entries.clear();
    }

    private synchronized Outcome<AttendanceEntries> read(ReadAttendance ask) {
        if (ask.person() != null && !known.test(ask.person())) {
            return unknown();
        }
        Predicate<Label> asked = label -> ask.person() == null || ask.person().equals(label);
        Map<Label, Enrolled> people = new HashMap<>(enrolled.get());
        people.keySet().removeIf(asked.negate());
        return Outcome.done(new AttendanceEntries(
                entries.stream()
                        .filter(one -> asked.test(one.person()))
                        .filter(one -> !one.at().isBefore(ask.from())
                                        && one.at().isBefore(ask.to())
                                || one.isCorrection() && !one.writtenAt().isBefore(ask.from()))
                        .toList(),
                people));
    }

    private static <T> Outcome<T> unknown() {
        return Outcome.refused(Refusal.Code.UNKNOWN_PERSON, "nobody is enrolled under this label");
    }

    private synchronized Outcome<AttendanceEntry> correct(CorrectAttendance ask) {
        boolean added = ask.kind() == Kind.ADDED;
        boolean voided = ask.kind() == Kind.VOIDED;
        if (ask.kind() == Kind.SEEN
                || ask.reason() == null
                || ask.reason().isBlank()
                || added != (ask.target() == null)
                || added != (ask.person() != null)
                || voided != (ask.at() == null)
                || ask.at() != null && ask.at().isAfter(Instant.now())) {
            return Outcome.refused(Refusal.Code.INVALID_REQUEST, "kind, target, at and reason must fit each other");
        }
        for (AttendanceEntry entry : entries) {
            if (entry.id().equals(ask.id())) {
                return Outcome.done(entry);
            }
        }
        if (added) {
            return known.test(ask.person()) ? Outcome.done(write(ask, null)) : unknown();
        }
        for (AttendanceEntry entry : entries) {
            if (ask.target().equals(entry.target())) {
                return Outcome.refused(
                        Refusal.Code.ALREADY_CORRECTED, "entry " + entry.sequence() + " corrects it: correct that one");
            }
        }
        return entries.stream()
                .filter(entry -> entry.sequence() == ask.target() && entry.kind() != Kind.VOIDED)
                .findFirst()
                .map(target -> Outcome.done(write(ask, target)))
                .orElseGet(() -> Outcome.refused(
                        Refusal.Code.UNKNOWN_ENTRY, "there is no entry " + ask.target() + " to correct"));
    }

    private AttendanceEntry write(CorrectAttendance ask, AttendanceEntry target) {
        AttendanceEntry entry = new AttendanceEntry(
                entries.size() + 1,
                ask.id(),
                ask.kind(),
                target == null ? ask.person() : target.person(),
                ask.at() == null ? target.at() : ask.at(),
                ask.direction() == null ? target.direction() : ask.direction(),
                target == null ? null : target.camera(),
                target == null ? null : target.door(),
                ask.target(),
                ask.author(),
                Instant.now(),
                ask.reason().strip());
        entries.add(entry);
        return entry;
    }
}
