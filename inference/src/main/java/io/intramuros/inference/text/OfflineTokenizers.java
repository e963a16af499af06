// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The one way to DJL's tokenizers. On a machine that looks like one of Amazon's, the first tokenizer of a process
 * reports its instance to DJL's makers; both switches that stop it are set here, before the class that does it is
 * loaded.
 */
public final class OfflineTokenizers {
    /** DJL's switch that lets nothing be fetched and nothing be reported. */
    static final String OFFLINE = "ai.djl.offline";

    /** DJL's switch against reports alone, should the other change its meaning. */
    static final String NO_REPORTS = "OPT_OUT_TRACKING";

    private OfflineTokenizers() {}

    /** Opens a tokenizer from the text of a {@code tokenizer.json}; the caller closes it. */
    public static HuggingFaceTokenizer open(byte[] json, Map<String, String> options) {
        System.setProperty(OFFLINE, "true");
        System.setProperty(NO_REPORTS, "true");
        try {
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options);
        } catch (IOException e) {
            throw new UncheckedIOException("tokenizer: could not be read", e);
        }
    }
}
