// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which characters count as the template's own: here small letters are the conversation's, large ones are not. */
class OriginTest {
    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 3, 5, 12, 0, 0, 0, ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
                    {{ 'A' + m.c + 'B' }}
                    {{ 'A' ~ m.c ~ 'B' ~ m.c }}
                    A{{ m.c }}B
                    {{ ('A' + m.c + 'B')[1:] }}
                    {{ ('A' + m.c + 'B')[:-1] }}
                    {{ (' A' + m.c + ' ') | trim }}
                    {{ ('A,' + m.c + ',B').split(',') | join('X') }}
                    {{ ('A-' + m.c).replace('-', 'X' + m.c) }}
                    {% set s %}A{{ m.c }}B{% endset %}{{ s }}{{ s }}
                    {% macro f(x) %}A{{ x }}B{% endmacro %}{{ f(m.c) }}{{ f('X') }}
                    {% for p in m.list %}A{{ p }}{% endfor %}
                    {{ ['A', m.c, 'B'] | join('X') }}
                    {{ 'A%sB' % m.c }}
                    {{ 'A{}B'.format(m.c) }}
                    {{ ('A' + m.c).removeprefix('A') + 'B' }}
                    {{ ('A-' + m.c) | indent(2) | replace('-', 'X') }}
                    {{ m.c * 2 + 'A' * 2 }}
                    {{ ('A' + m.c).partition('A')[2] + 'B' }}
                    {{ ('A' + m.c + 'B') | safe + 'C' + m.c }}
                    {{ m.c[0] + 'A' + m.c[1:] }}
                    {% filter trim %} A{{ m.c }} {% endfilter %}
                    """)
    void render_textsOfBothOrigins_keepThemApart(String source) {
        check(source);
    }

    @Test
    void render_callerOfAMacro_keepsTheOrigins() {
        check("{% macro each() %}{{ caller(m.c) }}{% endmacro %}{% call(x) each() %}A{{ x }}{% endcall %}");
    }

    @Test
    void render_partsThatCannotBeToldApart_countAsTheConversations() {
        Rendered rendered = render("{{ ('<X>' + m.c) | lower }}{{ {'a': m.c} | tojson }}{{ ['<X>', m.c] }}");

        assertThat(rendered.isOwn(0, 1)).isFalse();
        assertThat(rendered.isOwn(rendered.text().length() - 1, rendered.text().length()))
                .isFalse();
    }

    @Test
    void isOwn_rangeOverABorder_isNotOwn() {
        Rendered rendered = render("AB{{ m.c }}CD");

        assertThat(rendered.text()).isEqualTo("ABuserCD");
        assertThat(rendered.isOwn(0, 2)).isTrue();
        assertThat(rendered.isOwn(0, 3)).isFalse();
        assertThat(rendered.isOwn(1, 8)).isFalse();
        assertThat(rendered.isOwn(5, 7)).isFalse();
        assertThat(rendered.isOwn(6, 8)).isTrue();
    }

    private static void check(String source) {
        Rendered rendered = render(source);
        String text = rendered.text();
        assertThat(text).isNotEmpty();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isLetter(text.charAt(i))) {
                assertThat(rendered.isOwn(i, i + 1))
                        .as("%s at %d of %s", source, i, text)
                        .isEqualTo(Character.isUpperCase(text.charAt(i)));
            }
        }
    }

    private static Rendered render(String source) {
        JsonNode message = JsonMapper.shared().readTree("{\"c\":\"user\",\"list\":[\"a\",\"b\"]}");
        return Template.parse(source).render(Map.of("m", message), Map.of(), NOW);
    }
}
