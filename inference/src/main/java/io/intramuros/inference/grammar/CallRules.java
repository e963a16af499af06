// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes the rules of calls, in one of the forms that models know. */
final class CallRules {
    /** Most calls of one answer that is held to calls: a model that repeats itself comes to an end. */
    static final int MOST_CALLS = 16;

    private static final Pattern PARAMETER = Pattern.compile("[^>\\s]{1,200}");
    private static final String PARAMETER_END = "</parameter>";

    private final CallForm form;
    private final List<Callable> tools;
    private final RuleBook book;

    CallRules(CallForm form, List<Callable> tools, RuleBook book) {
        this.form = form;
        this.tools = tools;
        this.book = book;
    }

    /** Calls and nothing else: one, or as many as are allowed. */
    Rule calls(boolean several) throws UnsupportedSchemaException {
        if (form.layout() == CallForm.Layout.BARE) {
            return object();
        }
        Rule one =
                book.number(Rule.sequence(JsonRules.literal(form.open()), opened(several, Rule.NOTHING, Rule.NOTHING)));
        boolean apart = form.layout() == CallForm.Layout.OBJECT || form.layout() == CallForm.Layout.PARAMETERS;
        return several && apart
                ? Rule.sequence(one, new Rule.Repeat(Rule.sequence(JsonRules.BLANK, one), 0, MOST_CALLS - 1))
                : one;
    }

    /**
     * What follows the mark that opens a call.
     *
     * @param rest what may follow the mark that closes it
     * @param tail what may follow where no mark does: nobody could tell more text from the call
     */
    Rule opened(boolean several, Rule rest, Rule tail) throws UnsupportedSchemaException {
        Rule closed = Rule.sequence(JsonRules.literal(form.close()), rest);
        return switch (form.layout()) {
            case OBJECT -> Rule.sequence(JsonRules.BLANK, object(), JsonRules.BLANK, closed);
            case LIST ->
                Rule.sequence(
                        JsonRules.BLANK,
                        JsonRules.list("[", object(), 1, several ? MOST_CALLS : 1, "]"),
                        form.close().isEmpty() ? tail : Rule.choice(closed, tail));
            case NAMED -> {
                Rule call = book.number(
                        choice(tool -> Rule.sequence(JsonRules.literal(tool.name() + "[ARGS]"), arguments(tool))));
                Rule more = Rule.sequence(JsonRules.literal(form.open()), call);
                yield Rule.sequence(call, new Rule.Repeat(more, 0, several ? MOST_CALLS - 1 : 0), tail);
            }
            case PARAMETERS -> Rule.sequence(JsonRules.BLANK, choice(this::function), JsonRules.BLANK, closed);
            case BARE -> Rule.sequence(JsonRules.BLANK, object(), tail);
        };
    }

    /** A call as a JSON object. */
    Rule object() throws UnsupportedSchemaException {
        return choice(tool -> Rule.sequence(
                JsonRules.literal("{"),
                JsonRules.BLANK,
                JsonRules.literal("\"name\":"),
                JsonRules.BLANK,
                JsonRules.literal(quoted(tool.name())),
                JsonRules.BLANK,
                JsonRules.literal(","),
                JsonRules.BLANK,
                JsonRules.literal(quoted(form.argumentsKey()) + ":"),
                JsonRules.BLANK,
                arguments(tool),
                JsonRules.BLANK,
                JsonRules.literal("}")));
    }

    private Rule arguments(Callable tool) throws UnsupportedSchemaException {
        if (!tool.held()) {
            return book.anyObject();
        }
        try {
            if (!tool.parameters().path("type").asString("").equals("object")) {
                throw new UnsupportedSchemaException("type", "not object");
            }
            return book.number(JsonSchemas.rule(tool.parameters(), book));
        } catch (UnsupportedSchemaException e) {
            return otherwise(tool, e, book.anyObject());
        }
    }

    /** A call as a function and its parameters, each by its name. */
    private Rule function(Callable tool) throws UnsupportedSchemaException {
        Rule parameters;
        try {
            parameters = parameters(tool);
        } catch (UnsupportedSchemaException e) {
            parameters = otherwise(tool, e, anyParameters());
        }
        return Rule.sequence(
                JsonRules.literal("<function=" + tool.name() + ">"),
                JsonRules.BLANK,
                parameters,
                JsonRules.literal("</function>"));
    }

    private Rule parameters(Callable tool) throws UnsupportedSchemaException {
        JsonNode properties = tool.parameters().path("properties");
        List<String> required = new ArrayList<>();
        tool.parameters().path("required").forEach(name -> required.add(name.asString("")));
        List<Rule> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            Rule part = parameter(property.getKey(), property.getValue(), tool.strict());
            parts.add(required.contains(property.getKey()) ? part : Rule.optional(part));
        }
        return new Rule.Sequence(parts);
    }

    private Rule parameter(String name, JsonNode schema, boolean strict) throws UnsupportedSchemaException {
        String path = "properties." + name;
        if (!PARAMETER.matcher(name).matches()) {
            throw new UnsupportedSchemaException(path, "this model cannot write a parameter of this name");
        }
        String type = schema.path("type").asString("string");
        Rule value = type.equals("string")
                ? text(schema, path, strict)
                : Rule.sequence(json(schema, path), JsonRules.BLANK, JsonRules.literal(PARAMETER_END));
        return Rule.sequence(JsonRules.literal("<parameter=" + name + ">\n"), value, JsonRules.BLANK);
    }

    private Rule json(JsonNode schema, String path) throws UnsupportedSchemaException {
        try {
            return book.number(JsonSchemas.rule(schema, book));
        } catch (UnsupportedSchemaException e) {
            throw e.under(path);
        }
    }

    /** A text as it is, up to the mark behind it. */
    private Rule text(JsonNode schema, String path, boolean strict) throws UnsupportedSchemaException {
        if (schema.path("enum").isArray()) {
            List<Rule> options = new ArrayList<>();
            schema.path("enum").forEach(option -> options.add(JsonRules.literal(option.asString(""))));
            return Rule.sequence(new Rule.Choice(options), JsonRules.BLANK, JsonRules.literal(PARAMETER_END));
        }
        for (String name : List.of("pattern", "minLength", "maxLength", "const", "anyOf", "oneOf", "$ref")) {
            if (strict && schema.has(name)) {
                throw new UnsupportedSchemaException(path + "." + name, "this model writes texts without this keyword");
            }
        }
        return freeParameter();
    }

    private Rule freeParameter() {
        int start = book.reserve();
        new FreeText(Map.of(PARAMETER_END, Rule.NOTHING), false).write(book, start);
        return new Rule.Reference(start);
    }

    private Rule anyParameters() {
        Rule name = new Rule.Repeat(Rule.Range.of('0', '9', 'A', 'Z', '_', '_', 'a', 'z'), 1, 64);
        Rule one = Rule.sequence(
                JsonRules.literal("<parameter="), name, JsonRules.literal(">\n"), freeParameter(), JsonRules.BLANK);
        return new Rule.Repeat(one, 0, 64);
    }

    private static Rule otherwise(Callable tool, UnsupportedSchemaException reason, Rule rule)
            throws UnsupportedSchemaException {
        if (tool.strict()) {
            throw reason.under(tool.path());
        }
        return rule;
    }

    /** How one tool is called. */
    @FunctionalInterface
    private interface ToolRule {
        Rule of(Callable tool) throws UnsupportedSchemaException;
    }

    private Rule choice(ToolRule rule) throws UnsupportedSchemaException {
        List<Rule> options = new ArrayList<>();
        for (Callable tool : tools) {
            options.add(book.number(rule.of(tool)));
        }
        return new Rule.Choice(options);
    }

    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }
}
