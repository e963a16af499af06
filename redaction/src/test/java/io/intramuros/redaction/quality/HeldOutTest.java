// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.names.Names;
import io.intramuros.redaction.patterns.Patterns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Texts in seven languages that were written last, in a style of their own, and never tuned on. */
class HeldOutTest {
    private static final Pattern MARKED = Pattern.compile("\\[([A-Z_]+)\\|([^\\]]+)\\]");
    private static final int CODE = 3;

    private static List<Sample> samples() throws IOException {
        try (InputStream in = HeldOutTest.class.getResourceAsStream("heldout.txt")) {
            if (in == null) throw new IOException("heldout.txt: missing");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(HeldOutTest::sample)
                    .toList();
        }
    }

    private static Sample sample(String line) {
        Matcher found = MARKED.matcher(line);
        StringBuilder text = new StringBuilder();
        List<Sample.Span> spans = new ArrayList<>();
        int at = CODE;
        while (found.find()) {
            text.append(line, at, found.start());
            spans.add(new Sample.Span(
                    text.length(), text.length() + found.group(2).length(), found.group(1)));
            text.append(found.group(2));
            at = found.end();
        }
        text.append(line, at, line.length());
        return new Sample(text.toString(), line.substring(0, 2), "heldout", spans);
    }

    @Test
    void find_textsNeverSeen_nineInTenValuesCoveredAndLittleElse() throws IOException {
        List<Detector> detectors = new ArrayList<>(Patterns.detectors());
        detectors.addAll(Names.detectors());
        Redactor redactor = Redactor.of(detectors);
        Scorer scorer = new Scorer();
        for (Sample sample : samples()) scorer.add(sample, redactor.find(sample.text()));
        Score score = scorer.done();
        assertThat(score.total().gold()).isGreaterThanOrEqualTo(80);
        assertThat(score.total().full()).isGreaterThanOrEqualTo(0.9);
        assertThat(score.overMasking()).isLessThanOrEqualTo(12);
    }
}
