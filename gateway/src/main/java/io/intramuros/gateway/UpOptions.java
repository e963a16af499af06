// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.gateway.config.Setting;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says of a start.
 *
 * @param data the data folder
 * @param config the configuration folder, or null for the embedded defaults alone
 * @param offline never try to pull a model
 * @param settings those that the command line gives
 */
public record UpOptions(Path data, @Nullable Path config, boolean offline, Map<Setting, String> settings) {
    public UpOptions {
        settings = Map.copyOf(settings);
    }
}
