// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roots that another implementation computed (RFC 6962, 2.1, by recursion from the top). */
class HashesTest {
    /** The leaves that Certificate Transparency's reference tests use. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    })
    void root_knownLeaves_isThatOfCertificateTransparency(int count, String root) {
        Frontier tree = new Frontier();
        LEAVES.subList(0, count)
                .forEach(leaf -> tree.add(Hashes.leaf(HexFormat.of().parseHex(leaf))));

        assertThat(HexFormat.of().formatHex(tree.root())).isEqualTo(root);
    }

    @ParameterizedTest
    @CsvSource({
        "255, 32f85bcaa87d7bcd05728f09e9aeba350ba6a2f733830087f0597682848be5cb",
        "256, 828515d033c19d8c901f37eccb8aed919667703486f8d2fff1cf7040321c5db1",
        "257, 1eda049a4351d86f76252bd7ec0b7746ad75b7fa0316ad5f541dbda458a312c4",
        "1000, 638afa98022925bacfddadb15ef22fd0199c1ac99c2973b6158243d13fce05c2",
        "65537, dc8795a25fd4bd52a0b84f639fd3139ba160824023d188e428eb5db0f3ce221a",
    })
    void root_manyLeaves_isThatOfAnotherImplementation(int count, String root) {
        Frontier tree = new Frontier();
        for (int i = 0; i < count; i++) tree.add(Hashes.leaf(String.valueOf(i).getBytes(StandardCharsets.US_ASCII)));

        assertThat(HexFormat.of().formatHex(tree.root())).isEqualTo(root);
    }
}
