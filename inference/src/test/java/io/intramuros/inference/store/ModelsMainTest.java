// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.inference.graph.TinyModel;
import io.intramuros.inference.text.Vocabularies;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelsMainTest {
    @TempDir
    private Path data;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = Files.write(
                data.resolve("a model.gguf"),
                TinyModel.chatting("olmo2", "Tiny OLMo", Vocabularies.bytes(Optional.of("{{ messages }}")))
                        .gguf());
    }

    @Test
    void import_ls_show_rm_followEachOther() throws Exception {
        assertThat(run("import", file.toString())).isZero();
        assertThat(text()).contains("name           tiny-olmo", "architecture   olmo2", "license        apache-2.0");
        assertThat(errors()).contains("tiny-olmo: convert");

        assertThat(run("ls")).isZero();
        assertThat(text()).containsPattern("tiny-olmo +olmo2 .* MB +Q8_0, F32 +apache-2.0");

        assertThat(run("--json", "show", "tiny-olmo")).isZero();
        JsonNode shown = JsonMapper.shared().readTree(text());
        assertThat(shown.path("sha256").asString()).isEqualTo(Digests.of(file));
        assertThat(shown.path("bytes").asLong()).isEqualTo(Files.size(file));
        assertThat(shown.path("context").asInt()).isEqualTo(512);

        assertThat(run("rm", "tiny-olmo")).isZero();
        assertThat(text()).isEqualTo("tiny-olmo removed" + System.lineSeparator());
        assertThat(run("--json", "ls")).isZero();
        assertThat(text().strip()).isEqualTo("[]");
        assertThat(data.resolve("models/tiny-olmo")).doesNotExist();
    }

    @Test
    void import_ownName_isTaken() {
        assertThat(run("import", file.toString(), "mine")).isZero();
        assertThat(run("show", "mine")).isZero();
        assertThat(text()).contains("title          Tiny OLMo");
    }

    @Test
    void import_nameThatIsThere_isReplaced() throws Exception {
        assertThat(run("import", file.toString(), "mine")).isZero();
        byte[] other = TinyModel.chatting("qwen2", "Other", Vocabularies.bytes(Optional.of("x")))
                .gguf();

        assertThat(run("import", Files.write(data.resolve("o.gguf"), other).toString(), "mine"))
                .isZero();

        assertThat(run("show", "mine")).isZero();
        assertThat(text()).contains("architecture   qwen2");
    }

    @Test
    void import_brokenFile_saysWhyAndLeavesNothing() throws Exception {
        byte[] cut = java.util.Arrays.copyOf(Files.readAllBytes(file), 5000);

        assertThat(run("import", Files.write(data.resolve("cut.gguf"), cut).toString(), "cut"))
                .isEqualTo(3);

        assertThat(errors()).contains("cut: cannot be pulled: ");
        assertThat(data.resolve("models/cut")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"smollm, default, tokenizer.ggml.pre: default", "{{ messages }}, {% if %}, template"})
    void import_textThatCannotBeRead_isRefusedBeforeItIsInstalled(String old, String by, String reason)
            throws Exception {
        String latin = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        String padded = (by + " ".repeat(old.length())).substring(0, Math.max(old.length(), by.length()));
        byte[] changed = latin.replace(sized(old), sized(padded)).getBytes(StandardCharsets.ISO_8859_1);

        assertThat(run("import", Files.write(data.resolve("odd.gguf"), changed).toString(), "odd"))
                .isEqualTo(3);

        assertThat(errors()).contains(reason);
        assertThat(data.resolve("models/odd")).doesNotExist();
    }

    /** A text as GGUF writes it: its length first. */
    private static String sized(String text) {
        return (char) text.length() + "\0".repeat(7) + text;
    }

    @Test
    void import_onnxFolder_isRefusedByKind() throws Exception {
        Path export = Files.createDirectories(data.resolve("export"));
        Files.write(export.resolve("model.onnx"), new byte[] {8, 10});

        assertThat(run("import", export.toString())).isEqualTo(3);
        assertThat(errors()).contains("an ONNX export");
    }

    @Test
    void plan_installedOrFile_drawsIt() {
        assertThat(run("import", file.toString(), "mine")).isZero();
        text();

        assertThat(run("plan", "mine", "--users", "4", "--context", "128")).isZero();
        assertThat(text()).contains("× 128 tokens × 4 users").contains("W weights, c cache");
        assertThat(run("--json", "plan", file.toString(), "--gpu", "24GiB")).isZero();
        assertThat(JsonMapper.shared().readTree(text()).path("gpu").asLong()).isEqualTo(24L << 30);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ls more",
                "show",
                "rm",
                "plan",
                "import",
                "import a b c",
                "fly",
                "plan x --users",
                "import /absent"
            })
    void run_wrongCommandLine_saysSo(String words) {
        assertThat(run(words.isEmpty() ? new String[0] : words.split(" ", -1))).isIn(2, 3);
        assertThat(errors()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"show absent", "rm absent", "rm ../models", "plan absent", "show .pull"})
    void run_absentModel_isNotThere(String words) {
        assertThat(run(words.split(" ", -1))).isEqualTo(3);
        assertThat(errors()).contains("model: not installed");
    }

    private int run(String... words) {
        List<String> all = new ArrayList<>(List.of("--data", data.toString()));
        all.addAll(List.of(words));
        return ModelsMain.run(
                all,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String text() {
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }

    private String errors() {
        String text = err.toString(StandardCharsets.UTF_8);
        err.reset();
        return text;
    }
}
