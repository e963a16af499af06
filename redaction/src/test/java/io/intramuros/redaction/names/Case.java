// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A text with the names that must be found in it, as {@code cases.txt} writes them. */
record Case(String text, List<Span> spans) {
    private static final Pattern MARKED = Pattern.compile("\\[([A-Z]+)\\|([^\\]]+)\\]");

    /** A name in the text. */
    record Span(EntityType type, String value, int start) {
        static Span of(Finding finding, String text) {
            return new Span(finding.type(), text.substring(finding.start(), finding.end()), finding.start());
        }
    }

    static Set<Span> spans(List<Finding> findings, String text) {
        Set<Span> spans = new HashSet<>();
        for (Finding finding : findings) spans.add(Span.of(finding, text));
        return spans;
    }

    static Stream<Case> all() throws IOException {
        try (InputStream in = Case.class.getResourceAsStream("cases.txt")) {
            if (in == null) throw new IOException("cases.txt: missing");
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.stream().filter(line -> !line.startsWith("# ")).map(Case::parse);
        }
    }

    static Case parse(String line) {
        String marked = line.replace("\\n", "\n");
        List<Span> spans = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        Matcher found = MARKED.matcher(marked);
        int at = 0;
        while (found.find()) {
            text.append(marked, at, found.start());
            spans.add(new Span(EntityType.valueOf(found.group(1)), found.group(2), text.length()));
            text.append(found.group(2));
            at = found.end();
        }
        return new Case(text.append(marked, at, marked.length()).toString(), List.copyOf(spans));
    }
}
