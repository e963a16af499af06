// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The globs of model names that a key carries: {@code *} stands for any run of characters. */
public final class ModelGlobs {
    private ModelGlobs() {}

    /** Whether one of the globs covers the name. */
    public static boolean allow(List<String> globs, String model) {
        return globs.stream()
                .anyMatch(
                        glob -> glob.equals("*") || pattern(glob).matcher(model).matches());
    }

    private static Pattern pattern(String glob) {
        return Pattern.compile(
                Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
