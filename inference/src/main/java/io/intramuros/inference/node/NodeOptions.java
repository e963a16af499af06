// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line and the environment say.
 *
 * @param data the folder that holds {@code models}
 * @param bind the address to listen on
 * @param port the port; 0 for any free one
 * @param token what requests must bear; empty for none
 * @param models the ids to serve, the default first; empty for all that are installed
 * @param parentStdin whether the end of standard input is the end of the parent, and so of this process
 * @param queue how many requests may wait for one model
 */
record NodeOptions(
        Path data, String bind, int port, Optional<String> token, List<String> models, boolean parentStdin, int queue) {
    static final String USAGE = "usage: --data DIR [--port N] [--bind ADDRESS] [--token-env NAME] [--models A,B]"
            + " [--queue N] [--parent-stdin]";

    private static final String TOKEN = "INTRAMUROS_NODE_TOKEN";

    NodeOptions {
        models = List.copyOf(models);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--port: " + port + " (expected: 0 to 65535)");
        }
        if (queue < 0) {
            throw new IllegalArgumentException("--queue: " + queue + " (expected: at least 0)");
        }
        if (token.isPresent() && token.get().isBlank()) {
            throw new IllegalArgumentException("token: blank (expected: at least one character)");
        }
    }

    /** Reads the arguments; throws {@link IllegalArgumentException} with one clear line. */
    static NodeOptions of(List<String> arguments, Map<String, String> environment) {
        var reading = new Reading(arguments.iterator());
        reading.readAll();
        if (reading.data.isEmpty()) {
            throw new IllegalArgumentException("--data: missing (" + USAGE + ")");
        }
        if (reading.tokenEnv.isPresent() && !environment.containsKey(reading.tokenEnv.get())) {
            throw new IllegalArgumentException("--token-env: " + reading.tokenEnv.get() + " is not set");
        }
        Optional<String> token = Optional.ofNullable(environment.get(reading.tokenEnv.orElse(TOKEN)));
        return new NodeOptions(
                Path.of(reading.data.get()),
                reading.bind,
                reading.port,
                token,
                reading.models,
                reading.parentStdin,
                reading.queue);
    }

    /** Never says the token. */
    @Override
    public String toString() {
        return "NodeOptions[data=" + data + ", bind=" + bind + ", port=" + port + ", models=" + models + "]";
    }

    /** The state of reading: what has been said so far. */
    private static final class Reading {
        private final Iterator<String> rest;
        private Optional<String> data = Optional.empty();
        private String bind = "127.0.0.1";
        private int port;
        private Optional<String> tokenEnv = Optional.empty();
        private List<String> models = List.of();
        private boolean parentStdin;
        private int queue = 32;

        Reading(Iterator<String> rest) {
            this.rest = rest;
        }

        void readAll() {
            while (rest.hasNext()) {
                String name = rest.next();
                switch (name) {
                    case "--data" -> data = Optional.of(value(name));
                    case "--bind" -> bind = value(name);
                    case "--port" -> port = number(name);
                    case "--token-env" -> tokenEnv = Optional.of(value(name));
                    case "--models" -> models = Arrays.asList(value(name).split(",", -1));
                    case "--queue" -> queue = number(name);
                    case "--parent-stdin" -> parentStdin = true;
                    default -> throw new IllegalArgumentException(name + ": unknown (" + USAGE + ")");
                }
            }
        }

        private String value(String name) {
            if (!rest.hasNext()) {
                throw new IllegalArgumentException(name + ": no value (" + USAGE + ")");
            }
            return rest.next();
        }

        private int number(String name) {
            String value = value(name);
            try {
                return Integer.parseInt(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: a whole number)", e);
            }
        }
    }
}
