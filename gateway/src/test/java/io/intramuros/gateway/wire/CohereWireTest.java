// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cohere.api.Cohere;
import com.cohere.api.core.CohereApiException;
import com.cohere.api.requests.RerankRequest;
import com.cohere.api.resources.v2.requests.V2RerankRequest;
import com.cohere.api.types.RerankRequestDocumentsItem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Cohere's own Java client, which ranks. */
class CohereWireTest {
    private static final String EMAIL = "jane.roe@corp.example";

    @TempDir
    static Path folder;

    private static PairGateway pairs;
    private static Cohere cohere;

    @BeforeAll
    static void start() {
        pairs = PairGateway.start(folder);
        cohere = client(pairs.gateway().key());
    }

    @AfterAll
    static void stop() {
        pairs.close();
    }

    @BeforeEach
    void ranks() {
        pairs.upstream().forget();
        pairs.answers("""
                {"id":"r","results":[{"index":1,"relevance_score":0.9},{"index":0,"relevance_score":0.1}],\
                "meta":{"api_version":{"version":"2"}}}""");
    }

    private static Cohere client(String key) {
        return Cohere.builder()
                .url(pairs.gateway().url("").toString())
                .token(key)
                .clientName("test")
                .maxRetries(0)
                .build();
    }

    private static V2RerankRequest asking(String model) {
        return V2RerankRequest.builder()
                .model(model)
                .query("who is " + EMAIL)
                .documents(List.of("a text", "of " + EMAIL))
                .topN(2)
                .build();
    }

    private static void assertHidden() {
        JsonNode seen = pairs.seen();
        assertThat(seen.toString()).doesNotContain("jane");
        assertThat(seen.path("query").asString()).matches("who is \\[EMAIL_[a-z2-7]{8,}\\]");
        assertThat(seen.path("model").asString()).isEqualTo("upstream-model");
        assertThat(seen.path("top_n").asInt()).isEqualTo(2);
    }

    @Test
    void v2_documents_areRankedAndHidden() {
        var answer = cohere.v2().rerank(asking("m-openai"));

        assertThat(answer.getResults()).extracting(result -> result.getIndex()).containsExactly(1, 0);
        assertThat(answer.getResults())
                .extracting(result -> result.getRelevanceScore())
                .containsExactly(0.9f, 0.1f);
        assertThat(pairs.seenAt()).isEqualTo("/v2/rerank");
        assertHidden();
    }

    @Test
    void v1_documents_areRankedAndHidden() {
        var answer = cohere.rerank(RerankRequest.builder()
                .query("who is " + EMAIL)
                .documents(
                        List.of(RerankRequestDocumentsItem.of("a text"), RerankRequestDocumentsItem.of("of " + EMAIL)))
                .model("m-openai")
                .topN(2)
                .build());

        assertThat(answer.getResults()).extracting(result -> result.getIndex()).containsExactly(1, 0);
        assertThat(pairs.seenAt()).isEqualTo("/v1/rerank");
        assertHidden();
    }

    @Test
    void errors_wrongKeyAndUnknownModel_haveTheirStatus() {
        assertThat(catchThrowableOfType(
                                CohereApiException.class,
                                () -> client("imk_wrong").v2().rerank(asking("m-openai")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(catchThrowableOfType(
                                CohereApiException.class, () -> cohere.v2().rerank(asking("nobody")))
                        .statusCode())
                .isEqualTo(404);
        assertThat(pairs.upstream().requests()).isEmpty();
    }
}
