// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlTextTest {
    private final Problems problems = new Problems();

    @Test
    void documents_severalInOneFile_areReadInOrder() {
        List<YamlNode> documents = read("a: 1\n---\n- x\n---\nword\n");

        assertThat(problems.list()).isEmpty();
        assertThat(documents).extracting(YamlNode::kind).containsExactly("a map", "a list", "text");
        assertThat(documents.get(1).at()).isEqualTo(new Place("f.yaml", 3, 1));
    }

    @Test
    void documents_keyTwice_isRefusedAtTheSecond() {
        read("a: 1\nb: 2\na: 3\n");

        assertThat(faults()).containsExactly("f.yaml:3:1: a: stands twice in this map");
    }

    @Test
    void documents_brokenSyntax_namesThePlace() {
        read("a: [1, 2\nb: 3\n");

        assertThat(problems.list()).hasSize(1);
        assertThat(problems.list().getFirst().line()).isEqualTo(2);
    }

    @Test
    void documents_billionLaughs_stopAtTheFirstAnchor() {
        read("a: &a [x, x]\nb: [*a, *a]\n");

        assertThat(faults())
                .containsExactly("f.yaml:1:4: anchors and aliases are not read (expected: the value written out)");
    }

    @Test
    void documents_tag_isRefused() {
        read("a: !!java.net.URL [http://x]\n");

        assertThat(faults()).containsExactly("f.yaml:1:4: tag: tag:yaml.org,2002:java.net.URL (expected: no tag)");
    }

    @Test
    void documents_tooDeep_areRefusedWithoutRecursion() {
        read("[".repeat(100_000));

        assertThat(faults()).containsExactly("f.yaml:1:33: depth: more than 32 levels");
    }

    @Test
    void documents_tooManyValues_areRefused() {
        read("- 1\n".repeat(50_001));

        assertThat(faults()).containsExactly("f.yaml:50000:3: size: more than 50000 values in one file");
    }

    @Test
    void documents_tooLarge_areRefused() {
        read("a: " + "x".repeat(YamlText.MAX_SIZE + 1));

        assertThat(problems.list()).hasSize(1);
        assertThat(problems.list().getFirst().message()).contains("1048576");
    }

    @Test
    void documents_mapAsKey_isRefused() {
        read("{a: 1}: 2\n");

        assertThat(faults()).containsExactly("f.yaml:1:1: key: a map (expected: text)");
    }

    @Test
    void decode_notUtf8_isRefused() {
        YamlText.decode("f.yaml", new byte[] {'a', ':', ' ', (byte) 0xff}, problems);

        assertThat(problems.list()).hasSize(1);
        assertThat(problems.list().getFirst().message()).startsWith("not UTF-8");
    }

    @Test
    void decode_utf8_isKept() {
        YamlText text = YamlText.decode("f.yaml", "a: ñ€😀".getBytes(StandardCharsets.UTF_8), problems);

        assertThat(text.yaml()).isEqualTo("a: ñ€😀");
        assertThat(problems.count()).isZero();
    }

    private List<YamlNode> read(String yaml) {
        return new YamlText("f.yaml", yaml).documents(problems);
    }

    private List<String> faults() {
        return problems.list().stream().map(Problem::toString).toList();
    }
}
