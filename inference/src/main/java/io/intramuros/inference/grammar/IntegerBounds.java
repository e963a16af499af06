// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The integers that {@code minimum}, {@code maximum} and their exclusive forms leave. */
final class IntegerBounds {
    private static final List<String> NAMES = List.of("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum");
    /** Beyond all that a model may write. */
    private static final BigInteger FAR = BigInteger.TEN.pow(30);
    /** A longer number is a mistake, or an attack. */
    private static final int MOST_DIGITS = 400;

    private IntegerBounds() {}

    /** The rule of an integer by its schema. */
    static Rule rule(JsonNode schema, String path) throws UnsupportedSchemaException {
        if (NAMES.stream().noneMatch(schema::has)) {
            return JsonRules.INTEGER;
        }
        BigInteger low = bound(schema, "minimum", path, FAR.negate(), RoundingMode.CEILING)
                .max(bound(schema, "exclusiveMinimum", path, FAR.negate(), RoundingMode.FLOOR)
                        .add(BigInteger.ONE));
        BigInteger high = bound(schema, "maximum", path, FAR, RoundingMode.FLOOR)
                .min(bound(schema, "exclusiveMaximum", path, FAR, RoundingMode.CEILING)
                        .subtract(BigInteger.ONE));
        return Spans.integers(low, high);
    }

    /** The rule of a number, whose fractions no grammar of ours can bound. */
    static Rule unbounded(JsonNode schema, String path) throws UnsupportedSchemaException {
        for (String name : NAMES) {
            if (schema.has(name)) {
                throw new UnsupportedSchemaException(at(path, name), "only supported for integers");
            }
        }
        return JsonRules.NUMBER;
    }

    private static BigInteger bound(JsonNode schema, String name, String path, BigInteger absent, RoundingMode rounding)
            throws UnsupportedSchemaException {
        JsonNode node = schema.get(name);
        if (node == null) {
            return absent;
        }
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw new UnsupportedSchemaException(at(path, name), "not a finite number");
        }
        BigDecimal value = node.decimalValue();
        if (Math.abs((long) value.precision() - value.scale()) > MOST_DIGITS) {
            throw new UnsupportedSchemaException(at(path, name), "more than " + MOST_DIGITS + " digits");
        }
        return value.setScale(0, rounding).toBigInteger();
    }

    private static String at(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
