package dev.lintel.door.lock;

import com.diozero.api.GpioEventTrigger;
import com.diozero.api.GpioPullUpDown;
import com.diozero.internal.provider.builtin.gpio.GpioChip;
import com.diozero.internal.provider.builtin.gpio.GpioChipInfo;
import com.diozero.internal.provider.builtin.gpio.GpioLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lines of the kernel's GPIO character devices through diozero's JNI library, which is loaded with the first line. What
 * native code would stumble over (a missing file, one that is no device, a line out of range) is refused before it is
 * called. Used from one thread.
 */
public final class DiozeroChips implements Chips {
    private final Path devices;
    private final Map<Path, GpioChip> open = new HashMap<>();

    public DiozeroChips() {
        this(Path.of("/dev"));
    }

    DiozeroChips(Path devices) {
        this.devices = devices;
    }

    @Override
    public Line output(String chip, int line, boolean high) {
        return guarded(
                chip,
                line,
                () -> new Driven(free(chip(chip), chip, line).provisionGpioOutputDevice(line, high ? 1 : 0), chip));
    }

    @Override
    public Line input(String chip, int line) {
        return guarded(
                chip,
                line,
                () -> new Driven(
                        free(chip(chip), chip, line)
                                .provisionGpioInputDevice(line, GpioPullUpDown.PULL_UP, GpioEventTrigger.BOTH),
                        chip));
    }

    @Override
    public void look(String chip, int line) {
        guarded(chip, line, () -> free(chip(chip), chip, line));
    }

    @Override
    public void close() {
        open.values().forEach(GpioChip::close);
        open.clear();
    }

    private GpioChip chip(String name) {
        Path device = device(name);
        return open.computeIfAbsent(device, path -> {
            GpioChip chip = GpioChip.openChip(path.toString());
            if (chip == null) {
                throw new LockException(path + " is no GPIO chip that can be used: see gpiodetect");
            }
            return chip;
        });
    }

    private Path device(String name) {
        String number = name.startsWith("gpiochip") ? name : labelled(name);
        Path device = devices.resolve(number);
        if (!number.matches("gpiochip\\d{1,4}") || !Files.exists(device)) {
            throw new LockException(
                    "there is no " + device + ": this machine has no such GPIO chip, or the service may not see it");
        }
        if (Files.isRegularFile(device) || Files.isDirectory(device)) {
            throw new LockException(device + " is no device");
        }
        if (!Files.isReadable(device) || !Files.isWritable(device)) {
            throw new LockException(device + " may not be opened: add the user of Lintel to the group gpio");
        }
        return device;
    }

    /** Numbers of chips change with the kernel, labels do not: on a Raspberry Pi 5 the header is pinctrl-rp1. */
    private static String labelled(String label) {
        List<GpioChipInfo> chips = GpioChip.getChips();
        if (chips != null) {
            for (GpioChipInfo chip : chips) {
                if (chip.getLabel().equals(label)) {
                    return chip.getName();
                }
            }
        }
        throw new LockException("no GPIO chip is labelled " + label + ": gpiodetect lists those of this machine");
    }

    private static GpioChip free(GpioChip chip, String name, int line) {
        if (line >= chip.getNumLines()) {
            throw new LockException(name + " has the lines 0.." + (chip.getNumLines() - 1) + ", not " + line);
        }
        if (chip.getLineByOffset(line) == null) {
            throw new LockException("line " + line + " of " + name + " cannot be looked at");
        }
        if (chip.getLineByOffset(line).isReserved()) {
            throw new LockException(
                    "line " + line + " of " + name + " is used by something else: choose another one (see gpioinfo)");
        }
        return chip;
    }

    private static <T> T guarded(String chip, int line, Supplier<T> work) {
        try {
            return work.get();
        } catch (LockException e) {
            throw e;
        } catch (LinkageError e) {
            throw new LockException("the GPIO library cannot be loaded on this machine: " + e, e);
        } catch (RuntimeException e) {
            throw new LockException("line " + line + " of " + chip + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static final class Driven implements Line {
        private final GpioLine line;
        private final String chip;

        Driven(GpioLine line, String chip) {
            this.line = line;
            this.chip = chip;
        }

        @Override
        public void set(boolean high) {
            guarded(chip, line.getOffset(), () -> {
                line.setValue(high ? 1 : 0);
                return null;
            });
        }

        @Override
        public boolean high() {
            return guarded(chip, line.getOffset(), () -> line.getValue() != 0);
        }
    }
}
