// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.ort;

import java.util.Map;

/**
 * How a session runs.
 *
 * @param threads for the work inside one run, the calling thread included; 1 to 1024
 * @param config entries of {@code onnxruntime_session_options_config_keys.h}, over our defaults
 */
public record SessionSettings(int threads, Map<String, String> config) {
    /** The folder of the weights, for a model that is given as bytes. */
    public static final String EXTERNAL_WEIGHTS_FOLDER = "session.model_external_initializers_file_folder_path";

    /* A thread that spins while it waits takes the core from whoever shares the machine. */
    static final Map<String, String> DEFAULTS =
            Map.of("session.intra_op.allow_spinning", "0", "session.inter_op.allow_spinning", "0");

    /** Checks and copies. */
    public SessionSettings {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("threads: " + threads + " (expected: 1 to 1024)");
        }
        config = Map.copyOf(config);
    }

    /** Nothing but the number of threads. */
    public static SessionSettings threads(int threads) {
        return new SessionSettings(threads, Map.of());
    }
}
