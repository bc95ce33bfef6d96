package dev.lintel.cli;

import dev.lintel.accounts.RandomSecret;
import dev.lintel.accounts.Role;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "new-key",
        description = "Make an API key: prints the secret, and the line for gateway.keys, which holds only its digest.")
final class NewKeyCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Whose key it is, such as door-1.")
    String name;

    @Option(
            names = "--role",
            paramLabel = "identify|keypad|sensor|viewer|enrol|operator|admin",
            defaultValue = "identify",
            description = "What it opens. Default: ${DEFAULT-VALUE}.")
    String role;

    @Override
    public Integer call() {
        List<String> roles = Role.ofPrograms().stream().map(Role::text).toList();
        if (!roles.contains(role)) {
            throw new CommandException(
                    ExitCodes.USAGE, "--role: must be one of " + String.join(", ", roles) + ", was " + role);
        }
        String secret = RandomSecret.fresh();
        PrintWriter out = spec.commandLine().getOut();
        out.println("The secret, shown only now:  " + secret);
        out.println("For conf/lintel.yaml, in gateway.keys:");
        out.println("    - {name: " + name + ", role: " + role + ", sha256: " + RandomSecret.digest(secret) + "}");
        out.flush();
        return ExitCodes.OK;
    }
}
