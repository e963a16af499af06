// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.gguf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** The keys and values at the head of a GGUF file. Immutable. A value of another type than asked for is an error. */
public final class GgufMetadata {
    private final Map<String, Object> values;

    /** Values are Long, Double, Boolean, String, long[], double[], or a list of String. */
    GgufMetadata(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /** All keys of the file. */
    public Set<String> keys() {
        return values.keySet();
    }

    /** A text, empty where the key is not there. */
    public Optional<String> text(String key) throws GgufException {
        return find(key, String.class, "a string");
    }

    /** An integer of any width, empty where the key is not there. */
    public OptionalLong number(String key) throws GgufException {
        Optional<Long> found = find(key, Long.class, "an integer");
        return found.isPresent() ? OptionalLong.of(found.get()) : OptionalLong.empty();
    }

    /** A float of any width, empty where the key is not there. */
    public OptionalDouble real(String key) throws GgufException {
        Optional<Double> found = find(key, Double.class, "a float");
        return found.isPresent() ? OptionalDouble.of(found.get()) : OptionalDouble.empty();
    }

    /** A truth value, empty where the key is not there. */
    public Optional<Boolean> flag(String key) throws GgufException {
        return find(key, Boolean.class, "a bool");
    }

    /** An array of texts, empty where the key is not there. */
    @SuppressWarnings("unchecked") // the reader makes no other lists
    public List<String> texts(String key) throws GgufException {
        return (List<String>) find(key, List.class, "an array of strings").orElse(List.of());
    }

    /** An array of integers or of truth values (1 and 0), empty where the key is not there. */
    public long[] numbers(String key) throws GgufException {
        return find(key, long[].class, "an array of integers")
                .map(long[]::clone)
                .orElseGet(() -> new long[0]);
    }

    /** An array of floats, empty where the key is not there. */
    public double[] reals(String key) throws GgufException {
        return find(key, double[].class, "an array of floats")
                .map(double[]::clone)
                .orElseGet(() -> new double[0]);
    }

    /** Whether the value is an array. */
    public boolean isArray(String key) {
        Object value = values.get(key);
        return value instanceof List<?> || value instanceof long[] || value instanceof double[];
    }

    /** The value of a key that must be there. */
    public long requiredNumber(String key) throws GgufException {
        return number(key).orElseThrow(() -> missing(key));
    }

    /** The value of a key that must be there. */
    public double requiredReal(String key) throws GgufException {
        return real(key).orElseThrow(() -> missing(key));
    }

    /** The value of a key that must be there. */
    public String requiredText(String key) throws GgufException {
        return text(key).orElseThrow(() -> missing(key));
    }

    private <T> Optional<T> find(String key, Class<T> type, String expected) throws GgufException {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw new GgufException(key + ": a value of another type (expected: " + expected + ")");
        }
        return Optional.of(type.cast(value));
    }

    private static GgufException missing(String key) {
        return new GgufException(key + ": missing (expected: in the metadata)");
    }
}
