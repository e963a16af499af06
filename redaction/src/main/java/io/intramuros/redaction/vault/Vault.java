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
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The surrogates and made-up values of one exchange and what each stands for. Only these are ever restored: a surrogate
 * that a person typed, or that another exchange minted, stays as it is. Minting is for one thread; restorers taken
 * afterwards are independent of each other.
 */
public final class Vault {
    /** The characters of a code, where no two values of the exchange share them. */
    static final int CODE_LENGTH = SurrogateForm.SHORTEST_CODE;

    private static final int MOST_REPEATED = 64;

    private final Surrogates surrogates;
    private final Map<String, Entry> entries = new HashMap<>();
    /** The surrogates of the values seen, by type: a value that a conversation repeats costs one HMAC. */
    private final Map<EntityType, Map<String, String>> minted = new EnumMap<>(EntityType.class);

    private final Map<String, String> madeByCode = new HashMap<>();
    private final Map<String, String> valuesByMade = new HashMap<>();
    private @Nullable Known known;

    /** An empty vault for one exchange of the tenant of {@code surrogates}. */
    public Vault(Surrogates surrogates) {
        this.surrogates = surrogates;
    }

    /**
     * The surrogate for a value, {@code [TYPE_code]}; from now on it is restored to the first spelling seen. So is the
     * one that the tenant's key before the present one gave it, which an open conversation may still quote.
     */
    public String surrogateFor(EntityType type, String value) {
        return minted.computeIfAbsent(type, _ -> new HashMap<>()).computeIfAbsent(value, _ -> mint(type, value));
    }

    private String mint(EntityType type, String value) {
        String core = mint(type, surrogates.code(type, value), value);
        surrogates.previous().ifPresent(before -> mint(type, before.code(type, value), value));
        return "[" + core + "]";
    }

    private String mint(EntityType type, String code, String value) {
        for (int length = CODE_LENGTH; length <= code.length(); length++) {
            String core = type + "_" + code.substring(0, length);
            Entry entry = entries.get(core.toLowerCase(Locale.ROOT));
            if (entry != null && !entry.code.equals(code)) continue;
            if (entry == null) {
                entries.put(core.toLowerCase(Locale.ROOT), new Entry(code, value));
                known = null;
            }
            return core;
        }
        throw new IllegalStateException("surrogate: two values with one HMAC (expected: never)");
    }

    /** Makes values up. */
    @FunctionalInterface
    public interface Maker {
        /** A made-up value, the same for the same seeds; empty where none can be made. */
        Optional<String> make(LongUnaryOperator seeds);
    }

    /**
     * A made-up value, the same for the same value in every request of the tenant unless it stands in the text; from now
     * on it is restored. Where none can be made, the surrogate.
     *
     * @param taken what must not be used: what stands in the texts
     */
    public String madeUpFor(EntityType type, String value, Maker maker, Predicate<String> taken) {
        String code = type + "_" + surrogates.code(type, value);
        String before = madeByCode.get(code);
        if (before != null) return before;
        LongUnaryOperator seeds = surrogates.seeds(type, value);
        for (int round = 0; round < MOST_REPEATED; round++) {
            long first = (long) round << Integer.SIZE;
            Optional<String> made = maker.make(attempt -> seeds.applyAsLong(first + attempt));
            if (made.isEmpty()) break;
            if (valuesByMade.containsKey(made.get()) || taken.test(made.get())) continue;
            madeByCode.put(code, made.get());
            valuesByMade.put(made.get(), value);
            known = null;
            return made.get();
        }
        return surrogateFor(type, value);
    }

    /** Whether {@code text} is one of the made-up values or a part of one. */
    public boolean isMadeUp(String text) {
        return valuesByMade.keySet().stream().anyMatch(made -> made.contains(text));
    }

    /** The number of values that can be restored. */
    public int size() {
        return (int) entries.values().stream()
                        .map(entry -> entry.value)
                        .distinct()
                        .count()
                + valuesByMade.size();
    }

    /** The text with each surrogate of this vault replaced by its value. */
    public String restore(String text) {
        Restorer restorer = restorer(Place.TEXT);
        return restorer.accept(text) + restorer.finish();
    }

    /** A restorer for one stream, which knows what has been minted up to now. */
    public Restorer restorer(Place place) {
        return new Restorer(known(), place);
    }

    private synchronized Known known() {
        Known all = known;
        if (all == null) {
            Trie cores = new Trie();
            entries.forEach((core, entry) -> cores.put(core, entry.value));
            Trie made = new Trie();
            valuesByMade.forEach(made::put);
            all = new Known(cores, made);
            known = all;
        }
        return all;
    }

    @Override
    public String toString() {
        return "Vault[" + size() + " values]";
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
