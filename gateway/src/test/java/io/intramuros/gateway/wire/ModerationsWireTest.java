// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.moderations.ModerationCreateParams;
import io.intramuros.gateway.RecordingUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is found in texts, as OpenAI's clients ask for it. */
class ModerationsWireTest {
    private static final String POLICY = """
            apiVersion: intramuros.io/v1
            kind: Policy
            metadata: { name: cards-and-models }
            spec:
              request: { CREDIT_CARD: block, DATE: allow }
              models: { allow: ["m"] }
            ---
            """;

    @TempDir
    static Path folder;

    private static RecordingUpstream node;
    private static LiveGateway gateway;

    @BeforeAll
    static void start() {
        node = new RecordingUpstream((_, reply) -> reply.json(500, "{}"));
        gateway = LiveGateway.start(folder, List.of(node.url()), POLICY, Map.of());
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        node.close();
    }

    private static JsonNode results(String body) {
        LiveGateway.Answer answer = gateway.post("/v1/moderations", body, gateway.key());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("results");
    }

    @Test
    void texts_ofSeveralKinds_haveAResultEach() {
        JsonNode results = results("""
                {"input":["Nothing to see.","Write to jane.roe@corp.example and bob.poe@corp.example",\
                "Card 4111 1111 1111 1111"],"model":"omni-moderation-latest"}""");

        assertThat(results.size()).isEqualTo(3);
        assertThat(results.path(0).path("flagged").booleanValue()).isFalse();
        assertThat(results.path(0).path("findings").isEmpty()).isTrue();
        JsonNode mail = results.path(1);
        assertThat(mail.path("flagged").booleanValue()).isTrue();
        assertThat(mail.path("categories").path("intramuros/personal-data").booleanValue())
                .isTrue();
        assertThat(mail.path("categories").path("intramuros/forbidden").booleanValue())
                .isFalse();
        assertThat(mail.path("category_scores").path("intramuros/personal-data").doubleValue())
                .isGreaterThan(0.5);
        assertThat(mail.path("findings").path("EMAIL").path("count").asInt()).isEqualTo(2);
        assertThat(mail.path("findings").path("EMAIL").path("action").asString())
                .isEqualTo("pseudonymize");
        JsonNode card = results.path(2);
        assertThat(card.path("categories").path("intramuros/forbidden").booleanValue())
                .isTrue();
        assertThat(card.path("findings").path("CREDIT_CARD").path("action").asString())
                .isEqualTo("block");
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void texts_ofWhatNobodyJudgesHere_sayThatItWasNotJudged() {
        JsonNode result = results("{\"input\":\"I will hurt you\"}").path(0);

        assertThat(result.path("flagged").booleanValue()).isFalse();
        assertThat(result.path("categories").path("violence").booleanValue()).isFalse();
        assertThat(result.path("unjudged").size()).isEqualTo(13);
        assertThat(result.path("unjudged").toString()).contains("violence");
        assertThat(result.path("category_applied_input_types").path("violence").isEmpty())
                .isTrue();
    }

    @Test
    void parts_ofOneMessage_areOneResult() {
        JsonNode results = results("""
                {"input":[{"type":"text","text":"token ghp_16C7e42F292c6912E7710c838347Ae178B4a"},\
                {"type":"text","text":"call +34 612 345 678"}]}""");

        assertThat(results.size()).isEqualTo(1);
        assertThat(results.path(0).path("categories").path("intramuros/secret").booleanValue())
                .isTrue();
        assertThat(results.path(0)
                        .path("categories")
                        .path("intramuros/personal-data")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void client_ofOpenAi_findsTheShapeSound() {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(gateway.url("/v1").toString())
                .apiKey(gateway.key())
                .maxRetries(0)
                .build();

        var answer = client.moderations()
                .create(ModerationCreateParams.builder()
                        .input("Write to jane.roe@corp.example")
                        .build());

        answer.validate();
        client.close();
        assertThat(answer.model()).isEqualTo("intramuros-findings");
        assertThat(answer.results().getFirst().flagged()).isTrue();
        assertThat(answer.results().getFirst().categories().violence()).isFalse();
    }

    @Test
    void record_ofAModeration_countsWhatWasFound() {
        LiveGateway.Answer answer =
                gateway.post("/v1/moderations", "{\"input\":\"Write to jane.roe@corp.example\"}", gateway.key());

        String id = answer.headers().get("x-request-id");
        assertThat(answer.json().path("id").asString()).isEqualTo("modr-" + id);
        JsonNode record = gateway.records().stream()
                .filter(each -> each.path("id").asString("").equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(record.path("type").asString()).isEqualTo("request.completed");
        assertThat(record.toString()).contains("EMAIL").doesNotContain("jane");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                               | input
            {"input":[]}                                                     | input
            {"input":7}                                                      | input
            {"input":["a",7]}                                                | input[1]
            {"input":[{"type":"image_url","image_url":{"url":"data:x"}}]}    | input[0]
            """)
    void faulty_isRefusedByName(String body, String param) {
        LiveGateway.Answer answer = gateway.post("/v1/moderations", body, gateway.key());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").path("param").asString()).isEqualTo(param);
    }

    @Test
    void withoutAKey_is401() {
        assertThat(gateway.post("/v1/moderations", "{\"input\":\"x\"}", "imk_wrong")
                        .status())
                .isEqualTo(401);
    }
}
