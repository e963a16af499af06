// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.inference.gguf.GgmlType;
import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufFile;
import io.intramuros.inference.gguf.TinyGguf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MemoryPlanTest {
    @TempDir
    private Path folder;

    @Test
    void of_smolLm2Shape_countsWhatIsPublished() throws Exception {
        MemoryPlan plan = plan("--context", "1000", "--users", "3");

        // 2 · 30 layers · 3 heads · 64 · 4 bytes: the 46 KB per token of the 135M shape.
        assertThat(plan.perToken()).isEqualTo(46_080);
        assertThat(plan.perUser()).isEqualTo(46_080_000);
        // 64 × 576 weights in 4 bits with two scales of 4 bytes for 32, and as many in 8 bits with one.
        assertThat(plan.weights()).isEqualTo(64 * 576 * 3 / 4 + 64 * 576 * 9 / 8);
        assertThat(plan.scratch()).isEqualTo(256L * 4 * (2 * 1536 + (9 + 6) * 64 + 3 * 576) + 4L * 64 * 3);
        assertThat(plan.total()).isEqualTo(plan.weights() + plan.scratch() + 3 * 46_080_000L);
    }

    @Test
    void of_gpu_countsHalves() throws Exception {
        MemoryPlan plan = plan("--gpu", "24GiB");

        assertThat(plan.perToken()).isEqualTo(23_040);
        assertThat(plan.weights()).isEqualTo(64 * 576 * 5 / 8 + 64 * 576 * 17 / 16);
        assertThat(plan.wish().gpu()).contains(24L << 30);
    }

    @Test
    void users_memory_isFilledUpToTheLast() throws Exception {
        MemoryPlan plan = plan("--context", "1000");
        long fixed = plan.weights() + plan.scratch();

        assertThat(plan.users(fixed + 2 * 46_080_000L)).isEqualTo(2);
        assertThat(plan.users(fixed + 2 * 46_080_000L - 1)).isEqualTo(1);
        assertThat(plan.users(fixed)).isZero();
        assertThat(plan.users(1)).isZero();
    }

    @Test
    void of_noContextGiven_takesTheModelsUpToEightThousand() throws Exception {
        assertThat(plan().context()).isEqualTo(2048);
        assertThat(plan("--context", "4096").isTooLong()).isTrue();
        assertThat(plan("--context", "2048").isTooLong()).isFalse();
    }

    @Test
    void of_text_drawsABarAndExplains() throws Exception {
        String text = PlanText.of("smol", plan("--context", "2048", "--users", "64"));

        assertThat(text)
                .contains("model        smol")
                .contains("45.0 KiB per token × 2048 tokens × 64 users")
                .contains("[Wcccccccccccccccccccccccccccca")
                .contains("] W weights, c cache, a activations")
                .contains("fits         yes")
                .contains("8 GiB        90 users of 2048 tokens")
                .contains("twice the users fit at half the context")
                .contains("1.7 times its weights");
    }

    @Test
    void of_moreThanTheCardHas_saysHowManyWouldFit() throws Exception {
        String text = PlanText.of("smol", plan("--users", "100", "--gpu", "1GiB"));

        assertThat(text).contains("]> more than there is").contains("fits         no: 22 users at this context would");
    }

    @Test
    void json_plan_hasTheSameNumbers() throws Exception {
        MemoryPlan plan = plan("--gpu", "16GiB", "--users", "2");
        JsonNode json = JsonMapper.shared().readTree(PlanText.json(plan));

        assertThat(json.path("total").asLong()).isEqualTo(plan.total());
        assertThat(json.path("gpu").asLong()).isEqualTo(16L << 30);
        assertThat(json.path("usersOnGpu").asLong()).isEqualTo(plan.users(16L << 30));
        assertThat(json.path("fits").size()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "24GiB, 25769803776",
        "24G, 25769803776",
        "24GB, 24000000000",
        "500MB, 500000000",
        "1.5KiB, 1536",
        "7, 7",
        "2T, 2199023255552"
    })
    void parse_amount_isRead(String text, long bytes) {
        assertThat(Sizes.parse("--gpu", text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GiB", "-1G", "1e9", "24 gigs", "0", "9999999TiB"})
    void parse_noAmount_isRefusedByName(String text) {
        assertThatThrownBy(() -> Sizes.parse("--gpu", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--gpu: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--users 0", "--users x", "--context 0", "--context", "--speed 3", "--context 99999999"})
    void of_wrongOptions_areRefusedByName(String options) {
        List<String> words = List.of(options.split(" ", -1));

        assertThatThrownBy(() -> MemoryPlan.Wish.of(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(words.getFirst() + ": ");
    }

    @Test
    void of_shapeBeyondAllMemory_isRefused() throws Exception {
        Path path = Files.write(
                folder.resolve("huge.gguf"),
                new TinyGguf()
                        .text("general.architecture", "llama")
                        .number("llama.block_count", 0xffff_ffffL)
                        .number("llama.embedding_length", 0xffff_ffffL)
                        .number("llama.attention.head_count", 1)
                        .toBytes());
        try (GgufFile file = GgufFile.open(path)) {
            assertThatThrownBy(() -> MemoryPlan.of(file, MemoryPlan.Wish.of(List.of())))
                    .isInstanceOf(GgufException.class);
        }
    }

    private MemoryPlan plan(String... options) throws Exception {
        Path path = Files.write(
                folder.resolve("m.gguf"),
                new TinyGguf()
                        .text("general.architecture", "llama")
                        .number("llama.block_count", 30)
                        .number("llama.embedding_length", 576)
                        .number("llama.attention.head_count", 9)
                        .number("llama.attention.head_count_kv", 3)
                        .number("llama.feed_forward_length", 1536)
                        .number("llama.context_length", 2048)
                        .tensor("token_embd.weight", GgmlType.Q8_0.code(), new byte[64 * 576 / 32 * 34], 64, 576)
                        .tensor("blk.0.attn_q.weight", GgmlType.Q4_1.code(), new byte[64 * 576 / 32 * 20], 64, 576)
                        .toBytes());
        try (GgufFile file = GgufFile.open(path)) {
            return MemoryPlan.of(file, MemoryPlan.Wish.of(List.of(options)));
        }
    }
}
