// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Place;
import io.intramuros.redaction.SurrogateForm;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The surrogates minted in one exchange and what each stands for. Only these are ever restored: a surrogate that a
 * person typed, or that another exchange minted, stays as it is. Minting is for one thread; restorers taken afterwards
 * are independent of each other.
 */
public final class Vault {
    /** The characters of a code, where no two values of the exchange share them. */
    static final int CODE_LENGTH = SurrogateForm.SHORTEST_CODE;

    private final Surrogates surrogates;
    private final Map<String, Entry> entries = new HashMap<>();
    /** The surrogates of the values seen, by type: a value that a conversation repeats costs one HMAC. */
    private final Map<EntityType, Map<String, String>> minted = new EnumMap<>(EntityType.class);

    /** An empty vault for one exchange of the tenant of {@code surrogates}. */
    public Vault(Surrogates surrogates) {
        this.surrogates = surrogates;
    }

    /** The surrogate for a value, {@code [TYPE_code]}; from now on it is restored to the first spelling seen. */
    public String surrogateFor(EntityType type, String value) {
        return minted.computeIfAbsent(type, _ -> new HashMap<>()).computeIfAbsent(value, _ -> mint(type, value));
    }

    private String mint(EntityType type, String value) {
        String code = surrogates.code(type, value);
        for (int length = CODE_LENGTH; length <= code.length(); length++) {
            String core = type + "_" + code.substring(0, length);
            Entry entry = entries.computeIfAbsent(core.toLowerCase(Locale.ROOT), _ -> new Entry(code, value));
            if (entry.code.equals(code)) return "[" + core + "]";
        }
        throw new IllegalStateException("surrogate: two values with one HMAC (expected: never)");
    }

    /** The number of values that can be restored. */
    public int size() {
        return entries.size();
    }

    /** The text with each surrogate of this vault replaced by its value. */
    public String restore(String text) {
        Restorer restorer = restorer(Place.TEXT);
        return restorer.accept(text) + restorer.finish();
    }

    /** A restorer for one stream, which knows what has been minted up to now. */
    public Restorer restorer(Place place) {
        Trie known = new Trie();
        entries.forEach((core, entry) -> known.put(core, entry.value));
        return new Restorer(known, place);
    }

    @Override
    public String toString() {
        return "Vault[" + entries.size() + " values]";
    }

    /** A value and its whole code, which tells it from another value whose code starts alike. */
    private static final class Entry {
        private final String code;
        private final String value;

        private Entry(String code, String value) {
            this.code = code;
            this.value = value;
        }
    }
}
