// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors are those of certificate-transparency's own tests for RFC 6962. */
class ProofsTest {
    private static final List<String> INPUTS =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
    private static final List<byte[]> LEAVES =
            INPUTS.stream().map(HexFormat.of()::parseHex).map(Hashes::leaf).toList();

    private static byte[] subtree(List<byte[]> leaves, int height, long index) {
        Frontier tree = new Frontier();
        leaves.subList((int) (index << height), (int) ((index + 1) << height)).forEach(tree::add);
        return tree.root();
    }

    private static Checkpoint tree(List<byte[]> leaves, int size) {
        Frontier tree = new Frontier();
        leaves.subList(0, size).forEach(tree::add);
        return Checkpoint.of("x", size, tree.root());
    }

    private static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(HexFormat.of()::formatHex).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "1,6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2,fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3,aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4,d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5,4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6,76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7,ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8,5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void root_vectorsOfRfc6962_areTheirs(int size, String root) {
        assertThat(tree(LEAVES, size).rootHex()).isEqualTo(root);
    }

    @Test
    void inclusion_vectorsOfRfc6962_areTheirs() throws Exception {
        assertThat(hex(Proofs.inclusion(5, 8, (height, index) -> subtree(LEAVES, height, index))))
                .containsExactly(
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
        assertThat(hex(Proofs.inclusion(2, 3, (height, index) -> subtree(LEAVES, height, index))))
                .containsExactly("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
        assertThat(Proofs.inclusion(0, 1, (height, index) -> subtree(LEAVES, height, index)))
                .isEmpty();
    }

    @Test
    void consistency_vectorsOfRfc6962_areTheirs() throws Exception {
        assertThat(hex(Proofs.consistency(6, 8, (height, index) -> subtree(LEAVES, height, index))))
                .containsExactly(
                        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
        assertThat(hex(Proofs.consistency(2, 5, (height, index) -> subtree(LEAVES, height, index))))
                .containsExactly(
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 31, 33, 64, 100})
    void proofs_everyPairInATree_holdAndNoOtherDoes(int size) throws Exception {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) leaves.add(Hashes.leaf(("leaf" + i).getBytes(StandardCharsets.UTF_8)));
        Proofs.Subtrees from = (height, index) -> subtree(leaves, height, index);
        Checkpoint whole = tree(leaves, size);
        byte[] wrong = Hashes.leaf(new byte[] {1});
        for (int i = 0; i < size; i++) {
            List<byte[]> path = Proofs.inclusion(i, size, from);
            assertThat(Proofs.includes(leaves.get(i), i, whole, path)).isTrue();
            assertThat(Proofs.includes(wrong, i, whole, path)).isFalse();
            assertThat(Proofs.includes(leaves.get(i), i + 1, whole, path)).isFalse();
            for (int at = 0; at < path.size(); at++) {
                List<byte[]> bent = new ArrayList<>(path);
                bent.set(at, wrong);
                assertThat(Proofs.includes(leaves.get(i), i, whole, bent)).isFalse();
            }
            List<byte[]> grown = Proofs.consistency(i, size, from);
            assertThat(Proofs.grew(tree(leaves, i), whole, grown)).isTrue();
            if (i > 0)
                assertThat(Proofs.grew(Checkpoint.of("x", i, wrong), whole, grown))
                        .isFalse();
            List<byte[]> longer = new ArrayList<>(grown);
            longer.add(wrong);
            assertThat(Proofs.grew(tree(leaves, i), whole, longer)).isFalse();
        }
    }

    @Test
    void proofs_outOfRange_areRefused() {
        Proofs.Subtrees none = (_, _) -> Hashes.empty();
        assertThatThrownBy(() -> Proofs.inclusion(3, 3, none)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Proofs.consistency(4, 3, none)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Proofs.includes(Hashes.empty(), -1, tree(LEAVES, 3), List.of()))
                .isFalse();
        assertThat(Proofs.grew(tree(LEAVES, 3), tree(LEAVES, 2), List.of())).isFalse();
        assertThat(Proofs.grew(tree(LEAVES, 3), tree(LEAVES, 3), List.of())).isTrue();
        assertThat(Proofs.grew(tree(LEAVES, 3), tree(LEAVES, 7), List.of())).isFalse();
    }

    @Test
    void frontier_perfectSubtrees_giveTheSameTree() {
        Frontier tree = new Frontier();
        tree.add(subtree(LEAVES, 2, 0), 2);
        tree.add(subtree(LEAVES, 1, 2), 1);
        tree.add(LEAVES.get(6));
        tree.add(LEAVES.get(7));

        assertThat(tree.size()).isEqualTo(8);
        assertThat(tree.root()).isEqualTo(tree(LEAVES, 8).root());
        assertThatThrownBy(() -> {
                    Frontier odd = new Frontier();
                    odd.add(LEAVES.getFirst());
                    odd.add(LEAVES.get(1), 1);
                })
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Arrays.equals(new Frontier().root(), Hashes.empty())).isTrue();
    }
}
