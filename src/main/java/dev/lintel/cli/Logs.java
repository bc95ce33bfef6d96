package dev.lintel.cli;

import dev.lintel.config.LoggingConfig;

/** Hands the logging configuration to the log, which reads these properties when the first class asks for it. */
final class Logs {
  private static final String FORMAT = "lintel.log.format";
  private static final String LEVEL = "lintel.log.level";

  private Logs() {}

  static void configure(LoggingConfig config) {
    System.setProperty(FORMAT, config.format());
    System.setProperty(LEVEL, config.level());
  }

  /** For commands, whose answer is on the terminal already. */
  static void quiet() {
    if (System.getProperty(LEVEL) == null) {
      System.setProperty(LEVEL, "warn");
    }
  }
}
