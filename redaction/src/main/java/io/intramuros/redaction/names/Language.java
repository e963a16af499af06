// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.Locale;

/** The languages that the lists and models know. */
enum Language {
    EN,
    ES,
    DE,
    FR,
    IT,
    NL,
    PT;

    /** Its ISO 639-1 code. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The language of the page; English where nothing tells. */
    static Language of(Page page) {
        return Groups.shipped().language(page);
    }
}
