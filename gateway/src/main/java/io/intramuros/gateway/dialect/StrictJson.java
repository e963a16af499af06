// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON from strangers: duplicate names, trailing tokens, numbers that no double holds, lone surrogates and depth over
 * 64 are errors, and no message repeats what was sent.
 */
public final class StrictJson {
    /** The deepest nesting of a body. */
    public static final int MAX_DEPTH = 64;

    private static final int MAX_NUMBER_CHARS = 400;
    private static final int MAX_NAME_CHARS = 4_096;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_CHARS)
                            .maxNameLength(MAX_NAME_CHARS)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES) // what goes on is what came
            .build();

    private StrictJson() {}

    /**
     * What came of reading: an object or what is wrong with it.
     */
    public sealed interface Parsed {
        /** It is an object. */
        record Tree(ObjectNode root) implements Parsed {}

        /**
         * It is not.
         *
         * @param why a sentence without the caller's text
         */
        record Wrong(String why) implements Parsed {}
    }

    /** Reads one object. */
    public static Parsed read(byte[] body) {
        try {
            if (body.length == 0) return new Parsed.Wrong("The body is empty; send a JSON object.");
            if (!(MAPPER.readTree(body) instanceof ObjectNode root))
                return new Parsed.Wrong("The body is JSON but no object; send a JSON object.");
            Optional<String> fault = fault(root);
            return fault.isPresent() ? new Parsed.Wrong(fault.get()) : new Parsed.Tree(root);
        } catch (StreamConstraintsException e) {
            return new Parsed.Wrong("The body is nested deeper than " + MAX_DEPTH
                    + " levels, or holds a number or a name that is too long" + place(e) + ".");
        } catch (JacksonException e) {
            String what = String.valueOf(e.getOriginalMessage()).startsWith("Duplicate")
                    ? "A name stands twice in one object"
                    : "The body is no valid JSON";
            return new Parsed.Wrong(what + place(e) + ".");
        }
    }

    /** Writes a tree as UTF-8. */
    public static byte[] write(JsonNode tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    /** Writes a tree as text. */
    public static String text(JsonNode tree) {
        return MAPPER.writeValueAsString(tree);
    }

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An empty array. */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** A string. */
    public static JsonNode string(String text) {
        return MAPPER.getNodeFactory().stringNode(text);
    }

    /** JSON's null. */
    public static JsonNode nothing() {
        return MAPPER.getNodeFactory().nullNode();
    }

    /** A truth. */
    public static JsonNode truth(boolean is) {
        return MAPPER.getNodeFactory().booleanNode(is);
    }

    /**
     * The arguments of a tool call as an object. What a model wrote that is none stands in one, under
     * {@code arguments}: whoever called can still say what was wrong with it.
     */
    public static ObjectNode arguments(String written) {
        if (written.isBlank()) return object();
        return fromNode(written.getBytes(StandardCharsets.UTF_8))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseGet(() -> object().put("arguments", written));
    }

    /** The lenient reading of what one of our own nodes sent; empty where it is no JSON. */
    public static Optional<JsonNode> fromNode(byte[] body) {
        try {
            return Optional.of(MAPPER.readTree(body));
        } catch (JacksonException _) {
            return Optional.empty(); // the caller reports it as a failed node
        }
    }

    private static String place(JacksonException e) {
        var at = e.getLocation();
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private static Optional<String> fault(JsonNode node) {
        if (node.isNumber() && !Double.isFinite(node.doubleValue()))
            return Optional.of("The body holds a number beyond the range of a double.");
        if (node.isString() && hasLoneSurrogate(node.stringValue())) return Optional.of(LONE);
        for (var member : node.properties()) {
            if (hasLoneSurrogate(member.getKey())) return Optional.of(LONE);
            Optional<String> fault = fault(member.getValue());
            if (fault.isPresent()) return fault;
        }
        if (!node.isArray()) return Optional.empty();
        for (JsonNode element : node) {
            Optional<String> fault = fault(element);
            if (fault.isPresent()) return fault;
        }
        return Optional.empty();
    }

    private static final String LONE = "The body holds half of a surrogate pair, which is no text; send valid Unicode.";

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
