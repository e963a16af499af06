// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import opennlp.tools.ml.maxent.GISModel;
import opennlp.tools.namefind.TokenNameFinderFactory;
import opennlp.tools.namefind.TokenNameFinderModel;

/** OpenNLP's model file without the times that it notes, so that the same model is the same file. */
final class ModelFile {
    private static final String MANIFEST = "manifest.properties";

    private ModelFile() {}

    static byte[] of(String language, GISModel model) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new TokenNameFinderModel(
                        language, model, 2, null, Map.of(), Map.of(), Finder.codec(), new TokenNameFinderFactory())
                .serialize(bytes);
        return timeless(bytes.toByteArray());
    }

    private static byte[] timeless(byte[] zip) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry())
                entries.put(entry.getName(), in.readAllBytes());
        }
        entries.computeIfPresent(MANIFEST, (_, text) -> plain(text));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setLevel(9);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry written = new ZipEntry(entry.getKey());
                written.setTime(0);
                out.putNextEntry(written);
                out.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] plain(byte[] manifest) {
        StringBuilder text = new StringBuilder();
        new String(manifest, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("Timestamp"))
                .sorted()
                .forEach(line -> text.append(line).append('\n'));
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
