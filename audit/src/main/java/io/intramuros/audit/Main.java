// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The verifier on its own, for whoever does not have or does not trust the gateway: {@code verify --vkey FILE
 * [--checkpoint FILE] DIR} and {@code export --format jsonl|csv DIR}.
 */
public final class Main {
    private static final String USAGE =
            "usage: verify --vkey FILE [--checkpoint FILE] DIR | export --format jsonl|csv DIR";

    private Main() {}

    /** Runs a command and exits with its code; 1 where the disk fails, 64 for a wrong command line. */
    public static void main(String... arguments) {
        System.exit(run(Arrays.asList(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            if (arguments.size() == 4
                    && arguments.get(0).equals("verify")
                    && arguments.get(1).equals("--vkey"))
                return Verify.run(Path.of(arguments.get(3)), Path.of(arguments.get(2)), null, out);
            if (arguments.size() == 6
                    && arguments.get(0).equals("verify")
                    && arguments.get(1).equals("--vkey")
                    && arguments.get(3).equals("--checkpoint"))
                return Verify.run(Path.of(arguments.get(5)), Path.of(arguments.get(2)), Path.of(arguments.get(4)), out);
            if (arguments.size() == 4
                    && arguments.get(0).equals("export")
                    && arguments.get(1).equals("--format")) {
                Export.write(Path.of(arguments.get(3)), RecordQuery.all(1), format(arguments.get(2)), out);
                if (out.checkError()) throw new IOException("export: cannot be written (expected: a reader, or room)");
                return 0;
            }
        } catch (FileSystemException e) {
            err.println("cannot use " + e); // its message alone may be no more than a path
            return 1;
        } catch (IOException e) {
            err.println(e.getMessage());
            return 1;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
        }
        err.println(USAGE);
        return 64;
    }

    private static Export.Format format(String name) {
        return switch (name) {
            case "jsonl" -> Export.Format.JSONL;
            case "csv" -> Export.Format.CSV;
            default -> throw new IllegalArgumentException("format: unknown (expected: jsonl or csv)");
        };
    }
}
