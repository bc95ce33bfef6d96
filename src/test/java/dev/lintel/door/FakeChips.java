package dev.lintel.door;

import dev.lintel.door.lock.Chips;
import dev.lintel.door.lock.LockException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A GPIO chip of wire and imagination: lines by {@code chip/number}, each level that was driven, and a way to break it. */
public final class FakeChips implements Chips {
    public final List<String> driven = new ArrayList<>();
    private final Map<String, Boolean> levels = new ConcurrentHashMap<>();
    public volatile boolean broken;
    public volatile boolean closed;

    public boolean level(String line) {
        return levels.get(line);
    }

    public void pull(String line, boolean high) {
        levels.put(line, high);
    }

    @Override
    public Line output(String chip, int line, boolean high) {
        if (chip.equals("gpiochip9")) {
            throw new LockException("there is no gpiochip9");
        }
        Line made = line(chip + "/" + line);
        made.set(high);
        return made;
    }

    @Override
    public Line input(String chip, int line) {
        levels.putIfAbsent(chip + "/" + line, true);
        return line(chip + "/" + line);
    }

    @Override
    public void look(String chip, int line) {
        if (chip.equals("gpiochip9")) {
            throw new LockException("there is no gpiochip9");
        }
        if (levels.containsKey(chip + "/" + line)) {
            throw new LockException("line " + line + " of " + chip + " is used by something else");
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private Line line(String name) {
        return new Line() {
            @Override
            public void set(boolean high) {
                if (broken) {
                    throw new LockException("the wire is cut");
                }
                levels.put(name, high);
                synchronized (driven) {
                    driven.add(name + (high ? " high" : " low"));
                }
            }

            @Override
            public boolean high() {
                if (broken) {
                    throw new LockException("the wire is cut");
                }
                return levels.get(name);
            }
        };
    }
}
