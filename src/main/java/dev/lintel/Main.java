package dev.lintel;

import dev.lintel.cli.LintelCommand;

/** Where the program starts. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(LintelCommand.run(arguments));
  }
}
