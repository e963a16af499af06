// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a new key is to be.
 *
 * @param models globs of the models that it may use; {@code *} for all
 * @param expiresIn 1 s to 10 years, or null for never
 */
public record NewKey(
        String team,
        String project,
        String name,
        List<String> models,
        @Nullable Duration expiresIn) {
    private static final Pattern GLOB = Pattern.compile("[A-Za-z0-9*][A-Za-z0-9*._:/-]{0,99}");
    private static final Duration LONGEST = Duration.ofDays(3_660);
    private static final int MOST_MODELS = 30;

    public NewKey {
        Names.name("name", name);
        models = List.copyOf(models);
        if (models.isEmpty()
                || models.size() > MOST_MODELS
                || !models.stream().allMatch(m -> GLOB.matcher(m).matches()))
            throw new IllegalArgumentException(
                    "models: not a list of names (expected: 1 to 30, as \"*\" or \"qwen*\")");
        if (expiresIn != null && (expiresIn.toSeconds() < 1 || expiresIn.compareTo(LONGEST) > 0))
            throw new IllegalArgumentException("expiresIn: " + expiresIn + " (expected: PT1S to P3660D)");
    }
}
