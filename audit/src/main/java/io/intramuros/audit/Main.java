// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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
                Export.Format format = Export.Format.valueOf(arguments.get(2).toUpperCase(Locale.ROOT));
                Export.write(Path.of(arguments.get(3)), RecordQuery.all(1), format, out);
                return 0;
            }
        } catch (IOException e) {
            err.println(e.getMessage());
            return 1;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
        }
        err.println(USAGE);
        return 64;
    }
}
