// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The verifier on its own, for whoever does not have or does not trust the gateway. */
public final class Main {
    private static final int FAILED = 1;
    private static final int USAGE = 64;
    private static final String HELP = """
            usage: verify  --vkey FILE [--vkey FILE ...] [--checkpoint FILE] [--witness FILE ... --quorum N] DIR|EXPORT.zip
                   prove   --index N DIR                         a .tlog-proof on the standard output
                   check   --vkey FILE --proof FILE RECORD       that a log has the record in this file
                   export  [--format jsonl|csv|ocsf|cef] [SEARCH] DIR
                   bundle  --out FILE.zip [--format F ...] [--expect ORIGIN ...] [SEARCH] DIR [DIR ...]
                   records [SEARCH] [--limit N] [--cursor N] DIR
            SEARCH: --from MOMENT --to MOMENT --team T --key K --type T --outcome O --finding ENTITY
            exit: 0 ok, 1 the disk failed, 2 tampered, 3 incomplete, 4 unsigned tail, 5 unknown key, 64 usage""";
    private static final List<String> SEARCH = List.of("from", "to", "team", "key", "type", "outcome", "finding");

    private final PrintStream out;

    private Main(PrintStream out) {
        this.out = out;
    }

    /** Runs a command and exits with its code; 1 where the disk fails, 64 for a wrong command line. */
    public static void main(String... arguments) {
        System.exit(run(Arrays.asList(arguments), System.out, System.err));
    }

    /** Runs a command, and says how it exits. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            if (!arguments.isEmpty())
                return new Main(out).run(arguments.getFirst(), arguments.subList(1, arguments.size()));
        } catch (FileSystemException e) {
            err.println("cannot use " + e); // its message alone may be no more than a path
            return FAILED;
        } catch (IOException e) {
            err.println(e.getMessage());
            return FAILED;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
        }
        err.println(HELP);
        return USAGE;
    }

    private int run(String command, List<String> words) throws IOException {
        return switch (command) {
            case "verify" -> verify(Options.read(words, List.of("vkey", "checkpoint", "witness", "quorum")));
            case "prove" -> prove(Options.read(words, List.of("index")));
            case "check" -> check(Options.read(words, List.of("vkey", "proof")));
            case "export" -> export(Options.read(words, with("format")));
            case "bundle" -> bundle(Options.read(words, with("out", "format", "expect")));
            case "records" -> records(Options.read(words, with("limit", "cursor")));
            default -> throw new IllegalArgumentException("command: unknown (expected: one of these)");
        };
    }

    private static List<String> with(String... more) {
        List<String> all = new ArrayList<>(SEARCH);
        all.addAll(Arrays.asList(more));
        return all;
    }

    private int verify(Options options) throws IOException {
        Path what = options.operand();
        options.text("vkey");
        List<Path> earlier = options.files("checkpoint");
        if (Files.isRegularFile(what)) return bundleVerdict(what, options);
        int exit = Verify.run(what, options.files("vkey").getLast(), earlier.isEmpty() ? null : earlier.getLast(), out);
        if (exit != 0 || options.all("witness").isEmpty()) return exit;
        List<VerifierKey> witnesses = new ArrayList<>();
        for (Path file : options.files("witness")) witnesses.add(VerifierKey.parse(Files.readString(file)));
        return say(Verify.witnessed(what, witnesses, (int) options.number("quorum", witnesses.size())));
    }

    private int bundleVerdict(Path export, Options options) throws IOException {
        List<VerifierKey> keys = new ArrayList<>();
        try {
            for (Path file : options.files("vkey")) keys.add(VerifierKey.parse(Files.readString(file)));
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            return Verify.Verdict.UNKNOWN_KEY.exit();
        }
        return say(BundleCheck.verify(export, keys));
    }

    private int prove(Options options) throws IOException {
        options.text("index");
        out.print(TlogProof.of(options.operand(), options.number("index", 0)).written());
        return 0;
    }

    private int check(Options options) throws IOException {
        TlogProof proof = TlogProof.parse(Files.readString(Path.of(options.text("proof"))));
        VerifierKey key = VerifierKey.parse(Files.readString(Path.of(options.text("vkey"))));
        String record =
                Files.readString(options.operand(), StandardCharsets.UTF_8).strip();
        String inner = Rows.Jsonl.record(record);
        return say(proof.verify(key, inner.isEmpty() ? record : inner));
    }

    private int say(Verify.Report report) {
        out.println(report.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + report.says());
        return report.verdict().exit();
    }

    private int export(Options options) throws IOException {
        Export.write(options.operand(), query(options, 1, 0), format(options.text("format", "jsonl")), out);
        return written();
    }

    private int records(Options options) throws IOException {
        int limit = (int) Math.min(options.number("limit", 100), Integer.MAX_VALUE);
        RecordPage page = LogReading.of(options.operand()).search(query(options, limit, options.number("cursor", 0)));
        page.records().forEach(entry -> out.println(entry.json()));
        page.next().ifPresent(next -> out.println("# more: --cursor " + next));
        return written();
    }

    private int written() throws IOException {
        if (out.checkError()) throw new IOException("export: cannot be written (expected: a reader, or room)");
        return 0;
    }

    private int bundle(Options options) throws IOException {
        List<Export.Format> formats =
                options.all("format").stream().map(Main::format).toList();
        Bundle.Order order = new Bundle.Order(
                options.operands(), query(options, 1, 0), formats, null, options.all("expect"), Map.of());
        Path file = Path.of(options.text("out"));
        try (OutputStream to = Files.newOutputStream(file)) {
            Bundle.write(order, Instant.now(), to);
        }
        out.println("written: " + file);
        return 0;
    }

    private static RecordQuery query(Options options, int limit, long cursor) {
        return new RecordQuery(
                moment(options.text("from", ""), Instant.MIN),
                moment(options.text("to", ""), Instant.MAX),
                options.text("team", ""),
                options.text("key", ""),
                options.text("type", ""),
                options.text("outcome", ""),
                options.text("finding", ""),
                limit,
                cursor);
    }

    private static Instant moment(String text, Instant otherwise) {
        if (text.isEmpty()) return otherwise;
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "moment: not readable (expected: as 2031-05-01 or 2031-05-01T08:00:00Z)", e);
        }
    }

    private static Export.Format format(String name) {
        for (Export.Format format : Export.Format.values())
            if (format.name().toLowerCase(Locale.ROOT).equals(name)) return format;
        throw new IllegalArgumentException("format: unknown (expected: jsonl, csv, ocsf or cef)");
    }
}
