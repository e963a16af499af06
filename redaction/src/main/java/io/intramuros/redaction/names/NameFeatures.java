// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.List;
import java.util.Locale;
import opennlp.tools.util.featuregen.AdaptiveFeatureGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a model sees of a token: itself, its two neighbours on each side, its ends, its shape, and what the lists say of it. Keeps
 * the last sentence's reading, so one object serves one thread.
 */
final class NameFeatures implements AdaptiveFeatureGenerator {
    private static final int AFFIX = 4;
    private static final String NONE = "-";

    private final Lexicon lexicon;
    private String @Nullable [] read;
    private String[] lowers = {};
    private String[] looks = {};

    NameFeatures(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // one sentence is asked for token by token, with the same array
    public void createFeatures(List<String> features, String[] tokens, int index, String[] outcomes) {
        if (tokens != read) read(tokens);
        String word = lowers[index];
        String before = at(lowers, index - 1);
        String after = at(lowers, index + 1);
        String look = looks[index];
        features.add("w=" + word);
        features.add("w-1=" + before);
        features.add("w+1=" + after);
        features.add("w-2=" + at(lowers, index - 2));
        features.add("w+2=" + at(lowers, index + 2));
        features.add("l=" + look);
        features.add("l-1=" + at(looks, index - 1) + look);
        features.add("l+1=" + look + at(looks, index + 1));
        features.add("l3=" + at(looks, index - 1) + look + at(looks, index + 1));
        features.add("l2=" + look + at(looks, index + 1) + at(looks, index + 2));
        features.add("wl=" + before + look);
        features.add("lw=" + look + after);
        features.add("b2=" + at(lowers, index - 2) + "_" + before + look);
        affixes(features, word);
        if (index == 0) features.add("first");
    }

    private static void affixes(List<String> features, String word) {
        int length = word.length();
        for (int n = 2; n <= AFFIX && n < length; n++) {
            features.add("s" + n + "=" + word.substring(length - n));
            if (n > 2) features.add("p" + n + "=" + word.substring(0, n));
        }
    }

    private static String at(String[] values, int index) {
        return index < 0 || index >= values.length ? NONE : values[index];
    }

    private void read(String[] tokens) {
        lowers = new String[tokens.length];
        looks = new String[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            String word = tokens[i].toLowerCase(Locale.ROOT);
            Shape shape = Shape.of(tokens[i], 0, tokens[i].length());
            lowers[i] = shape == Shape.NUMBER ? "0" : word;
            looks[i] = shape == Shape.MARK ? word : look(shape, lexicon.of(word));
        }
        read = tokens;
    }

    /** Shape and flags in two characters. */
    private static String look(Shape shape, int flags) {
        return "" + shape.letter() + (char) ('A' + (flags & ~Lexicon.TOWN_START));
    }
}
