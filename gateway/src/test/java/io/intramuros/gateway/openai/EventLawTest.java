// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.AnswerText;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.Operation;
import io.intramuros.gateway.exchange.TextSlot;
import io.intramuros.gateway.tenant.Caller;
import io.intramuros.policies.Model;
import io.intramuros.policies.yaml.Place;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.vault.Restorer;
import io.intramuros.redaction.vault.Surrogates;
import io.intramuros.redaction.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The law of streams for the bytes of event streams: however they are cut, the caller's texts are what they must be. */
class EventLawTest {
    private static final int WAYS = 12_000 * Integer.getInteger("split.law.times", 1);
    private static final String[] PLAIN = {"Hi ", "😀 ", "é, ", "[1] ", "日本 ", "a_b ", "\\ ", "\"q\" ", "\n"};

    private final Vault vault = new Vault(Surrogates.of(new byte[32]));
    private final List<String[]> values = List.of(
            new String[] {vault.surrogateFor(EntityType.PERSON, "Hans Müller"), "Hans Müller"},
            new String[] {vault.surrogateFor(EntityType.ORGANIZATION, "Mc\"Q\\ 😀\n"), "Mc\"Q\\ 😀\n"},
            new String[] {vault.surrogateFor(EntityType.DATE_OF_BIRTH, "12.03.1980"), "12.03.1980"});

    /** A stream, and the text and arguments that the caller must get. */
    private record Sample(String events, String text, String arguments) {}

    private Exchange exchange(AnswerText.Filters filters) {
        Exchange exchange = new Exchange(
                "r",
                Instant.EPOCH,
                new OpenAi().endpoints().getFirst(),
                new Caller(Caller.Kind.KEY, "k", "t", "p", List.of("*")),
                new byte[0]);
        exchange.found()
                .model
                .set(new Model(
                        "m",
                        new Place("test", 1, 1),
                        List.of(new Model.Replica(new Place("test", 1, 1), "n", null)),
                        100,
                        Set.of(),
                        List.of(),
                        null,
                        10));
        exchange.found()
                .request
                .set(new ModelRequest(
                        Operation.CHAT, StrictJson.object(), "m", List.of(), true, OptionalLong.empty(), 1));
        exchange.found().filters.set(filters);
        return exchange;
    }

    private AnswerText.Filters restoring() {
        return form -> {
            Restorer restorer = restorer(form);
            return text(restorer::accept, restorer::finish);
        };
    }

    /** Restores each delta by itself: the mutant that forgets to hold back. */
    private AnswerText.Filters forgetful() {
        return form -> text(
                piece -> {
                    Restorer restorer = restorer(form);
                    return restorer.accept(piece) + restorer.finish();
                },
                () -> "");
    }

    /** Replaces what is written exactly so, as it is: the mutant that knows nothing of JSON. */
    private AnswerText.Filters plain() {
        StringBuilder all = new StringBuilder();
        return form -> text(
                piece -> {
                    all.append(piece);
                    return "";
                },
                () -> {
                    String out = all.toString();
                    all.setLength(0);
                    for (String[] value : values) out = out.replace(value[0], value[1]);
                    return out;
                });
    }

    private Restorer restorer(TextSlot.Form form) {
        return vault.restorer(
                form == TextSlot.Form.JSON ? io.intramuros.redaction.Place.JSON : io.intramuros.redaction.Place.TEXT);
    }

    private static AnswerText text(UnaryOperator<String> accept, java.util.function.Supplier<String> finish) {
        return new AnswerText() {
            @Override
            public String accept(String piece) {
                return accept.apply(piece);
            }

            @Override
            public String finish() {
                return finish.get();
            }
        };
    }

    @Test
    void events_everyWayOfCutting_sayWhatTheWholeMustBecome() {
        assertThat(breaches(restoring(), WAYS)).isZero();
    }

    @Test
    void mutants_everyWayOfCutting_areCaught() {
        assertThat(breaches(forgetful(), 500)).isPositive();
        assertThat(breaches(plain(), 500)).isPositive();
    }

    /** How many of {@code ways} ways of cutting give something else. */
    private int breaches(AnswerText.Filters filters, int ways) {
        Random random = new Random(4_711);
        int breaches = 0;
        for (int done = 0; done < ways; ) {
            Sample sample = sample(random);
            byte[] bytes = sample.events().getBytes(StandardCharsets.UTF_8);
            for (int way = 0; way < 300 && done < ways; way++, done++) {
                OpenAiStream stream = new OpenAiStream(exchange(filters));
                StringBuilder out = new StringBuilder();
                int cut = way < bytes.length ? way : random.nextInt(bytes.length);
                int next = cut + random.nextInt(bytes.length - cut + 1);
                for (int[] piece : new int[][] {{0, cut}, {cut, next}, {next, bytes.length}})
                    out.append(new String(
                            stream.accept(Arrays.copyOfRange(bytes, piece[0], piece[1])), StandardCharsets.UTF_8));
                if (!stream.isFinished() || !isRight(sample, out.toString())) breaches++;
            }
        }
        return breaches;
    }

    private static boolean isRight(Sample sample, String out) {
        StringBuilder text = new StringBuilder();
        StringBuilder arguments = new StringBuilder();
        for (String line : out.split("\n", -1)) {
            if (!line.startsWith("data: {")) continue;
            JsonNode delta = StrictJson.fromNode(line.substring(6).getBytes(StandardCharsets.UTF_8))
                    .orElseThrow()
                    .path("choices")
                    .path(0)
                    .path("delta");
            text.append(delta.path("content").asString(""));
            for (JsonNode call : delta.path("tool_calls"))
                arguments.append(call.path("function").path("arguments").asString(""));
        }
        return text.toString().equals(sample.text()) && arguments.toString().equals(sample.arguments());
    }

    private Sample sample(Random random) {
        StringBuilder text = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            String plain = PLAIN[random.nextInt(PLAIN.length)];
            String[] value = values.get(random.nextInt(values.size()));
            text.append(plain).append(value[0]).append(' ');
            expected.append(plain).append(value[1]).append(' ');
        }
        String[] value = values.get(random.nextInt(values.size()));
        String arguments = "{\"to\":\"" + value[0] + "\"}";
        String expectedArguments = "{\"to\":"
                + StrictJson.text(StrictJson.object().put("v", value[1]).get("v")) + "}";
        List<String> deltas = new ArrayList<>();
        for (String piece : pieces(text.toString(), random))
            deltas.add("{\"content\":"
                    + StrictJson.text(StrictJson.object().put("v", piece).get("v")) + "}");
        for (String piece : pieces(arguments, random))
            deltas.add("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":"
                    + StrictJson.text(StrictJson.object().put("v", piece).get("v")) + "}}]}");
        StringBuilder events = new StringBuilder();
        String end = List.of("\n\n", "\r\n\r\n", "\r\r").get(random.nextInt(3));
        for (String delta : deltas)
            events.append("data: {\"choices\":[{\"index\":0,\"delta\":")
                    .append(delta)
                    .append("}]}")
                    .append(end);
        events.append("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}")
                .append(end);
        return new Sample(events.toString(), expected.toString(), expectedArguments);
    }

    /** Between two and four pieces; a cut within a surrogate pair is left to the wire tests, as no UTF-8 can say it. */
    private static List<String> pieces(String text, Random random) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + 1 + random.nextInt(text.length() / 2));
            if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) to++;
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }
}
