// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Rules and lists first, a model for what they leave, and then second mentions; all share one reading of the text. */
final class NameDetector implements Detector {
    private static final Set<EntityType> TYPES =
            Set.of(EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION, EntityType.ADDRESS);

    private final Lexicon lexicon;
    private final List<Rule> rules;
    private final Trained trained;

    NameDetector(Lexicon lexicon, List<Rule> rules, Trained trained) {
        this.lexicon = lexicon;
        this.rules = List.copyOf(rules);
        this.trained = trained;
    }

    @Override
    public String name() {
        return "names";
    }

    @Override
    public Set<EntityType> types() {
        return TYPES;
    }

    @Override
    public void find(String text, Consumer<Finding> found) {
        if (text.isBlank()) return;
        Page page = new Page(text, lexicon);
        Finds finds = new Finds(page);
        for (Rule rule : rules) rule.find(page, finds);
        List<Finding> all = trained.settle(page, finds.settled());
        BitSet taken = new BitSet(text.length());
        for (Finding finding : all) taken.set(finding.start(), finding.end());
        all.addAll(Repeats.find(page, all, taken));
        Countries.without(all, text).forEach(found);
    }
}
