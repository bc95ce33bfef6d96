package dev.lintel.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
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
    private static final int BYTES = 24;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Whose key it is, such as door-1.")
    String name;

    @Option(
            names = "--role",
            paramLabel = "identify|enrol|admin",
            defaultValue = "identify",
            description = "What it opens. Default: ${DEFAULT-VALUE}.")
    String role;

    @Override
    public Integer call() throws NoSuchAlgorithmException {
        if (!role.matches("identify|enrol|admin")) {
            throw new CommandException(ExitCodes.USAGE, "--role: must be identify, enrol or admin, was " + role);
        }
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        String secret = HexFormat.of().formatHex(bytes);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        PrintWriter out = spec.commandLine().getOut();
        out.println("The secret, shown only now:  " + secret);
        out.println("For conf/lintel.yaml, in gateway.keys:");
        out.println("    - {name: " + name + ", role: " + role + ", sha256: "
                + HexFormat.of().formatHex(digest) + "}");
        out.flush();
        return ExitCodes.OK;
    }
}
