package dev.lintel.evaluation.report;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/** The report on disk. Its folder is for its owner only: the worst errors are files named after people. */
public final class ReportFiles {
    public static final String PAGE = "report.html";

    private ReportFiles() {}

    /**
     * Writes {@code report.html}, {@code report.json}, {@code figures.csv} and {@code curves.csv}.
     *
     * @throws IOException if the folder cannot be made or written
     */
    public static void write(Report report, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            if (folder.toAbsolutePath().getParent() != null) {
                Files.createDirectories(folder.toAbsolutePath().getParent());
            }
            Files.createDirectory(folder, ownerOnly());
        }
        Map<String, String> files = new LinkedHashMap<>();
        files.put(PAGE, HtmlReport.render(report));
        files.put("report.json", DataReport.json(report));
        files.put("figures.csv", DataReport.figuresCsv(report));
        files.put("curves.csv", DataReport.curvesCsv(report));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
