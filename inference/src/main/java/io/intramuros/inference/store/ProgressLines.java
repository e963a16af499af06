// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import java.io.PrintStream;
import java.util.Locale;

/** Prints the progress of a pull, one line for each tenth of a stage. For one pull. */
public final class ProgressLines implements PullProgress {
    private static final int STEPS = 10;
    private static final double MEGABYTE = 1e6;

    private final PrintStream out;
    private final String name;
    private String stage = "";
    private int printed;

    public ProgressLines(PrintStream out, String name) {
        this.out = out;
        this.name = name;
    }

    @Override
    public void at(String now, long done, long total) {
        int step = total <= 0 ? 0 : (int) Math.min(STEPS, done * STEPS / total);
        if (now.equals(stage) && step <= printed) {
            return;
        }
        stage = now;
        printed = step;
        String bar = "#".repeat(step) + ".".repeat(STEPS - step);
        out.println(String.format(
                Locale.ROOT, "%s: %-8s [%s] %.1f of %.1f MB", name, now, bar, done / MEGABYTE, total / MEGABYTE));
    }
}
