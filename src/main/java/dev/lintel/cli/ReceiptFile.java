package dev.lintel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.access.Receipt;
import dev.lintel.access.ReceiptDocument;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;

/**
 * The file that a receipt is to be written to, as JSON, or as text or a page to print by its ending. Made before anything is
 * deleted, so that no receipt is lost; taken away again if there is none.
 */
final class ReceiptFile implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private boolean written;

    private ReceiptFile(Path file) {
        this.file = file;
    }

    /** @param file null: none is wanted */
    static ReceiptFile create(Path file) throws IOException {
        if (file != null) {
            try {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } catch (FileAlreadyExistsException e) {
                throw new CommandException(ExitCodes.NO, file + " exists: name a new file, nothing is overwritten");
            }
        }
        return new ReceiptFile(file);
    }

    /** As the box is to be asked for it. */
    String wanted() {
        return file == null ? "none" : "json";
    }

    /** Answers what to say of it; empty if none was wanted. */
    String write(JsonNode document) throws IOException {
        if (file == null || document.isMissingNode()) {
            return "";
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        Receipt receipt = ReceiptDocument.read(map(document));
        String text = name.endsWith(".html")
                ? ReceiptDocument.html(receipt)
                : name.endsWith(".txt") ? ReceiptDocument.text(receipt) : pretty(document);
        Files.writeString(file, text);
        written = true;
        return "the receipt is in " + file + ", readable by you only; the box keeps no copy";
    }

    static Map<String, Object> map(JsonNode document) {
        return JSON.convertValue(document, new TypeReference<>() {});
    }

    private static String pretty(JsonNode document) throws JsonProcessingException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    }

    @Override
    public void close() throws IOException {
        if (file != null && !written) {
            Files.deleteIfExists(file);
        }
    }
}
