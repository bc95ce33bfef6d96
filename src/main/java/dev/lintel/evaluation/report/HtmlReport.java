package dev.lintel.evaluation.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** One page that needs nothing else: style and drawings inside, no script, no request to anywhere. */
public final class HtmlReport {
    private final StringBuilder out = new StringBuilder();

    private HtmlReport() {}

    public static String render(Report report) {
        return new HtmlReport().page(report);
    }

    private String page(Report report) {
        add("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        add(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">");
        add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        add("<title>%s</title>\n<style>%s</style></head>\n<body><main>", e(report.title()), style());
        add("<h1>%s</h1>", e(report.title()));
        headlines(report);
        if (report.sections().size() > 1) {
            add("<nav aria-label=\"Sections\">");
            report.sections().forEach(s -> add("<a href=\"#%s\">%s</a>", e(s.id()), e(s.heading())));
            add("</nav>");
        }
        report.sections().forEach(this::section);
        add("<section id=\"method\"><h2>How this was measured</h2><dl>");
        report.facts().forEach(f -> add("<dt>%s</dt><dd>%s</dd>", e(f.name()), e(f.value())));
        add("</dl></section></main></body></html>");
        return out.toString();
    }

    private void headlines(Report report) {
        add("<div class=\"tiles\">");
        for (Section section : report.sections()) {
            section.figures().stream()
                    .filter(Figure::headline)
                    .forEach(f -> add(
                            "<div class=\"tile\"><span>%s</span><strong>%s</strong><small>%s</small></div>",
                            e(f.label()),
                            e(f.text()),
                            f.interval().isPresent() ? "95 %: " + e(f.intervalText()) : e(f.basis())));
        }
        add("</div>");
    }

    private void section(Section section) {
        add("<section id=\"%s\"><h2>%s</h2><p>%s</p>", e(section.id()), e(section.heading()), e(section.note()));
        if (!section.figures().isEmpty()) {
            boolean intervals =
                    section.figures().stream().anyMatch(f -> f.interval().isPresent());
            add(
                    "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Measure</th><th scope=\"col\" class=\"n\">Value</th>%s"
                            + "<th scope=\"col\">Counted</th></tr></thead><tbody>",
                    intervals ? "<th scope=\"col\" class=\"n\">95 % interval</th>" : "");
            for (Figure f : section.figures()) {
                add(
                        "<tr><th scope=\"row\">%s</th><td class=\"n\">%s</td>%s<td>%s</td></tr>",
                        e(f.label()),
                        e(f.text()),
                        intervals ? "<td class=\"n\">" + e(f.intervalText()) + "</td>" : "",
                        e(f.basis()));
            }
            add("</tbody></table></div>");
        }
        if (!section.charts().isEmpty()) {
            add("<div class=\"charts\">");
            section.charts()
                    .forEach(
                            c -> add("<figure><figcaption>%s</figcaption>%s</figure>", e(c.title()), SvgChart.draw(c)));
            add("</div>");
        }
        section.tables().forEach(this::table);
        section.worst().forEach(this::worst);
        add("</section>");
    }

    private void table(Table table) {
        add("<div class=\"scroll\"><table><caption>%s</caption><thead><tr>", e(table.caption()));
        for (int i = 0; i < table.columns().size(); i++) {
            add(
                    "<th scope=\"col\"%s>%s</th>",
                    i == 0 ? "" : " class=\"n\"", e(table.columns().get(i)));
        }
        add("</tr></thead><tbody>");
        for (List<String> row : table.rows()) {
            add("<tr><th scope=\"row\">%s</th>", e(row.get(0)));
            row.stream().skip(1).forEach(cell -> add("<td class=\"n\">%s</td>", e(cell)));
            add("</tr>");
        }
        add("</tbody></table></div>");
    }

    private void worst(Worst worst) {
        add(
                "<details><summary>%s (%d)</summary><ol class=\"worst\">",
                e(worst.caption()), worst.entries().size());
        for (Worst.Entry entry : worst.entries()) {
            add("<li><b>%s</b>", e(entry.score()));
            for (Worst.Image image : entry.images()) {
                add(
                        "<span>%s%s</span>",
                        image.thumbnail()
                                .map(t -> "<img alt=\"\" width=\"84\" height=\"84\" src=\"" + e(t) + "\">")
                                .orElse(""),
                        e(image.file()));
            }
            add("</li>");
        }
        add("</ol></details>");
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("/evaluation/report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String e(String text) {
        return Html.escape(text);
    }

    private void add(String format, Object... values) {
        out.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
