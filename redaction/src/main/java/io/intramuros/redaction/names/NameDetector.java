// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.Finding;
import java.util.List;
import java.util.function.Consumer;

/** The rules and lists, which share one reading of the text. */
final class NameDetector implements Detector {
    private final List<Rule> rules;
    private final Lexicon lexicon;

    NameDetector(Lexicon lexicon, List<Rule> rules) {
        this.lexicon = lexicon;
        this.rules = List.copyOf(rules);
    }

    @Override
    public String name() {
        return "names";
    }

    @Override
    public void find(String text, Consumer<Finding> found) {
        if (text.isBlank()) return;
        Page page = new Page(text, lexicon);
        Finds finds = new Finds(page);
        for (Rule rule : rules) rule.find(page, finds);
        List<Finding> settled = finds.settled();
        settled.forEach(found);
        Repeats.find(page, settled, found);
    }
}
