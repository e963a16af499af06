// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * {@code stub PORT}, or {@code load URL KEY whole|stream COUNT PER_SECOND [PID...]}: the load, then the CPU time that
 * each process (a server with its workers) used for one request.
 */
public final class Main {
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux that Java runs on

    private Main() {}

    /** Runs what the arguments say. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        switch (arguments[0]) {
            case "stub" -> Stub.serve(Integer.parseInt(arguments[1]));
            case "load" -> load(arguments);
            default -> System.err.println("stub PORT | load URL KEY whole|stream COUNT PER_SECOND [PID...]");
        }
    }

    private static void load(String[] arguments) throws IOException, InterruptedException {
        Load load = new Load(URI.create(arguments[1]), arguments[2], arguments[3].equals("stream"));
        int count = Integer.parseInt(arguments[4]);
        double rate = Double.parseDouble(arguments[5]);
        double before = cpuSeconds(arguments);
        Load.Result result = load.run(count, rate);
        double used = cpuSeconds(arguments) - before;
        System.out.println(result + String.format(Locale.ROOT, ", %.1f CPU-us a request", used * 1e6 / count));
    }

    private static double cpuSeconds(String[] arguments) throws IOException {
        double ticks = 0;
        for (int i = 6; i < arguments.length; i++) {
            String stat = Files.readString(Path.of("/proc", arguments[i], "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks += Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
        }
        return ticks / TICKS_PER_SECOND;
    }
}
