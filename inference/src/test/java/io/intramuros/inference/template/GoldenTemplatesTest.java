// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Real templates against what Jinja2 made of them. The cases are not part of this repository, since some of the
 * templates may not be passed on: the folder is that of the property {@code intramuros.chatTemplates}, or lies beside
 * the checkout.
 */
class GoldenTemplatesTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("intramuros.chatTemplates", "../../shared/data/chat-templates"));
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Map<String, Template> templates = new HashMap<>();

    @Test
    void render_realTemplatesAndContexts_giveWhatJinja2Gives() throws IOException {
        Path folder = folder();
        assumeTrue(Files.isDirectory(folder), "no golden chat templates at " + folder + " (intramuros.chatTemplates)");
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        for (String line : Files.readString(folder.resolve("cases.jsonl")).split("\n", -1)) {
            if (!line.isEmpty()) {
                cases++;
                check(folder, JSON.readTree(line), wrong);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(cases).isGreaterThan(1000);
    }

    private static Path folder() {
        return Files.isDirectory(FOLDER) ? FOLDER : Path.of("..").resolve(FOLDER);
    }

    private void check(Path folder, JsonNode golden, List<String> wrong) throws IOException {
        String id = golden.get("id").asString();
        String file = golden.get("template_file").asString();
        if (!templates.containsKey(file)) {
            templates.put(file, Template.parse(Files.readString(folder.resolve(file))));
        }
        Map<String, JsonNode> context = new HashMap<>();
        golden.get("context").properties().forEach(entry -> context.put(entry.getKey(), entry.getValue()));
        Map<String, String> own = Map.of(
                "bos_token",
                golden.get("bos_token").asString(),
                "eos_token",
                golden.get("eos_token").asString());
        var now = LocalDate.parse(golden.get("date").asString()).atTime(12, 0).atZone(ZoneOffset.UTC);
        try {
            String text = templates.get(file).render(context, own, now).text();
            if (!golden.has("expected")) {
                wrong.add(id + ": no error, but " + golden.get("error").asString());
            } else if (!golden.get("expected").asString().equals(text)) {
                wrong.add(id + ": " + difference(golden.get("expected").asString(), text));
            }
        } catch (TemplateException e) {
            boolean refused = golden.path("error_kind").asString("").equals("raise_exception");
            boolean sameKind = refused == (e.kind() == TemplateException.Kind.REFUSED) && golden.has("error");
            boolean sameText = !refused || e.reason().equals(golden.get("error").asString());
            if (!sameKind || !sameText) {
                wrong.add(id + ": " + e.getMessage() + " / "
                        + golden.path("error").asString("no error"));
            }
        }
    }

    private static String difference(String expected, String found) {
        int at = 0;
        while (at < Math.min(expected.length(), found.length()) && expected.charAt(at) == found.charAt(at)) {
            at++;
        }
        return "from " + at + " <" + part(found, at) + "> and not <" + part(expected, at) + ">";
    }

    private static String part(String text, int at) {
        return text.substring(Math.max(0, at - 10), Math.min(text.length(), at + 40))
                .replace("\n", "\\n");
    }
}
