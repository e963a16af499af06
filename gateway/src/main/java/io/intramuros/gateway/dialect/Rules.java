// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Reading;
import io.intramuros.gateway.exchange.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules about single fields of a body that every protocol has; each says by the field's name what is wrong. */
public final class Rules {
    private static final int MAX_MODEL_CHARS = 256;
    private static final int MAX_TOOLS = 1_024;

    private Rules() {}

    /**
     * Reads a body.
     *
     * @param fault what is wrong with it, beside its model
     * @param sound what it asks, where nothing is
     */
    public static Reading read(
            byte[] bytes, Function<ObjectNode, Optional<Refusal>> fault, Function<ObjectNode, ModelRequest> sound) {
        return switch (StrictJson.read(bytes)) {
            case StrictJson.Parsed.Wrong(String why) -> new Reading.Faulty(new Refusal(ErrorCode.INVALID_JSON, why));
            case StrictJson.Parsed.Tree(ObjectNode body) ->
                model(body)
                        .or(() -> fault.apply(body))
                        .<Reading>map(Reading.Faulty::new)
                        .orElseGet(() -> new Reading.Sound(sound.apply(body)));
        };
    }

    private static Optional<Refusal> model(ObjectNode body) {
        JsonNode model = body.path("model");
        if (!model.isString() || model.stringValue().isBlank()) return refuse("model", "must be the name of a model");
        if (model.stringValue().length() > MAX_MODEL_CHARS)
            return refuse("model", "must have at most " + MAX_MODEL_CHARS + " characters");
        return Optional.empty();
    }

    /** A list of tools: an array of no more than anybody can mean. */
    public static Optional<Refusal> tools(ObjectNode body) {
        JsonNode tools = body.path("tools");
        if (tools.size() > MAX_TOOLS) return refuse("tools", "must have at most " + MAX_TOOLS + " elements");
        return type(body, "tools", tools.isArray(), "an array of tools");
    }

    /** The first fault there is. */
    public static Optional<Refusal> first(List<Optional<Refusal>> faults) {
        return faults.stream().flatMap(Optional::stream).findFirst();
    }

    /** The first fault of an element; each is named as {@code name[3]}. */
    public static Optional<Refusal> each(
            JsonNode array, String name, BiFunction<JsonNode, String, Optional<Refusal>> fault) {
        for (int i = 0; i < array.size(); i++) {
            Optional<Refusal> found = fault.apply(array.get(i), name + "[" + i + "]");
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }

    /** A fault of a field. */
    public static Optional<Refusal> refuse(String param, String rule) {
        return Optional.of(Refusal.invalid(param, "\"" + param + "\" " + rule + "."));
    }

    /** Whether a field is not there, or null. */
    public static boolean absent(@Nullable JsonNode node) {
        return node == null || node.isMissingNode() || node.isNull();
    }

    /** A field that must be {@code sound} where it is there. */
    public static Optional<Refusal> type(ObjectNode body, String name, boolean sound, String expected) {
        return sound || absent(body.path(name)) ? Optional.empty() : refuse(name, "must be " + expected);
    }

    /** A truth. */
    public static Optional<Refusal> flag(ObjectNode body, String name) {
        return type(body, name, body.path(name).isBoolean(), "true or false");
    }

    /** A whole number, at least {@code least}. */
    public static Optional<Refusal> count(ObjectNode body, String name, int least) {
        JsonNode value = body.path(name);
        boolean sound =
                absent(value) || (value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= least);
        return sound ? Optional.empty() : refuse(name, "must be a whole number, at least " + least);
    }

    /** A number between two others. */
    public static Optional<Refusal> within(ObjectNode body, String name, double least, double most) {
        JsonNode value = body.path(name);
        boolean sound =
                absent(value) || (value.isNumber() && value.doubleValue() >= least && value.doubleValue() <= most);
        return sound ? Optional.empty() : refuse(name, "must be a number from " + least + " to " + most);
    }

    /** A string, or an array of strings. */
    public static Optional<Refusal> texts(ObjectNode body, String name) {
        JsonNode value = body.path(name);
        boolean sound = absent(value) || value.isString() || value.isArray();
        for (JsonNode element : value) sound &= element.isString();
        return sound ? Optional.empty() : refuse(name, "must be a string or an array of strings");
    }

    /** The texts of a field that {@link #texts} found sound. */
    public static List<String> strings(JsonNode value) {
        if (value.isString()) return List.of(value.stringValue());
        return value.valueStream().map(JsonNode::stringValue).toList();
    }
}
