// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Small templates of ours, with what Jinja2 makes of them ({@code cases.py} beside {@code cases.json} asks it). */
class TemplateTest {
    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 3, 5, 12, 0, 0, 0, ZoneOffset.UTC);
    private static final JsonNode CASES = cases();

    @ParameterizedTest
    @MethodSource("templates")
    void render_smallTemplate_givesWhatJinja2Gives(JsonNode golden) {
        assertThat(render(golden.get("template").asString()))
                .isEqualTo(golden.get("expected").asString());
    }

    @ParameterizedTest
    @MethodSource("errors")
    void render_whatJinja2Refuses_isRefused(JsonNode golden) {
        TemplateException refused = catchThrowableOfType(
                TemplateException.class, () -> render(golden.get("template").asString()));

        assertThat(refused).as(golden.get("template").asString()).isNotNull();
        String kind = golden.get("kind").asString();
        if (kind.contains("Syntax")) {
            assertThat(refused.kind()).isEqualTo(TemplateException.Kind.SYNTAX);
        }
        if (kind.equals("UndefinedError")) {
            assertThat(refused.kind()).isIn(TemplateException.Kind.UNDEFINED, TemplateException.Kind.OPERATION);
        }
    }

    @Test
    void render_refusal_tellsTheReasonApartFromTheMessage() {
        TemplateException refused =
                catchThrowableOfType(TemplateException.class, () -> render("{{ raise_exception('no ' ~ name) }}"));

        assertThat(refused.kind()).isEqualTo(TemplateException.Kind.REFUSED);
        assertThat(refused.reason()).isEqualTo("no Ada Lovelace");
        assertThat(refused).hasMessage("template: refused the conversation");
    }

    @Test
    void parse_syntaxError_namesTheLine() {
        assertThatThrownBy(() -> Template.parse("a\nb\n{% if %}x{% endif %}"))
                .hasMessageStartingWith("template, line 3: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
                "{{ 'x' * 1000000000 }}",
                "{{ [1] * 1000000000 }}",
                "{% for i in range(2000000000) %}{% endfor %}",
                "{{ 2 ** 100000 }}",
                "{{ (2 ** 4000) * (2 ** 4000) }}",
                "{% set ns = namespace(s='xxxxxxxxxx') %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
                "{{ 'a' | replace('', 'xxxxxxxxxx' * 100000) | replace('x', 'y' * 100000) }}",
                "{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
                "{% set ns = namespace(l=[]) %}{% for i in range(9999) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}",
                "{{ '9'.zfill(2000000000) }}",
                "{{ [1] | batch(2000000000, 0) | list }}",
                "{{ [1] | slice(2000000000) | list }}",
            })
    void render_moreThanAllowed_endsAtTheLimit(String source) {
        Template template = Template.parse(source, new Limits(200_000, 2_000_000, 100));

        assertThatThrownBy(() -> template.render(Map.of(), Map.of(), NOW))
                .isInstanceOfSatisfying(
                        TemplateException.class, e -> assertThat(e.kind()).isEqualTo(TemplateException.Kind.LIMIT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "not ", "-", "{'a':", "x if ", "x[", "x("})
    void parse_nestedTooDeep_isRefused(String opening) {
        assertThatThrownBy(() -> Template.parse("{{ " + opening.repeat(20_000))).isInstanceOf(TemplateException.class);
        assertThatThrownBy(() -> Template.parse("{% if x %}".repeat(20_000))).isInstanceOf(TemplateException.class);
    }

    @Test
    void render_longChainOfOperators_endsAtTheDepth() {
        Template chain = Template.parse("{{ 1" + " + 1".repeat(50_000) + " }}");

        assertThatThrownBy(() -> chain.render(Map.of(), Map.of(), NOW))
                .hasMessageStartingWith("template: nested deeper than");
    }

    @Test
    void parse_longerThanAMebi_isRefused() {
        assertThatThrownBy(() -> Template.parse("x".repeat((1 << 20) + 1)))
                .hasMessage("template: longer than 1048576 characters");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void parse_mutatedTemplate_isReadOrRefused(long seed) {
        var random = new Random(seed);
        JsonNode all = CASES.get("cases");
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            var source = new StringBuilder(
                    all.get(random.nextInt(all.size())).get("template").asString());
            for (int change = 0; change <= random.nextInt(3); change++) {
                mutate(source, random);
            }
            try {
                render(source.toString());
            } catch (TemplateException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(50, 499);
    }

    private static void mutate(StringBuilder source, Random random) {
        int at = random.nextInt(source.length());
        switch (random.nextInt(3)) {
            case 0 -> source.deleteCharAt(at);
            case 1 -> source.insert(at, "{}%#[]()|.,'\"+-*/~=<>!:\\ax1 \n".charAt(random.nextInt(29)));
            default -> {
                int other = random.nextInt(source.length());
                source.insert(at, source.substring(Math.min(at, other), Math.min(source.length(), other + 5)));
            }
        }
        if (source.isEmpty()) {
            source.append('x');
        }
    }

    private static Stream<JsonNode> templates() {
        return CASES.get("cases").valueStream();
    }

    private static Stream<JsonNode> errors() {
        return CASES.get("errors").valueStream();
    }

    private static String render(String source) {
        Map<String, JsonNode> context = new HashMap<>();
        CASES.get("context").properties().forEach(entry -> context.put(entry.getKey(), entry.getValue()));
        context.put("extra", JsonNodeFactory.instance.numberNode(1));
        return Template.parse(source, new Limits(100_000, 10_000_000, 200))
                .render(context, Map.of(), NOW)
                .text();
    }

    private static JsonNode cases() {
        try (InputStream in = TemplateTest.class.getResourceAsStream("cases.json")) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
