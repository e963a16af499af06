// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.math.BigInteger;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A chat template, read once and rendered for each conversation. It speaks what Jinja2 speaks with
 * {@code trim_blocks}, {@code lstrip_blocks} and loop controls, as Hugging Face's transformers set it up, without
 * inheritance and includes. It reaches nothing but its variables: values are data, and there is no way to Java.
 * Immutable, thread-safe.
 */
public final class Template {
    private static final int LONGEST = 1 << 20;

    private final String source;
    private final List<Statement> body;
    private final Limits limits;

    private Template(String source, List<Statement> body, Limits limits) {
        this.source = source;
        this.body = body;
        this.limits = limits;
    }

    /** Reads a template, with the usual limits. */
    public static Template parse(String source) {
        return parse(source, Limits.DEFAULT);
    }

    /**
     * Reads a template.
     *
     * @throws TemplateException where it is not one, or uses what is not offered here
     */
    public static Template parse(String source, Limits limits) {
        if (source.length() > LONGEST) {
            throw TemplateException.limit("longer than " + LONGEST + " characters");
        }
        return new Template(source, StatementParser.parse(source), limits);
    }

    /** The text it was read from. */
    public String source() {
        return source;
    }

    /**
     * Renders a conversation.
     *
     * @param conversation variables that came with the request: their texts are marked as such
     * @param own variables of the model, such as {@code bos_token}, that count as the template's own text
     * @param now what {@code strftime_now} sees
     * @throws TemplateException where the template refuses, fails, or comes to a limit
     */
    public Rendered render(Map<String, JsonNode> conversation, Map<String, String> own, ZonedDateTime now) {
        var meter = new Meter(limits);
        Scope scope = Scope.outermost(Globals.of(meter, now));
        conversation.forEach((name, value) -> scope.set(name, value(value)));
        own.forEach((name, value) -> scope.set(name, Value.Str.own(value)));
        return new Rendered(new Runner(meter).run(body, scope.inner()));
    }

    private static Value value(JsonNode node) {
        if (node.isObject()) {
            Map<Value, Value> entries = new LinkedHashMap<>();
            node.properties().forEach(entry -> entries.put(Value.Str.foreign(entry.getKey()), value(entry.getValue())));
            return new Value.Mapping(entries);
        }
        if (node.isArray()) {
            return Value.Seq.list(node.valueStream().map(Template::value).collect(Collectors.toList()));
        }
        if (node.isBoolean()) {
            return Value.Bool.of(node.booleanValue());
        }
        if (node.isIntegralNumber()) {
            return new Value.Int(new BigInteger(node.asString()));
        }
        if (node.isNumber()) {
            return new Value.Real(node.doubleValue());
        }
        return node.isNull() ? Value.None.NONE : Value.Str.foreign(node.asString());
    }
}
