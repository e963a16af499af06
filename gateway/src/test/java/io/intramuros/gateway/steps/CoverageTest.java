// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.Coverage;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Operation;
import io.intramuros.gateway.exchange.TextSlot;
import io.intramuros.gateway.exchange.TextSlot.Form;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class CoverageTest {
    private static final ObjectNode BODY = object("""
            {"model":"m","system":"s","messages":[
              {"role":"system","content":"a"},
              {"role":"user","content":[{"type":"text","text":"b"}],"name":"n"},
              {"role":"assistant","tool_calls":[{"function":{"arguments":"{}"}}]},
              {"role":"tool","content":"c"},
              {"role":"pirate","content":"d"}],
             "input":[{"role":"developer","content":"e"},"f"],
             "metadata":{"Ana Garcia":"g"}}""");

    private static ObjectNode object(String json) {
        return (ObjectNode)
                StrictJson.fromNode(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static TextSlot slot(String pointer, Form form) {
        return new TextSlot(pointer, form, BODY, "x");
    }

    @ParameterizedTest
    @CsvSource({
        "/system,TEXT,system",
        "/messages/0/content,TEXT,system",
        "/messages/1/content/0/text,TEXT,user",
        "/messages/1/name,TEXT,user.name",
        "/messages/1/x_private,TEXT,user.other",
        "/messages/2/tool_calls/0/function/arguments,JSON,assistant.arguments",
        "/messages/2/tool_calls/0/function/description,TEXT,assistant.other",
        "/messages/3/content,TEXT,tool",
        "/messages/4/content,TEXT,messages",
        "/input/0/content,TEXT,developer",
        "/input/1,TEXT,input",
        "/input,TEXT,input",
        "/metadata/Ana Garcia,TEXT,metadata",
        "/metadata/Ana Garcia,NAME,metadata.key",
        "/messages/99999999999/content,TEXT,messages",
        "/Ana Garcia,TEXT,other",
        "'',TEXT,other"
    })
    void of_pointer_isAWordOfOurs(String pointer, Form form, String kind) {
        assertThat(FieldKinds.of(slot(pointer, form), BODY)).isEqualTo(kind);
    }

    private static CoverageCount count() {
        return CoverageCount.of(new ModelRequest(
                Operation.CHAT,
                BODY,
                "m",
                List.of(
                        slot("/messages/0/content", Form.TEXT),
                        slot("/messages/1/content/0/text", Form.TEXT),
                        slot("/messages/3/content", Form.TEXT)),
                false,
                OptionalLong.empty(),
                1));
    }

    @Test
    void whole_everythingExamined_saysWhatWasChangedAndSkipped() {
        Coverage coverage = count().whole(index -> index == 1);

        assertThat(coverage.scanned()).isEqualTo("system=1 tool=1 user=1");
        assertThat(coverage.masked()).isEqualTo("user=1");
        assertThat(coverage.failed() + coverage.unscanned()).isEmpty();
        assertThat(coverage.skippedBecause()).isEqualTo("protocol=15");
    }

    @Test
    void until_oneThatFailed_saysWhatWasNotReached() {
        Coverage coverage = count().until(1);

        assertThat(coverage.scanned()).isEqualTo("system=1");
        assertThat(coverage.failed()).isEqualTo("user=1");
        assertThat(coverage.unscanned()).isEqualTo("tool=1");
        assertThat(coverage.masked()).isEmpty();
    }

    @Test
    void until_nobodyKnowsWhich_claimsNothing() {
        Coverage coverage = count().until(-1);

        assertThat(coverage.scanned() + coverage.failed()).isEmpty();
        assertThat(coverage.unscanned()).isEqualTo("system=1 tool=1 user=1");
    }
}
