package dev.lintel.access;

import java.io.Serializable;
import java.util.List;

/**
 * @param books the event log and the attendance book
 */
public record LogCheck(List<Book> books) implements Serializable {

    /**
     * @param name {@code event} or {@code attendance}
     * @param entries that were read
     * @param erased of these, what retention or the deletion of a person emptied
     * @param wrong that do not fit their seal
     * @param findings the first of them
     */
    public record Book(String name, long entries, long erased, long wrong, List<Finding> findings)
            implements Serializable {
        public Book {
            findings = List.copyOf(findings);
        }
    }

    /**
     * @param sequence where
     * @param what was found, in words
     */
    public record Finding(long sequence, String what) implements Serializable {}

    public LogCheck {
        books = List.copyOf(books);
    }

    /** Whether nothing is wrong. */
    public boolean intact() {
        return books.stream().allMatch(book -> book.wrong() == 0);
    }
}
