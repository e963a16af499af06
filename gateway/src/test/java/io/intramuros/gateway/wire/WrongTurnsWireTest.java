// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies in the wrong place, hostile lists and images, and nodes whose streams are odd or never end; in every dialect. */
class WrongTurnsWireTest {
    private static final int CRLF_CUT = 3;

    @TempDir
    static Path folder;

    private static PairGateway pairs;

    @BeforeAll
    static void start() {
        pairs = PairGateway.start(folder);
    }

    @AfterAll
    static void stop() {
        pairs.close();
    }

    @BeforeEach
    void forget() {
        pairs.upstream().forget();
        pairs.upstream().script(new Repeats());
    }

    static Stream<Speaker> speakers() {
        return PairContractTest.speakers().stream();
    }

    private static LiveGateway.Answer send(Speaker speaker, String body) {
        return pairs.gateway()
                .send(speaker.request(
                        pairs.gateway().url(speaker.path()), pairs.gateway().key(), body));
    }

    private static void refused(Speaker speaker, LiveGateway.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(speaker.error(answer.json())).isNotBlank();
        assertThat(pairs.upstream().requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/messages         | {"model":"m-openai","messages":[{"role":"system","content":"x"}]}                | /v1/chat/completions
            /v1/chat/completions | {"model":"m-openai","input":"x"}                                                 | /v1/responses
            /v1/completions      | {"model":"m-openai","messages":[{"role":"user","content":"x"}]}                  | /v1/chat/completions
            /api/generate        | {"model":"m-openai","prompt":7,"messages":[{"role":"user","content":"x"}]}       | /api/chat
            /v1/chat/completions | {"model":"m-openai","messages":[{"role":"user","content":[{"type":"tool_result"}]}]} | /v1/messages
            """)
    void body_ofAnotherPath_isRefusedWithTheRightOne(String path, String body, String right) {
        LiveGateway.Answer answer = pairs.post(path, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("belongs to " + right);
        assertThat(pairs.upstream().requests()).isEmpty();
    }

    @Test
    void anthropic_withoutMaxTokens_isRefusedByName() {
        LiveGateway.Answer answer = pairs.post(
                "/v1/messages", "{\"model\":\"m-openai\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("type").asString()).isEqualTo("error");
        assertThat(answer.json().path("error").path("message").asString()).contains("max_tokens");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/chat/completions | {"model":"m-openai","messages":[{"role":"user","content":"x"},{"role":"tool","tool_call_id":"call_9","content":"r"}]} | tool_call_id
            /v1/chat/completions | {"model":"m-openai","messages":[{"role":"user","content":"x"},{"role":"tool","content":"r"}]} | tool_call_id
            /v1/messages | {"model":"m-openai","max_tokens":9,"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"r"}]}]} | tool_use_id
            """)
    void toolResult_ofACallThatNobodyMade_isRefusedByName(String path, String body, String field) {
        LiveGateway.Answer answer = pairs.post(path, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(field);
        assertThat(pairs.upstream().requests()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("speakers")
    void tools_tenThousand_areRefusedByNameAndAHundredAreNot(Speaker speaker) {
        refused(speaker, send(speaker, withTools(speaker, 10_000)));
        assertThat(send(speaker, withTools(speaker, 10_000)).body()).contains("tools");

        assertThat(send(speaker, withTools(speaker, 100)).status()).isEqualTo(200);
    }

    private static String withTools(Speaker speaker, int count) {
        boolean anthropic = speaker.dialect().equals("anthropic");
        String tools = IntStream.range(0, count)
                .mapToObj(i -> anthropic
                        ? "{\"name\":\"f" + i + "\",\"input_schema\":{\"type\":\"object\"}}"
                        : "{\"type\":\"function\",\"function\":{\"name\":\"f" + i + "\"}}")
                .collect(Collectors.joining(",", "\"tools\":[", "],"));
        return speaker.say("m-openai", "hello", false).replaceFirst("\\{", "{" + tools);
    }

    static Stream<Arguments> images() {
        return speakers().flatMap(speaker -> Stream.of(64, 4 << 20).map(size -> Arguments.of(speaker, size)));
    }

    @ParameterizedTest(name = "{0}, {1} bytes")
    @MethodSource("images")
    void image_ofAnySize_isRefusedAndNotForwarded(Speaker speaker, int size) {
        String base64 = "A".repeat(size);
        String content = switch (speaker.dialect()) {
            case "openai" ->
                "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64," + base64 + "\"}}]";
            case "anthropic" ->
                "[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"" + base64
                        + "\"}}]";
            default -> "\"hello\",\"images\":[\"" + base64 + "\"]";
        };

        LiveGateway.Answer answer =
                send(speaker, speaker.say("m-ollama", "hello", false).replace("\"hello\"", content));

        refused(speaker, answer);
        assertThat(answer.body()).hasSizeLessThan(2_000);
    }

    @Test
    void image_largerThanABodyMayBe_is413() {
        LiveGateway.Answer answer =
                pairs.post("/v1/chat/completions", "{\"model\":\"m-openai\",\"x\":\"" + "A".repeat(9 << 20) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(pairs.upstream().requests()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("speakers")
    void sse_withReturnsCommentsNamesAndCutLetters_isReadAllTheSame(Speaker speaker) {
        String said = "gr\u00fc\u00dfe \ud83d\ude00 \u4f60\u597d";
        String events = ": hello\r\nretry: 5\r\nevent: chunk\r\nid: 1\r\n"
                + new OpenAiFakeNode("openai")
                        .stream(FakeNode.Script.of(said).pieces(2)).replace("\n\n", "\r\n\r\n: still here\r\n\r\n");
        pairs.upstream().script((_, reply) -> {
            reply.streamHead();
            reply.pieces(events, CRLF_CUT);
            reply.end();
        });

        LiveGateway.Answer answer = send(speaker, speaker.say("m-openai", "hello", true));

        assertThat(speaker.stream(answer.body()).text()).isEqualTo(said);
        assertThat(answer.body()).doesNotContain("still here");
    }

    @ParameterizedTest
    @MethodSource("speakers")
    void sse_withTwoEndsAndNoDone_hasOneEnd(Speaker speaker) {
        String end = RecordingUpstream.delta("{}", "\"stop\"");
        pairs.streams(RecordingUpstream.delta("{\"role\":\"assistant\",\"content\":\"once\"}", "null")
                + end
                + RecordingUpstream.delta("{\"content\":\" twice\"}", "\"stop\"")
                + end
                + RecordingUpstream.usageAndDone(11, 7).replace("data: [DONE]\n\n", ""));

        LiveGateway.Answer answer = send(speaker, speaker.say("m-openai", "hello", true));

        Heard heard = speaker.stream(answer.body());
        assertThat(heard.text()).isEqualTo("once");
        assertThat(heard.in()).isEqualTo(11);
        assertThat(heard.out()).isEqualTo(7);
        assertThat(answer.body().split("\"(stop|end_turn)\"", -1)).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("speakers")
    void ndjson_lineThatNeverEnds_isAnErrorBeforeMemoryIsFull(Speaker speaker) {
        String piece = "x".repeat(1 << 16);
        pairs.upstream().script((_, reply) -> {
            reply.streamHead();
            reply.chunk("{\"message\":{\"content\":\"");
            while (true) reply.chunk(piece);
        });

        LiveGateway.Answer answer = send(speaker, speaker.say("m-ollama", "hello", true));

        assertThat(answer.body()).contains("\"error\"").hasSizeLessThan(2_000);
        assertThat(pairs.gateway().recordTypes(answer.headers().get("x-request-id")))
                .containsExactly("request.admitted", "request.failed");
    }

    @ParameterizedTest
    @MethodSource("speakers")
    void wholeAnswer_thatNeverEnds_isAnErrorBeforeMemoryIsFull(Speaker speaker) {
        String piece = "x".repeat(1 << 20);
        pairs.upstream().script((_, reply) -> {
            reply.streamHead();
            while (true) reply.chunk(piece);
        });

        LiveGateway.Answer answer = send(speaker, speaker.say("m-openai", "hello", false));

        assertThat(answer.status()).isEqualTo(502);
        assertThat(speaker.error(answer.json())).isNotBlank();
    }
}
