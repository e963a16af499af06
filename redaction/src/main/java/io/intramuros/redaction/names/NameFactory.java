// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import opennlp.tools.namefind.BilouCodec;
import opennlp.tools.namefind.DefaultNameContextGenerator;
import opennlp.tools.namefind.NameContextGenerator;
import opennlp.tools.namefind.TokenNameFinderFactory;
import opennlp.tools.util.SequenceCodec;
import opennlp.tools.util.ext.ExtensionLoader;

/** Gives the models the features of {@link NameFeatures}; a model names this class, which is therefore public. */
public final class NameFactory extends TokenNameFinderFactory {
    /** For the model's loader. */
    public NameFactory() {}

    /** OpenNLP loads classes that a model names from registered packages only. */
    static void register() {
        ExtensionLoader.registerAllowedPackage(NameFactory.class.getPackageName());
    }

    @Override
    public SequenceCodec<String> createSequenceCodec() {
        return new BilouCodec();
    }

    @Override
    public NameContextGenerator createContextGenerator() {
        return new DefaultNameContextGenerator(new NameFeatures(Lexicon.shipped()));
    }
}
