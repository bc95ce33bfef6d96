package dev.lintel.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;

/**
 * Double Take's {@code database.db}. Its table {@code train} has a row for each picture and detector that it was trained with; who is
 * untrained loses the rows, and keeps the pictures in the folder.
 */
final class DoubleTakeDatabase {
    private static final String READ_ONLY = "1";

    /** A picture as {@code train/NAME/FILE} has it. */
    record Trained(String name, String file) {}

    private DoubleTakeDatabase() {}

    /** @throws IOException if the file is no such database */
    static Set<Trained> trained(Path database) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("open_mode", READ_ONLY);
        Set<Trained> trained = new LinkedHashSet<>();
        String address = "jdbc:sqlite:file:" + database.toUri().getRawPath();
        try (Connection connection = DriverManager.getConnection(address, properties);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT DISTINCT name, filename FROM train WHERE meta IS NOT NULL ORDER BY name, filename")) {
            while (rows.next()) {
                trained.add(new Trained(rows.getString(1), rows.getString(2)));
            }
        } catch (SQLException e) {
            throw new IOException(database + " is no database of Double Take: " + e.getMessage(), e);
        }
        return trained;
    }
}
