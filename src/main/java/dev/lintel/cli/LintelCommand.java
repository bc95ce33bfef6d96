package dev.lintel.cli;

import dev.lintel.ApplianceException;
import dev.lintel.backup.BackupException;
import dev.lintel.config.ConfigException;
import dev.lintel.release.ReleaseException;
import dev.lintel.store.sqlite.StoreException;
import java.io.PrintWriter;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Every command has {@code --help}. */
@Command(
        name = "lintel",
        description = "Face recognition at a door. Nothing leaves the box.",
        versionProvider = VersionCommand.class,
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:Done, or the answer is yes",
            " 1:Done in part, refused, or the answer is no",
            " 2:Wrong usage",
            "66:The files to work on are missing or unreadable",
            "69:The appliance cannot be reached or cannot start",
            "70:A mistake in Lintel",
            "77:The API key is missing, unknown or opens too little",
            "78:The configuration or a model pack is wrong"
        },
        footer = {
            "",
            "Every key of conf/lintel.yaml can be set in the environment: gateway.port is LINTEL_GATEWAY_PORT.",
            "Other variables: LINTEL_HOME, LINTEL_CONFIG, LINTEL_URL, LINTEL_KEY; LINTEL_JAVA and LINTEL_JAVA_OPTS for"
                    + " the launcher."
        })
public final class LintelCommand implements Runnable {
    private static final List<Class<?>> COMMANDS = List.of(
            ServeCommand.class,
            EnrollCommand.class,
            IdentifyCommand.class,
            VerifyCommand.class,
            ListCommand.class,
            DeleteCommand.class,
            ConsentCommand.class,
            VerifyReceiptCommand.class,
            CheckGalleryCommand.class,
            ReEnrolCommand.class,
            ForgiveCommand.class,
            EventsCommand.class,
            AttendanceCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            ImportPeopleCommand.class,
            ExportPeopleCommand.class,
            ImportCompreFaceCommand.class,
            ImportDoubleTakeCommand.class,
            EvaluateCommand.class,
            EvaluateClipsCommand.class,
            EvaluateHttpCommand.class,
            CalibrateCommand.class,
            CheckConfigCommand.class,
            DoctorCommand.class,
            PlayCommand.class,
            SetupCodeCommand.class,
            AccountCommand.class,
            KeyCommand.class,
            NewKeyCommand.class,
            RenewKeyCommand.class,
            EraseCommand.class,
            UpdateCommand.class,
            VersionCommand.class,
            GenerateCompletion.class,
            HelpCommand.class);

    @Spec
    CommandSpec spec;

    @Option(
            names = "--stack-trace",
            scope = CommandLine.ScopeType.INHERIT,
            hidden = true,
            description = "Print where an unexpected failure came from.")
    boolean stackTrace;

    /** Runs a command and answers its exit code. */
    public static int run(String... arguments) {
        boolean serving = arguments.length > 0 && arguments[0].equals("serve"); // the others would only delay the start
        return commandLine(serving ? List.of(ServeCommand.class) : COMMANDS).execute(arguments);
    }

    static CommandLine commandLine() {
        return commandLine(COMMANDS);
    }

    private static CommandLine commandLine(List<Class<?>> commands) {
        LintelCommand top = new LintelCommand();
        CommandLine line = new CommandLine(top);
        commands.forEach(line::addSubcommand);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, result) -> top.explain(failure, command.getErr()));
        line.getSubcommands().values().forEach(LintelCommand::addHelp);
        return line;
    }

    private static void addHelp(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.findOption("--help") == null) {
            spec.mixinStandardHelpOptions(true);
        }
        spec.usageMessage().autoWidth(true);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing a command");
    }

    private int explain(Exception failure, PrintWriter err) {
        int code;
        if (failure instanceof CommandException stop) {
            code = stop.exitCode();
        } else if (failure instanceof ConfigException) {
            code = ExitCodes.CONFIG;
        } else if (failure instanceof ApplianceException cannot) {
            code = cannot.permanent() ? ExitCodes.CONFIG : ExitCodes.UNAVAILABLE;
        } else if (failure instanceof BackupException || failure instanceof ReleaseException) {
            code = ExitCodes.NO;
        } else if (failure instanceof StoreException) {
            code = ExitCodes.UNAVAILABLE;
        } else {
            code = ExitCodes.INTERNAL;
        }
        String message = code == ExitCodes.INTERNAL ? failure.toString() : failure.getMessage();
        message.lines().forEach(line -> err.println("lintel: " + line));
        if (stackTrace || code == ExitCodes.INTERNAL) {
            failure.printStackTrace(err);
        }
        err.flush();
        return code;
    }
}
