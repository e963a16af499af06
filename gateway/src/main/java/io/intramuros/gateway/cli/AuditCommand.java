// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
        description = "Verify, prove, search and export the audit log.")
final class AuditCommand {
    private final Terminal terminal;

    AuditCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Verify a log in a folder, or an export, by public keys alone, without a gateway.",
            footer = {"", "Exit: 0 ok, 2 tampered, 3 incomplete, 4 unsigned tail, 5 unknown key."})
    int verify(
            @Option(names = "--vkey", required = true, paramLabel = "FILE", description = "The log's public keys")
                    List<Path> vkeys,
            @Option(names = "--checkpoint", paramLabel = "FILE", description = "A checkpoint known from before")
                    @Nullable
                    Path earlier,
            @Option(names = "--witness", paramLabel = "FILE", description = "A witness's public key") @Nullable
                    List<Path> witnesses,
            @Parameters(paramLabel = "DIR|ZIP", description = "The log, as DATA/audit, or an export") Path log) {
        List<String> words = new ArrayList<>(List.of("verify"));
        vkeys.forEach(file -> words.addAll(List.of("--vkey", file.toString())));
        if (earlier != null) words.addAll(List.of("--checkpoint", earlier.toString()));
        if (witnesses != null) witnesses.forEach(file -> words.addAll(List.of("--witness", file.toString())));
        return offline(log, words);
    }

    @Command(mixinStandardHelpOptions = true, description = "Prove that a log has a record: a .tlog-proof.")
    int prove(
            @Option(names = "--index", required = true, description = "The record's index") long index,
            @Parameters(paramLabel = "DIR", description = "The log, as DATA/audit") Path log) {
        return offline(log, List.of("prove", "--index", Long.toString(index)));
    }

    @Command(mixinStandardHelpOptions = true, description = "Check such a proof, with the record and the key alone.")
    int check(
            @Option(names = "--vkey", required = true, paramLabel = "FILE", description = "The log's public keys")
                    Path vkey,
            @Option(names = "--proof", required = true, paramLabel = "FILE", description = "The .tlog-proof")
                    Path proof,
            @Parameters(paramLabel = "RECORD", description = "A file with the record's line") Path record) {
        return offline(record, List.of("check", "--vkey", vkey.toString(), "--proof", proof.toString()));
    }

    /** What the small jar does that has nothing but the verifier. */
    private int offline(Path what, List<String> words) {
        if (!Files.exists(what)) throw new CommandFailed(Exit.USAGE, what + ": is not there");
        List<String> all = new ArrayList<>(words);
        all.add(what.toString());
        return io.intramuros.audit.Main.run(all, terminal.out(), terminal.out());
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

        @Option(names = "--finding", defaultValue = "", description = "In which this was found, as EMAIL")
        private String finding = "";

        @Option(names = "--limit", defaultValue = "100", description = "Most records (${DEFAULT-VALUE})")
        private int limit;

        @Option(names = "--cursor", defaultValue = "", description = "Where the page before ended")
        private String cursor = "";

        void addTo(Map<String, String> parameters) {
            parameters.put("key", key);
            parameters.put("type", type);
            parameters.put("outcome", outcome);
            parameters.put("finding", finding);
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

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Write records to the standard output.",
                "The form bundle is a zip that proves itself: verify it with audit verify."
            })
    int export(
            @Mixin Which which,
            @Option(names = "--type", defaultValue = "", description = "As request.completed") String type,
            @Option(
                            names = "--format",
                            defaultValue = "jsonl",
                            description = "jsonl, csv, ocsf, cef or bundle (${DEFAULT-VALUE})")
                    String format) {
        Map<String, String> parameters = which.parameters();
        parameters.put("type", type);
        parameters.put("format", format);
        terminal.admin().copy(AdminClient.query(AdminClient.path("audit", "export"), parameters), terminal.out());
        return Exit.OK;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Write a pack that auditors ask for, a zip that proves itself.")
    int evidence(
            @Mixin Which which,
            @Option(names = "--key", defaultValue = "", description = "Of this key's id") String key,
            @Option(
                            names = "--pack",
                            defaultValue = "integrity",
                            description =
                                    "integrity, zero-egress, subject-access, erasure, blast-radius, access-review,"
                                            + " findings, policy-history or control-failures (${DEFAULT-VALUE})")
                    String pack) {
        Map<String, String> parameters = which.parameters();
        parameters.put("key", key);
        parameters.put("pack", pack);
        terminal.admin().copy(AdminClient.query(AdminClient.path("audit", "evidence"), parameters), terminal.out());
        return Exit.OK;
    }
}
