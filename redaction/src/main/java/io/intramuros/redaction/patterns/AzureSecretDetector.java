// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds client secrets of Azure AD. They can begin with any three letters, and are known by the {@code Q~} behind these and
 * a digit, so that is what is looked for.
 */
final class AzureSecretDetector implements Detector {
    private static final String MARK = "Q~";
    private static final int BEFORE_MARK = 4;
    private static final Pattern FORM =
            Pattern.compile("(?<![\\w-])[A-Za-z0-9][\\w.~]{2}\\dQ~[\\w.~-]{31,34}(?![A-Za-z0-9])");

    @Override
    public String name() {
        return Patterns.NAME;
    }

    @Override
    public Set<EntityType> types() {
        return Set.of(EntityType.SECRET);
    }

    @Override
    public void find(String text, Consumer<Finding> found) {
        int mark = text.indexOf(MARK);
        if (mark < 0) return;
        Matcher form = FORM.matcher(text).useTransparentBounds(true);
        for (; mark >= 0; mark = text.indexOf(MARK, mark + 1)) {
            if (mark < BEFORE_MARK
                    || !form.region(mark - BEFORE_MARK, text.length()).lookingAt()) continue;
            found.accept(new Finding(EntityType.SECRET, "AZURE_AD", form.start(), form.end(), 0.8, name()));
        }
    }

    @Override
    public boolean mayFind(String text, int from) {
        return text.contains(MARK);
    }
}
