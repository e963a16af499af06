// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import io.intramuros.audit.Verify;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code intramuros audit}. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Verify, search and export the audit log.")
final class AuditCommand {
    private final Terminal terminal;

    AuditCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Verify a log in a folder by its public key alone, without a gateway.",
            footer = {"", "Exit: 0 ok, 2 tampered, 3 incomplete, 4 unsigned tail, 5 unknown key."})
    int verify(
            @Option(names = "--vkey", required = true, paramLabel = "FILE", description = "The log's public key")
                    Path vkey,
            @Option(names = "--checkpoint", paramLabel = "FILE", description = "A checkpoint known from before")
                    @Nullable
                    Path earlier,
            @Parameters(paramLabel = "DIR", description = "The log, as DATA/audit") Path folder) {
        try {
            if (!Files.isDirectory(folder)) throw new NoSuchFileException(folder.toString());
            return Verify.run(folder, vkey, earlier, terminal.out());
        } catch (NoSuchFileException e) {
            throw new CommandFailed(Exit.USAGE, e.getMessage() + ": is not there", e);
        } catch (IOException e) {
            throw new CommandFailed(Exit.FAILED, "the log cannot be read: " + e.getMessage(), e);
        }
    }

    /** Which records are meant. */
    static final class Which {
        @Option(names = "--team", defaultValue = "", description = "Of this team")
        private String team = "";

        @Option(names = "--from", defaultValue = "", paramLabel = "MOMENT", description = "As 2031-05-01")
        private String from = "";

        @Option(names = "--to", defaultValue = "", paramLabel = "MOMENT", description = "As 2031-06-01T00:00:00Z")
        private String to = "";

        Map<String, String> parameters() {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("team", team);
            parameters.put("from", from);
            parameters.put("to", to);
            return parameters;
        }
    }

    /** What else records are searched by. */
    static final class Search {
        @Option(names = "--key", defaultValue = "", description = "Of this key's id")
        private String key = "";

        @Option(names = "--type", defaultValue = "", description = "As request.completed")
        private String type = "";

        @Option(names = "--outcome", defaultValue = "", description = "As ok, or an error's code")
        private String outcome = "";

        @Option(names = "--limit", defaultValue = "100", description = "Most records (${DEFAULT-VALUE})")
        private int limit;

        @Option(names = "--cursor", defaultValue = "", description = "Where the page before ended")
        private String cursor = "";

        void addTo(Map<String, String> parameters) {
            parameters.put("key", key);
            parameters.put("type", type);
            parameters.put("outcome", outcome);
            parameters.put("limit", Integer.toString(limit));
            parameters.put("cursor", cursor);
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "Search the records of the gateway's log.")
    int records(@Mixin Form as, @Mixin Which which, @Mixin Search search) {
        Map<String, String> parameters = which.parameters();
        search.addTo(parameters);
        String path = AdminClient.query(AdminClient.path("audit", "records"), parameters);
        return Answer.show(
                terminal,
                as,
                terminal.admin().get(path),
                page -> Table.of(
                        page.path("records"), "idx", "ts", "type", "team", "key", "model.served", "outcome", "actor"));
    }

    @Command(mixinStandardHelpOptions = true, description = "Write records to the standard output.")
    int export(
            @Mixin Which which,
            @Option(names = "--format", defaultValue = "jsonl", description = "The form (${DEFAULT-VALUE})")
                    String format) {
        Map<String, String> parameters = which.parameters();
        parameters.put("format", format);
        terminal.admin().copy(AdminClient.query(AdminClient.path("audit", "export"), parameters), terminal.out());
        return Exit.OK;
    }
}
