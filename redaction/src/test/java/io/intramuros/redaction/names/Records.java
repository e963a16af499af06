// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads files of records, one JSON object a line, packed or plain. */
final class Records {
    private static final JsonMapper JSON = new JsonMapper();

    private Records() {}

    static List<Annotated> read(Path file) throws IOException {
        List<Annotated> records = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) records.add(record(line));
        }
        return records;
    }

    private static Annotated record(String line) {
        JsonNode node = JSON.readTree(line);
        List<Annotated.Gold> spans = new ArrayList<>();
        for (JsonNode span : node.get("spans")) {
            spans.add(new Annotated.Gold(
                    span.get("start").asInt(),
                    span.get("end").asInt(),
                    span.get("type").asString()));
        }
        return new Annotated(
                text(node, "id"), text(node, "text"), text(node, "lang"), text(node, "source"), List.copyOf(spans));
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).asString();
    }
}
