package dev.lintel.access;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What each code of a {@link Reason} says in English; the page has the same in its languages, under {@code reason.} and the
 * code. {@code {name}} is a word, {@code {name:.2f}} a number. Immutable.
 */
public final class Sentences {
    private static final Pattern GAP = Pattern.compile("\\{(\\w+)(?::(\\.\\d)f)?}");
    private static final Map<String, String> TEXTS = new LinkedHashMap<>();

    static {
        liveness();
        challenge();
        decisions();
        happenings();
        acts();
    }

    private static void liveness() {
        put("live-score", "the score {found:.2f}, {needed:.2f} is needed");
        put("attack-score", "the score {found:.2f}, {needed:.2f} and less counts as a photo or a screen");
        put("network", "the network's {found:.3f} on average over {frames:.0f} frames, {needed:.3f} is needed");
        put("network-missing", "the network judged {found:.0f} frames, {needed:.0f} are needed");
        put("grey", "the picture has no colour, as at night: motion has to speak for a live face as well");
        put("grey-still", "the picture has no colour, as at night, and nothing moved so far as only a live face does");
        put("no-network", "no liveness network is configured");
        put("frames", "frames judged so far: {found:.0f}, needed: {needed:.0f}");
        put("time", "only {found:.0f} ms were judged so far, {needed:.0f} are needed");
        put("depth", "the face has depth: the nose moved against it by {percent:.0f} %");
        put("flat", "the face turned like a flat sheet: narrower by {percent:.0f} %, but the nose stayed");
        put("scene-carried", "what is beside the face moves along with it, as in a picture that is carried");
        put("scene-stays", "the face moves before a scene that stays");
        put("no-noise", "the picture of the face does not change at all, not even by a camera's noise");
        put("eyes", "the eyes moved by themselves");
        put("edges", "straight edges run beside the face, as around a screen or a sheet");
        put("implausible", "{found:.0f} of {frames:.0f} frames were blown out or without texture");
    }

    private static void challenge() {
        put("challenge-passed", "{movements:.0f} movements that were asked for were made, in {ms:.0f} ms");
        put("challenge-still", "movements are asked for as soon as the head is held still: it was not");
        put("challenge-turn", "somebody else was asked to move the head meanwhile");
        put("challenge-slow", "movement {step:.0f} that was asked for was not made in time");
        put("challenge-other", "another movement was made than number {step:.0f}, which was asked for");
        put("challenge-early", "the head moved before movement {step:.0f} was asked for");
        put("challenge-cut", "the picture jumped during movement {step:.0f}, as where a film is cut");
        put("challenge-gap", "frames were missing during movement {step:.0f}");
        put("challenge-face", "the face was lost or became somebody else's after movements were asked for");
        put("challenge-unseen", "the face was not recognised while it moved");
        put("challenge-locked", "the movements failed too often: none are asked for in the next {seconds:.0f} s");
    }

    /** Why a door decided: what decided, what was needed, what to do. */
    private static void decisions() {
        put("lock-down", "the door is in lock-down: nobody passes until an operator ends it");
        put("free-passage", "the door is in free passage: everybody passes");
        put("photo", "something spoke for a photo or a screen");
        put("not-live", "the face was not proven live");
        put("not-judged", "no frame was judged");
        put("do-nearer", "come nearer, look into the camera and turn the head a little; better light helps");
        put("do-turn", "turn the head or take a step sideways; a lamp at the door helps");
        put("do-wait", "stay before the camera for a moment");
        put("do-light", "less light into the camera, and a clean lens, help");
        put("do-operator", "the box cannot judge it: an operator has to look at it");
        put("nobody-enrolled", "nobody is enrolled: enrol people first");
        put(
                "too-far",
                "nobody enrolled is near enough: distance {distance:.3f}, at most {limit:.3f} is needed; whoever"
                        + " should pass is to be enrolled, with photos from this camera if need be");
        put("not-enrolled", "this person is not enrolled any more: enrol them again");
        put(
                "near-threshold",
                "near the threshold, or the frames disagree: distance {distance:.3f}, at most {limit:.3f} is needed,"
                        + " margin {margin:.3f}");
        put("no-pin-taken", "this door takes no PIN for it: look straight into the camera, or enrol more photos");
        put("no-pin-set", "no PIN is set for whom it resembles: an operator can set one");
        put("not-yet", "not valid before {from}: an operator can change it");
        put("no-longer", "not valid since {until}: an operator can change it");
        put("always", "group {group} may pass at any time");
        put("hours", "within the hours of group {group}, {window}");
        put("day-hours", "within the hours of group {group}, {window} on {day}");
        put("no-hours", "no group of this person has hours at this door; groups: {groups}");
        put("outside-hours", "outside the hours of groups {groups} on {weekday} {time} {zone}");
        put("closed-day", "closed on this day, {weekday} {time} {zone}, for groups {groups}");
        put("cool-down", "let in {ago:.0f} s ago, within the cool-down of {time:.0f} s: the lock is not moved again");
        put("inside", "went in at {since} and has not come out since; an operator can forgive it");
        put("outside", "went out at {since} and has not gone in since; an operator can forgive it");
        put("soft", "against the anti-passback, which is soft");
        put("pin-needed", "the PIN is to settle it");
        put("pin-right", "the PIN is right");
        put("pin-wrong", "the PIN is wrong");
        put("pin-left", "attempts left: {left:.0f}");
        put("guesses-locked", "too many wrong keys or passwords from {address}: none is looked at for {seconds:.0f} s");
        put("pin-locked", "none is taken for {seconds:.0f} s");
        put("operator", "an operator asked for it");
        put("key", "by {key}");
        put("rights-unread", "the person's rights could not be read");
        put("unrecorded", "not recorded");
        put("opens-then", "this door opens then to those it recognises");
        put("shut-then", "this door stays shut then");
        put(
                "do-clock",
                "the box does not know the time, so hours and dates cannot be judged: it needs the network's time, see"
                        + " 'lintel doctor'");
        put("clock", "the box's clock was not set at that time");
        put("no-face", "no face was looked at");
        put(
                "face",
                "face {identity}, distance {distance:.3f}, limit {limit:.3f}, margin {margin:.3f}, {voted:.0f} of"
                        + " {frames:.0f} frames voted; {live}, {score:.2f}");
        put("face-alone", "face {identity}, nobody enrolled, {frames:.0f} frames; {live}, {score:.2f}");
    }

    private static void happenings() {
        put("passed", "let through; the box drives no lock there");
        put("passed-lock", "the lock opened for this person");
        put("passed-door", "the door was opened for this person");
        put("released", "the lock was released");
        put("release-failed", "the lock could not be released: {fault}");
        put("relock-failed", "the lock did not lock again: {fault}");
        put("not-driven", "the lock could not be driven: {fault}");
        put("shut-unrecorded", "the door stayed shut: the decision was not recorded in time");
        put("opened", "the door was opened");
        put("closed", "the door was closed");
        put("forced", "the door was opened without having been unlocked");
        put("held-open", "open for more than {seconds:.0f} s");
        put("forgiven", "an operator forgave: this person counts neither as inside nor as outside any more");
        put("mode", "the mode is {mode}");
        put("mode-until", "the mode is {mode} until {until}");
        put("camera", "{said}");
    }

    /** What people and programs did to the box. */
    private static void acts() {
        put("act-person-enrolled", "enrolled faces of a person");
        put("act-person-renamed", "renamed a person");
        put("act-person-described", "changed what is said of a person");
        put("act-person-activated", "activated a person again");
        put("act-person-deactivated", "deactivated a person");
        put("act-person-put", "took a person over from another system");
        put("act-people-merged", "gave two people one label");
        put("act-consent-given", "put a consent on record");
        put("act-consent-withdrawn", "wrote down that a consent was withdrawn");
        put("act-person-deleted", "deleted a person");
        put("act-template-deleted", "deleted a template");
        put("act-template-changed", "changed what a template counts for");
        put("act-rights-set", "set the rights of a person");
        put("act-pin-cleared", "removed the PIN of a person");
        put("act-account-made", "made an account");
        put("act-account-changed", "changed an account");
        put("act-account-removed", "removed an account");
        put("act-key-made", "made a key");
        put("act-key-revoked", "revoked a key");
        put("act-logged-in", "logged in");
        put("act-logged-out", "logged out");
        put("act-login-failed", "tried to log in with a wrong name or password");
        put("act-visitors-named", "gave unknown visitors a name");
        put("act-visitors-ignored", "ignored unknown visitors");
        put("act-visitors-forgotten", "forgot unknown visitors");
        put("act-attendance-corrected", "corrected the attendance book");
        put("act-imported", "imported people");
        put("act-exported", "exported everybody");
        put("act-person-data-read", "took out everything about a person");
        put("act-picture-seen", "looked at the kept picture of a person");
        put("act-visit-confirmed", "confirmed who a visit was of");
        put("act-passback-forgiven", "forgave a person at the doors");
        put("act-door-unlocked", "unlocked a door");
        put("act-door-mode-set", "set the mode of a door");
        put("act-settings-changed", "changed the configuration");
        put("act-settings-restored", "went back to a former configuration");
        put("act-restarted", "restarted the box");
        put("act-backup-made", "made a backup of everything");
        put("act-backup-passphrase-set", "set the passphrase of the backups");
        put("act-backup-read", "took a backup of everything away");
        put("act-backup-removed", "removed a backup");
        put("act-backup-restored", "put a backup back");
        put("act-setup-code-made", "asked for a setup code");
        put("act-setup-entered", "began to set the box up with its code");
        put("act-by", "by {by} ({role}) from {from}");
        put("act-details", "{details}");
    }

    private Sentences() {}

    private static void put(String code, String text) {
        TEXTS.put(code, text);
    }

    /** Every code that there is. */
    public static Set<String> codes() {
        return Collections.unmodifiableSet(TEXTS.keySet());
    }

    /** The names of the numbers and words in a code's sentence. */
    public static Set<String> names(String code) {
        return GAP.matcher(TEXTS.get(code))
                .results()
                .map(gap -> gap.group(1))
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    static String of(Reason reason) {
        String text = TEXTS.get(reason.code());
        return text == null ? reason.code() : GAP.matcher(text).replaceAll(gap -> quoted(value(gap, reason)));
    }

    private static String quoted(String value) {
        return java.util.regex.Matcher.quoteReplacement(value);
    }

    /** A dash where there is none, such as a margin where nobody else is enrolled. */
    private static String value(MatchResult gap, Reason reason) {
        if (gap.group(2) == null) {
            return reason.words().getOrDefault(gap.group(1), "-");
        }
        Double number = reason.numbers().get(gap.group(1));
        return number == null || number.isNaN() ? "-" : String.format(Locale.ROOT, "%" + gap.group(2) + "f", number);
    }
}
