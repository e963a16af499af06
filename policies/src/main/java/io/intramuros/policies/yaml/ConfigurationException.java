// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** Files that cannot be used, with all that is wrong in them. */
public final class ConfigurationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    /** Takes at least one problem. */
    public ConfigurationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        if (problems.isEmpty()) throw new IllegalArgumentException("problems: none (expected: at least one)");
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of files and lines as they were read; never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
