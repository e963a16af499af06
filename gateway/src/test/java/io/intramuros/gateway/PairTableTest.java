// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.exchange.Endpoint;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.InexpressibleException;
import io.intramuros.gateway.exchange.ModelRequest;
import io.intramuros.gateway.exchange.NodeKind;
import io.intramuros.gateway.exchange.Reading;
import io.intramuros.gateway.exchange.Usage;
import io.intramuros.gateway.tenant.Caller;
import io.intramuros.policies.Model;
import io.intramuros.policies.yaml.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Asks every pair of a dialect and a kind of node for every feature, and holds the documents to what comes of it. */
class PairTableTest {
    private static final List<String> DIALECTS = List.of("openai", "anthropic", "ollama");
    private static final List<String> KINDS = List.of("openai", "onnx", "ollama");
    private static final String SAY = "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";
    private static final Place AT = new Place("test", 1, 1);
    private static final Model MODEL = new Model(
            "m",
            AT,
            List.of(new Model.Replica(AT, "n", null)),
            8_192,
            Set.of(Model.Capability.CHAT),
            List.of(),
            null,
            1_000);

    /**
     * A feature, and how each dialect asks for it: a path and the fields of a body; empty where it has no words for it.
     */
    private record Feature(String name, String openai, String anthropic, String ollama) {
        String of(String dialect) {
            return switch (dialect) {
                case "openai" -> openai;
                case "anthropic" -> anthropic;
                default -> ollama;
            };
        }
    }

    private static Feature chat(String name, String openai, String anthropic, String ollama) {
        return new Feature(
                name,
                openai.equals("-") ? "" : "/v1/chat/completions " + SAY + openai,
                anthropic.equals("-") ? "" : "/v1/messages \"max_tokens\":9," + SAY + anthropic,
                ollama.equals("-") ? "" : "/api/chat " + SAY + ollama);
    }

    private static final String FUNCTION = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";
    private static final String TOOL = ",\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}]";

    private static final List<Feature> FEATURES = List.of(
            chat("chat", "", "", ""),
            chat("stream", ",\"stream\":true", ",\"stream\":true", ",\"stream\":true"),
            chat("tools", FUNCTION, TOOL, FUNCTION),
            chat(
                    "a call that must be made",
                    FUNCTION + ",\"tool_choice\":\"required\"",
                    TOOL + ",\"tool_choice\":{\"type\":\"any\"}",
                    "-"),
            chat(
                    "one call at a time",
                    FUNCTION + ",\"parallel_tool_calls\":false",
                    TOOL + ",\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}",
                    "-"),
            chat(
                    "strict arguments",
                    ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true}}]",
                    ",\"tools\":[{\"name\":\"f\",\"input_schema\":{},\"strict\":true}]",
                    "-"),
            chat(
                    "effort of thinking",
                    ",\"reasoning_effort\":\"low\"",
                    ",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2048}",
                    ",\"think\":\"low\""),
            chat(
                    "JSON by a schema",
                    ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{}}}",
                    ",\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{}}}",
                    ",\"format\":{\"type\":\"object\"}"),
            chat("temperature, top_p", ",\"temperature\":1", ",\"temperature\":1", ",\"options\":{\"temperature\":1}"),
            chat("top_k", ",\"top_k\":4", ",\"top_k\":4", ",\"options\":{\"top_k\":4}"),
            chat("seed", ",\"seed\":4", "-", ",\"options\":{\"seed\":4}"),
            chat("stop", ",\"stop\":\"a\"", ",\"stop_sequences\":[\"a\"]", ",\"options\":{\"stop\":[\"a\"]}"),
            chat("logprobs", ",\"logprobs\":true", "-", ",\"logprobs\":true"),
            chat("logit_bias", ",\"logit_bias\":{\"1\":2}", "-", "-"),
            chat("several answers", ",\"n\":2", "-", "-"),
            chat("a field nobody knows", ",\"brand_new\":1", ",\"brand_new\":1", ",\"brand_new\":1"),
            new Feature("responses", "/v1/responses \"input\":\"x\"", "", ""),
            new Feature(
                    "text to go on with",
                    "/v1/completions \"prompt\":\"x\"",
                    "",
                    "/api/generate \"prompt\":\"x\",\"raw\":true"),
            new Feature(
                    "text with a gap",
                    "/v1/completions \"prompt\":\"x\",\"suffix\":\"y\"",
                    "",
                    "/api/generate \"prompt\":\"x\",\"suffix\":\"y\""),
            new Feature("embeddings", "/v1/embeddings \"input\":\"x\"", "", "/api/embed \"input\":\"x\""),
            new Feature(
                    "embeddings of a length",
                    "/v1/embeddings \"input\":\"x\",\"dimensions\":8",
                    "",
                    "/api/embed \"input\":\"x\",\"dimensions\":8"),
            new Feature("rerank", "/v1/rerank \"query\":\"q\",\"documents\":[\"x\"]", "", ""));

    /** Run with {@code -Dwrite.reference=true} to write the page anew. */
    @Test
    void everyPair_askedForEveryFeature_isAsThePageSays() throws IOException {
        Path page = Path.of("..", "docs", "pairs.md");
        if (Boolean.getBoolean("write.reference")) Files.writeString(page, markdown());

        assertThat(Files.readString(page)).isEqualTo(markdown());
    }

    private static String markdown() {
        StringBuilder page = new StringBuilder("""
                # What each dialect can ask of each kind of node

                Written from the tests (`PairTableTest`); what passes is tested on the wire by `PairContractTest`. *yes*: it is
                passed on or translated. A field's name: the request is refused, and the refusal names that field. *-*: the
                dialect has no words for it. Whether a node does what it is asked is its own matter; it refuses by itself.

                | feature |""");
        for (String dialect : DIALECTS) for (String kind : KINDS) page.append(" %s → %s |".formatted(dialect, kind));
        page.append("\n|---|")
                .append("---|".repeat(DIALECTS.size() * KINDS.size()))
                .append('\n');
        for (Feature feature : FEATURES) {
            page.append("| ").append(feature.name()).append(" |");
            for (String dialect : DIALECTS)
                for (String kind : KINDS) page.append(" %s |".formatted(asked(feature.of(dialect), kind)));
            page.append('\n');
        }
        return page.toString();
    }

    private static String asked(String probe, String kindName) {
        if (probe.isEmpty()) return "-";
        String path = probe.substring(0, probe.indexOf(' '));
        Endpoint endpoint = Protocols.dialects().endpoints().stream()
                .filter(e -> e.path().equals(path))
                .findFirst()
                .orElseThrow();
        NodeKind kind = Protocols.kinds(_ -> "salt").byType().values().stream()
                .filter(k -> k.name().equals(kindName))
                .findFirst()
                .orElseThrow();
        byte[] body = ("{\"model\":\"m\"," + probe.substring(path.length() + 1) + "}").getBytes(StandardCharsets.UTF_8);
        if (!(endpoint.read(body) instanceof Reading.Sound(ModelRequest request)))
            throw new AssertionError("not read: " + probe);
        Exchange exchange = new Exchange(
                "id", Instant.EPOCH, endpoint, new Caller(Caller.Kind.KEY, "k", "t", "p", List.of("*")), body);
        exchange.found().request.set(request);
        exchange.found().model.set(MODEL);
        exchange.found().estimate.set(new Usage(1, 9L * request.choices()));
        try {
            assertThat(kind.forward(exchange).path()).isNotBlank();
            return "yes";
        } catch (InexpressibleException e) {
            return "`" + e.refusal().param() + "`";
        }
    }
}
