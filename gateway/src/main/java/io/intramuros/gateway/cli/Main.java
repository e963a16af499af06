// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The program {@code intramuros}. */
public final class Main {
    private Main() {}

    /** Runs a command and exits with its code; see {@link Exit}. */
    public static void main(String... arguments) {
        System.exit(run(Terminal.ofProcess(), arguments));
    }

    /** Runs a command on a terminal. Spring is loaded by {@code up} alone, so that everything else starts at once. */
    static int run(Terminal terminal, String... arguments) {
        CommandLine program = new CommandLine(new Root());
        List.of(
                        new UpCommand(terminal),
                        new TeamsCommand(terminal),
                        new ProjectsCommand(terminal),
                        new KeysCommand(terminal),
                        new QuotaCommand(terminal),
                        new UsageCommand(terminal),
                        new ModelsCommand(terminal),
                        new PlanCommand(terminal),
                        new NodesCommand(terminal),
                        new PolicyCommand(terminal),
                        new AuditCommand(terminal),
                        new CommandLine(new RedactCommand(terminal)).addSubcommand(new RedactBenchCommand(terminal)),
                        new RevealCommand(terminal),
                        new ApplyCommand(terminal),
                        new DoctorCommand(terminal),
                        new LaunchCommand(terminal))
                .forEach(program::addSubcommand);
        program.setOut(terminal.writer());
        program.setErr(terminal.errorWriter());
        program.setParameterExceptionHandler((fault, given) -> wrongCommandLine(terminal, fault));
        program.setExecutionExceptionHandler((fault, command, given) -> failed(terminal, fault));
        return program.execute(arguments);
    }

    private static int wrongCommandLine(Terminal terminal, CommandLine.ParameterException fault) {
        CommandSpec command = fault.getCommandLine().getCommandSpec();
        terminal.error(fault.getMessage() + "; try: " + command.qualifiedName() + " --help");
        return Exit.USAGE;
    }

    private static int failed(Terminal terminal, Exception fault) throws Exception {
        if (!(fault instanceof CommandFailed known)) throw fault;
        terminal.error(String.valueOf(known.getMessage()));
        return known.exit();
    }

    /** The program without a command. */
    @Command(
            name = "intramuros",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            synopsisSubcommandLabel = "COMMAND",
            description = "The AI gateway that a company runs inside its own walls.",
            footer = {
                "",
                "Commands other than up talk to the admin plane at INTRAMUROS_ADMIN_URL (http://127.0.0.1:8081),",
                "with the token in INTRAMUROS_ADMIN_TOKEN or in the file admin-token of INTRAMUROS_DATA (./data)."
            })
    static final class Root implements Runnable {
        @CommandLine.Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            throw new CommandLine.ParameterException(spec.commandLine(), "no command");
        }
    }
}
