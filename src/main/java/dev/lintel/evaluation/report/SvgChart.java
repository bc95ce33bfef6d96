package dev.lintel.evaluation.report;

import dev.lintel.evaluation.report.Chart.Axis;
import dev.lintel.evaluation.report.Chart.Mark;
import dev.lintel.evaluation.report.Chart.Point;
import dev.lintel.evaluation.report.Chart.Scale;
import dev.lintel.evaluation.report.Chart.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws a chart as inline SVG. Colours come from the page's style sheet ({@code s0}, {@code s1}, ...); series also
 * differ by dashes, for prints in black and white.
 */
final class SvgChart {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 400;
    private static final int LEFT = 68;
    private static final int RIGHT = 26;
    private static final int TOP = 44;
    private static final int BOTTOM = 52;
    private static final int TICK_GAP = 6;

    private final Chart chart;
    private final StringBuilder out = new StringBuilder();

    private SvgChart(Chart chart) {
        this.chart = chart;
    }

    static String draw(Chart chart) {
        return new SvgChart(chart).draw();
    }

    private String draw() {
        add("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT, Html.escape(chart.title()));
        add("<title>%s</title>", Html.escape(chart.title()));
        grid();
        for (int i = 0; i < chart.series().size(); i++) {
            draw(chart.series().get(i), i);
        }
        marks();
        legend();
        add("</svg>");
        return out.toString();
    }

    private void grid() {
        int bottom = HEIGHT - BOTTOM;
        for (double v : ticks(chart.x())) {
            double x = x(v);
            add("<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>", x, TOP, x, bottom);
            add(
                    "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x, bottom + 17, label(chart.x(), v));
        }
        for (double v : ticks(chart.y())) {
            double y = y(v);
            add("<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>", LEFT, y, WIDTH - RIGHT, y);
            add(
                    "<text class=\"tick\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT - TICK_GAP, y + 4, label(chart.y(), v));
        }
        add(
                "<rect class=\"frame\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
                LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM);
        add(
                "<text class=\"axis\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, Html.escape(chart.x().label()));
        int middle = (TOP + HEIGHT - BOTTOM) / 2;
        add(
                "<text class=\"axis\" x=\"14\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 14 %d)\">%s</text>",
                middle, middle, Html.escape(chart.y().label()));
    }

    private void draw(Series series, int index) {
        if (series.points().isEmpty()) {
            return;
        }
        StringBuilder path = new StringBuilder();
        for (Point p : series.points()) {
            path.append(path.length() == 0 ? "M" : "L")
                    .append(String.format(Locale.ROOT, "%.1f %.1f", x(p.x()), y(p.y())));
        }
        if (series.filled()) {
            Point first = series.points().get(0);
            Point last = series.points().get(series.points().size() - 1);
            add(
                    "<path class=\"fill s%d\" d=\"%sL%.1f %.1fL%.1f %.1fZ\"/>",
                    index % 6,
                    path,
                    x(last.x()),
                    y(chart.y().low()),
                    x(first.x()),
                    y(chart.y().low()));
        }
        add("<path class=\"line s%d\" d=\"%s\"/>", index % 6, path);
    }

    private void marks() {
        for (Mark mark : chart.marks()) {
            double x = x(mark.x());
            add("<line class=\"mark\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>", x, TOP, x, HEIGHT - BOTTOM);
            boolean right = x < WIDTH * 0.7;
            add(
                    "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>",
                    right ? x + 4 : x - 4, TOP + 14, right ? "start" : "end", Html.escape(mark.name()));
        }
    }

    /** Above the frame, wrapped by an estimate of the text's width. */
    private void legend() {
        int x = LEFT;
        int y = 14;
        for (int i = 0; i < chart.series().size(); i++) {
            String name = chart.series().get(i).name();
            int width = 40 + 7 * name.length();
            if (x > LEFT && x + width > WIDTH - RIGHT) {
                x = LEFT;
                y += 17;
            }
            add("<line class=\"line s%d\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>", i % 6, x, y, x + 20, y);
            add("<text class=\"legend\" x=\"%d\" y=\"%d\">%s</text>", x + 25, y + 4, Html.escape(name));
            x += width;
        }
    }

    private double x(double value) {
        return LEFT + chart.x().position(value) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - chart.y().position(value) * (HEIGHT - TOP - BOTTOM);
    }

    static List<Double> ticks(Axis axis) {
        List<Double> ticks = new ArrayList<>();
        if (axis.scale() == Scale.LOG) {
            for (int e = (int) Math.round(Math.log10(axis.low())); e <= Math.round(Math.log10(axis.high())); e++) {
                ticks.add(Math.pow(10, e));
            }
            return ticks;
        }
        double rough = (axis.high() - axis.low()) / 8;
        double decade = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = decade * (rough / decade > 5 ? 10 : rough / decade > 2 ? 5 : rough / decade > 1 ? 2 : 1);
        for (long i = (long) Math.ceil(axis.low() / step - 1e-9); i * step <= axis.high() + 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    static String label(Axis axis, double value) {
        double shown = axis.percent() ? value * 100 : value;
        String text = new java.math.BigDecimal(shown)
                .round(new java.math.MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
        return axis.percent() ? text + " %" : text;
    }

    private void add(String format, Object... values) {
        out.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
