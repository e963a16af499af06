// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.policies.yaml.Problems;
import io.intramuros.policies.yaml.YamlNode;
import io.intramuros.policies.yaml.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ResourceSchemaTest {
    private static final Path FILE = Path.of("schema/resources.schema.json");

    /** To bring the file up to date: run this test with {@code -Dintramuros.schema.write=true}. */
    @Test
    void json_fileForEditors_isWhatTheRecordsSay() throws IOException {
        if (Boolean.getBoolean("intramuros.schema.write")) Files.writeString(FILE, ResourceSchema.json());

        assertThat(FILE).hasContent(ResourceSchema.json());
    }

    @Test
    void json_node_saysTypesRangesDefaultsAndWhatMustBeThere() {
        YamlNode.Mapping spec = at(kind(2), "properties", "spec");

        assertThat(text(at(spec, "properties", "type"), "enum")).isEqualTo("[onnx, openai, ollama]");
        assertThat(text(at(spec, "properties", "maxConcurrent"), "default")).isEqualTo("32");
        assertThat(text(at(spec, "properties", "maxConcurrent"), "maximum")).isEqualTo("10000");
        assertThat(text(spec, "required")).isEqualTo("[type, url]");
        assertThat(text(spec, "additionalProperties")).isEqualTo("false");
    }

    @Test
    void json_policy_namesEntityTypesAndActionsAsFilesWriteThem() {
        YamlNode.Mapping request = at(kind(0), "properties", "spec", "properties", "request", "properties");

        assertThat(request.entries()).hasSize(33).containsKeys("default", "CREDIT_CARD");
        assertThat(text(at(request, "CREDIT_CARD"), "enum"))
                .isEqualTo("[allow, mask, pseudonymize, hash, encrypt, synthesize, block]");
    }

    /** JSON is YAML, so our own reader serves to look into it. */
    private static YamlNode.Mapping kind(int index) {
        Problems problems = new Problems();
        YamlNode root = new YamlText("schema", ResourceSchema.json())
                .documents(problems)
                .getFirst();
        assertThat(problems.list()).isEmpty();
        YamlNode kinds = value((YamlNode.Mapping) root, "oneOf");
        return (YamlNode.Mapping) ((YamlNode.Sequence) kinds).items().get(index);
    }

    private static YamlNode.Mapping at(YamlNode.Mapping node, String... path) {
        YamlNode.Mapping here = node;
        for (String key : path) here = (YamlNode.Mapping) value(here, key);
        return here;
    }

    private static String text(YamlNode.Mapping node, String key) {
        return switch (value(node, key)) {
            case YamlNode.Scalar scalar -> scalar.text();
            case YamlNode.Sequence list ->
                list.items().stream()
                        .map(item -> ((YamlNode.Scalar) item).text())
                        .toList()
                        .toString();
            case YamlNode.Mapping map -> map.kind();
        };
    }

    private static YamlNode value(YamlNode.Mapping node, String key) {
        YamlNode.Entry entry = node.entries().get(key);
        if (entry == null) throw new AssertionError("no key " + key + " at " + node.at());
        return entry.value();
    }
}
