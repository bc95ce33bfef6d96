package dev.lintel.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "setup-code",
        description = "Print the address of a new box, and a code with which it is set up from another machine.")
final class SetupCodeCommand implements Callable<Integer> {
    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Box.Session session = box.open()) {
            if (session.own() != null) {
                throw new CommandException(
                        ExitCodes.UNAVAILABLE, "no box runs here: start it first ('lintel serve', or the service)");
            }
            if (!SetupInvitation.print(session.client(), out)) {
                out.println("This box has been set up: log in with an account, or 'lintel account add' makes one.");
                out.flush();
                return ExitCodes.NO;
            }
            return ExitCodes.OK;
        }
    }
}
