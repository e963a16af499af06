// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.policies.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What each server of the OpenAI API gets, and in which shapes they refuse. */
class DifferencesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String BODY = """
            {"model":"m","max_tokens":9,"max_completion_tokens":9,"top_p":1,"response_format":{"type":"json_object"},\
            "cache_salt":"mine","n_predict":-1,"priority":-5,"ttl":1,"brand_new":1}""";

    private static ObjectNode fitted(Node.Engine engine) {
        return Differences.of(engine).fit((ObjectNode) JSON.readTree(BODY), "the-teams");
    }

    @ParameterizedTest
    @EnumSource(Node.Engine.class)
    void fit_anyServer_keepsCapAndWhatNobodyKnowsAndNoCallersSalt(Node.Engine engine) {
        ObjectNode body = fitted(engine);

        assertThat(body.path("max_tokens").asInt()).isEqualTo(9);
        assertThat(body.path("brand_new").asInt()).isEqualTo(1);
        if (engine != Node.Engine.TGI && engine != Node.Engine.LLAMACPP && engine != Node.Engine.LMSTUDIO)
            assertThat(body.path("cache_salt").asString("")).isNotEqualTo("mine");
    }

    @Test
    void fit_vllm_getsTheTeamsSaltAndNoPlaceInTheQueue() {
        ObjectNode body = fitted(Node.Engine.VLLM);

        assertThat(body.path("cache_salt").asString()).isEqualTo("the-teams");
        assertThat(body.has("priority")).isFalse();
        assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(9);
    }

    @Test
    void fit_llamaCpp_hasItsCapByNoOtherName() {
        ObjectNode body = fitted(Node.Engine.LLAMACPP);

        assertThat(body.has("n_predict")).isFalse();
        assertThat(body.has("max_completion_tokens")).isFalse();
    }

    @Test
    void fit_tgi_isNotAskedForTheWholeOfTopP() {
        ObjectNode body = fitted(Node.Engine.TGI);
        ObjectNode half = Differences.of(Node.Engine.TGI).fit((ObjectNode) JSON.readTree("{\"top_p\":0.5}"), "");

        assertThat(body.has("top_p")).isFalse();
        assertThat(body.has("max_completion_tokens")).isFalse();
        assertThat(half.path("top_p").doubleValue()).isEqualTo(0.5);
    }

    @Test
    void fit_lmStudio_getsAnyObjectAsASchema() {
        ObjectNode body = fitted(Node.Engine.LMSTUDIO);

        assertThat(body.path("response_format").toString())
                .isEqualTo(
                        "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"object\",\"schema\":{\"type\":\"object\"}}}");
        assertThat(body.has("ttl")).isFalse();
    }

    @Test
    void fit_unknownServer_hearsNothingThatOneOfTheOthersMustNot() {
        ObjectNode body = fitted(Node.Engine.OTHER);

        assertThat(body.propertyNames())
                .containsExactlyInAnyOrder(
                        "model", "max_tokens", "max_completion_tokens", "top_p", "response_format", "brand_new");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"x\",\"type\":\"invalid_request_error\",\"code\":\"context_length_exceeded\"}}",
                "{\"error\":{\"code\":400,\"message\":\"request (9 tokens) exceeds the available context size (8 tokens)\","
                        + "\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":9,\"n_ctx\":8}}",
                "{\"object\":\"error\",\"message\":\"This model's maximum context length is 8 tokens.\","
                        + "\"type\":\"BadRequestError\",\"param\":null,\"code\":400}",
                "{\"object\":\"error\",\"message\":\"The input (9 tokens) is longer than the model's context length (8)\","
                        + "\"code\":400}",
                "{\"error\":\"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8. Given: 9\","
                        + "\"error_type\":\"validation\"}",
                "{\"error\":\"Reached context length of 8 tokens\"}",
            })
    void isTooLong_inEachServersShape_isSeen(String body) {
        assertThat(NodeErrors.isTooLong(bytes(body))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[]", "{\"error\":\"no such tool\"}", "{\"error\":{\"message\":7}}"})
    void isTooLong_anythingElse_isNot(String body) {
        assertThat(NodeErrors.isTooLong(bytes(body))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"error":{"code":"bad_thing"}}               | bad_thing
            {"error":{"code":400,"type":"bad_type"}}     | bad_type
            {"error":"words","error_type":"validation"}  | validation
            {"error":{"code":"Words of the prompt"}}     | ``
            {"object":"error","message":"m"}             | ``
            """)
    void code_inEachServersShape_isOneOfAHarmlessForm(String body, String code) {
        assertThat(NodeErrors.code(bytes(body)).orElse("")).isEqualTo(code);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Run with {@code -Dwrite.reference=true} to write the page anew. */
    @Test
    void differences_ofEachServer_areAsThePageSays() throws IOException {
        Path page = Path.of("..", "docs", "nodes.md");
        if (Boolean.getBoolean("write.reference")) Files.writeString(page, markdown());

        assertThat(Files.readString(page)).isEqualTo(markdown());
    }

    private static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Nodes that speak the OpenAI API

                `type: openai` takes any server of that API. Where `engine:` names which one it is, its differences are minded;
                without, nothing is sent that one of them would take for its owner's word. Written from the code
                (`DifferencesTest`).

                | `engine` | taken out of a caller's body | `cache_salt` | `max_completion_tokens` | `top_p: 1` | `json_object` |
                |---|---|---|---|---|---|
                """);
        for (Node.Engine engine : Node.Engine.values()) {
            Differences its = Differences.of(engine);
            page.append("| `%s` | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            engine.name().toLowerCase(Locale.ROOT),
                            its.owners().isEmpty()
                                    ? "-"
                                    : its.owners().stream()
                                            .sorted()
                                            .map(name -> "`" + name + "`")
                                            .collect(Collectors.joining(", ")),
                            its.salted() ? "the team's" : "-",
                            its.newCap() ? "beside `max_tokens`" : "as `max_tokens` alone",
                            its.wholeTopP() ? "as it is" : "left out",
                            its.anyObject() ? "as it is" : "as a schema"));
        }
        return page.append("""

                - **The cap** of an answer is `max_tokens` in every body, whatever a caller sent.
                - **`cache_salt`** is derived from the master key and the team, 43 characters: one team cannot measure by time
                  what another has in a node's cache. A caller's own reaches no node of these kinds.
                - **Refusals** are read in all their shapes: `error` as an object (OpenAI, llama.cpp), as a text (TGI, LM Studio),
                  or its members at the top (vLLM, SGLang). A prompt that is too long is `context_length_exceeded` to the
                  caller, whichever of them says so; their own words are not passed on.
                - **Use in streams** is asked for with `stream_options`. Where it comes beside the last words (llama.cpp) it is
                  taken there; where it never comes, one token is counted for each piece.
                - **`discover: true`** adds the models that the node says it has (`GET /v1/models`, of Ollama `GET /api/tags`);
                  declared ones win. A node that is down at the start adds them once it answers. It is asked every
                  `nodes.discovery`.
                """).toString();
    }
}
