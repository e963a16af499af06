// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.ollama4j.Ollama;
import io.github.ollama4j.models.response.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The libraries that Java applications use, each against each kind of node: the node never sees the address that the
 * prompt holds, and the application gets it back, in an answer, a stream and a tool's arguments.
 */
class JavaClientsWireTest {
    private static final String EMAIL = "jane.roe@corp.example";
    private static final String SAID = "Write to " + EMAIL + " today";

    @TempDir
    static Path folder;

    private static PairGateway pairs;

    static Stream<JavaClient> clients() {
        return Stream.concat(
                Stream.concat(Stream.of(LangChainClient.values()), Stream.of(SpringAiClient.values())),
                Stream.of(new Ollama4jClient()));
    }

    static Stream<Arguments> clientsAndNodes() {
        return clients().flatMap(client -> PairContractTest.nodes().stream().map(node -> Arguments.of(client, node)));
    }

    @BeforeAll
    static void start() {
        pairs = PairGateway.start(folder);
    }

    @AfterAll
    static void stop() {
        pairs.close();
    }

    @BeforeEach
    void repeats() {
        pairs.upstream().forget();
        pairs.upstream().script(new Repeats());
    }

    private static JavaClient.Seat seat(String model) {
        return new JavaClient.Seat(
                pairs.gateway().url("").toString(), pairs.gateway().key(), model, 0);
    }

    private static String model(FakeNode node) {
        return "m-" + node.type();
    }

    private static void assertUnseen(int requests) {
        assertThat(pairs.upstream().requests())
                .hasSize(requests)
                .allSatisfy(request ->
                        assertThat(request.body()).doesNotContain("jane").containsPattern("\\[EMAIL_[a-z2-7]{8,}\\]"));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("clientsAndNodes")
    void chat_whole_isHiddenAndRestored(JavaClient client, FakeNode node) throws Exception {
        assertThat(client.whole(seat(model(node)), SAID)).isEqualTo(SAID);
        assertUnseen(1);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("clientsAndNodes")
    void chat_streamed_isHiddenAndRestored(JavaClient client, FakeNode node) throws Exception {
        assertThat(client.streamed(seat(model(node)), SAID)).isEqualTo(SAID);
        assertUnseen(1);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("clientsAndNodes")
    void chat_withATool_runsItWithTheRealValueAndHidesItsResult(JavaClient client, FakeNode node) throws Exception {
        List<String> calls = new ArrayList<>();

        String answer = client.withTool(seat(model(node)), SAID, arguments -> {
            calls.add(LiveGateway.JSON.readTree(arguments).path("to").asString());
            return "sent to " + EMAIL;
        });

        assertThat(calls).containsExactly(SAID);
        assertThat(answer).isEqualTo("sent to " + EMAIL);
        assertUnseen(2);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("clientsAndNodes")
    void embeddings_ofAText_areTheNodesOfAHiddenOne(JavaClient client, FakeNode node) throws Exception {
        if (!client.embeds()) return;
        assertThat(client.embedded(seat(model(node)), SAID)).containsExactly(0.25f, -1.5f);
        assertUnseen(1);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void errors_ofEachKind_areTheClientsOwnExceptionsWithTheStatus(JavaClient client) throws Exception {
        String url = pairs.gateway().url("").toString();
        JavaClient.Seat narrow = new JavaClient.Seat(url, pairs.narrowKey("narrow-" + client, "PT1H"), "m-openai", 0);

        assertThat(status(client, new JavaClient.Seat(url, "imk_wrong", "m-openai", 0)))
                .isEqualTo(401);
        assertThat(status(client, seat("no-such-model"))).isEqualTo(404);
        assertThat(pairs.upstream().requests()).isEmpty();
        assertThat(client.whole(narrow, SAID)).isEqualTo(SAID);
        Throwable limited = catchThrowable(() -> client.whole(narrow, SAID));
        assertThat(limited).isNotNull();
        if (client.tellsOfLimits()) assertThat(JavaClient.status(limited)).isEqualTo(429);
        assertUnseen(1);
    }

    private static int status(JavaClient client, JavaClient.Seat seat) {
        return JavaClient.status(catchThrowable(() -> client.whole(seat, SAID)));
    }

    static Stream<JavaClient> retrying() {
        return Stream.of(LangChainClient.OPENAI, LangChainClient.ANTHROPIC, SpringAiClient.OPENAI);
    }

    @ParameterizedTest
    @MethodSource("retrying")
    void rateLimit_withTheClientsOwnRetry_isWaitedFor(JavaClient client) throws Exception {
        JavaClient.Seat seat = new JavaClient.Seat(
                pairs.gateway().url("").toString(), pairs.narrowKey("retry-" + client, "PT1S"), "m-openai", 4);

        assertThat(client.whole(seat, SAID)).isEqualTo(SAID);
        assertThat(client.whole(seat, SAID)).isEqualTo(SAID);
        assertUnseen(2);
    }

    @Test
    void ollama4j_pingVersionModelsAndPull_areWhatItExpects() throws Exception {
        Ollama ollama = Ollama4jClient.client(seat("m-ollama"));

        assertThat(ollama.ping()).isTrue();
        assertThat(ollama.getVersion()).matches("[0-9]+\\.[0-9]+.*");
        assertThat(ollama.listModels()).extracting(Model::getModel).contains("m-ollama", "m-openai");
        assertThat(ollama.getModelDetails("m-ollama").getCapabilities()).contains("completion", "tools");
        ollama.pullModel("m-ollama");
    }

    @Test
    void ollama4j_embeddings_areAskedForWithoutAKey() {
        Throwable refused = catchThrowable(() -> new Ollama4jClient().embedded(seat("m-ollama"), SAID));

        assertThat(refused).hasMessageContaining("401").hasMessageContaining("has no API key");
    }
}
