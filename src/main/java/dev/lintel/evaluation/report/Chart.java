package dev.lintel.evaluation.report;

import java.util.List;

/**
 * Curves over two axes. A histogram is a chart whose series are {@link Series#filled}.
 *
 * @param id short and stable, unique in its section
 * @param marks vertical lines, such as a threshold
 */
public record Chart(String id, String title, Axis x, Axis y, List<Series> series, List<Mark> marks) {

    public Chart {
        series = List.copyOf(series);
        marks = List.copyOf(marks);
    }

    public enum Scale {
        LINEAR,
        LOG
    }

    /**
     * @param low smallest value shown; positive on a logarithmic scale
     * @param percent whether values are shares to be labelled in per cent
     */
    public record Axis(String label, Scale scale, double low, double high, boolean percent) {
        public Axis {
            if (!(low < high) || (scale == Scale.LOG && low <= 0)) {
                throw new IllegalArgumentException(label + ": nothing to show from " + low + " to " + high);
            }
        }

        /** Where a value lies, 0..1, held inside. */
        double position(double value) {
            double v = Math.max(low, Math.min(high, value));
            return scale == Scale.LINEAR
                    ? (v - low) / (high - low)
                    : (Math.log10(v) - Math.log10(low)) / (Math.log10(high) - Math.log10(low));
        }
    }

    /** @param points in the order they are joined */
    public record Series(String name, List<Point> points, boolean filled) {
        public Series {
            points = List.copyOf(points);
        }
    }

    public record Point(double x, double y) {}

    public record Mark(String name, double x) {}
}
