// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.TextValue;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A model's name in which {@code *} stands for any characters; 1 to 200 characters. */
@TextValue
public record Glob(String pattern) {
    private static final int MAX_LENGTH = 200;
    private static final int MAX_STARS = 4;

    public Glob {
        long stars = pattern.chars().filter(c -> c == '*').count();
        if (pattern.isBlank() || pattern.length() > MAX_LENGTH || stars > MAX_STARS)
            throw new IllegalArgumentException("a pattern of " + pattern.length() + " characters with " + stars
                    + " stars (expected: 1 to " + MAX_LENGTH + " characters, at most " + MAX_STARS + " stars)");
    }

    /** Whether the pattern covers the whole of {@code name}. */
    public boolean matches(String name) {
        String regex =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL).matcher(name).matches();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
