// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of cases names a test for each, and the tests are there. */
class RedactionCasesDocTest {
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| .+ \\| (.+) \\|$", Pattern.MULTILINE);
    private static final Pattern NAMED = Pattern.compile("`(\\w+)\\.(\\w+)`");

    @Test
    void page_namesATestOfEachCase_andEachIsThere() throws IOException {
        Matcher row = ROW.matcher(Files.readString(Path.of("..", "docs", "redaction-cases.md")));
        List<Integer> numbers = new ArrayList<>();
        while (row.find()) {
            numbers.add(Integer.parseInt(row.group(1)));
            Matcher named = NAMED.matcher(row.group(2));
            int tests = 0;
            while (named.find()) {
                tests++;
                assertThat(source(named.group(1))).contains("void " + named.group(2) + "(");
                assertThat(named.group(2)).contains(String.format(java.util.Locale.ROOT, "%02d", numbers.getLast()));
            }
            assertThat(tests).as("tests of case %s", row.group(1)).isPositive();
        }

        assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, 41).boxed().toList());
    }

    private static String source(String name) throws IOException {
        for (String module : List.of("gateway", "redaction")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
                List<Path> found = files.filter(
                                file -> file.getFileName().toString().equals(name + ".java"))
                        .toList();
                if (!found.isEmpty()) return Files.readString(found.getFirst());
            }
        }
        throw new AssertionError("no test " + name);
    }
}
