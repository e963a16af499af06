// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against vectors that were made with OpenSSL's Ed25519 by the text of c2sp.org/signed-note, seed 00 01 02 … 1f. */
class CheckpointTest {
    private static final String NAME = "audit.example.com/gw-0";
    private static final String VKEY = NAME + "+2759af2f+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
    private static final String ROOT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328";
    private static final String TEXT = NAME + "\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n";
    private static final String SIGNATURE = "\u2014 " + NAME
            + " J1mvL/P7TEDorCICEUPwmyAxOTwsdedgFu2S7i6k4VPtR1uaEZRiuX9VAhA6TnRfMHqNm1kY4gxFztWXIqKNGciEwQ0=\n";
    private static final LogKey KEY = LogKey.ed25519(
            NAME, HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));

    @Test
    void verifier_knownSeed_isTheKnownKey() {
        assertThat(KEY.verifier()).hasToString(VKEY);
        assertThat(VerifierKey.parse(VKEY + "\n")).hasToString(VKEY);
    }

    @Test
    void of_seedOfRfc8032_givesItsPublicKey() {
        LogKey key = LogKey.ed25519(
                "x", HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));

        assertThat(key.verifier().toString()).endsWith("+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea");
    }

    @Test
    void signed_knownTree_isTheKnownNoteToTheByte() {
        Checkpoint checkpoint = new Checkpoint(NAME, 8, ROOT);

        assertThat(checkpoint.signed(KEY, Logs.NOW)).isEqualTo(TEXT + "\n" + SIGNATURE);
    }

    @Test
    void open_knownNote_isGood() {
        assertThat(open(TEXT + "\n" + SIGNATURE)).isEqualTo(new Checkpoint.Opened.Good(new Checkpoint(NAME, 8, ROOT)));
    }

    @Test
    void open_furtherSignaturesAndExtensions_isGood() {
        String text = TEXT + "an extension\n";
        String note = text + "\n\u2014 witness.example.com AAAAAAA=\n" + KEY.signatureLine(text);

        assertThat(open(note)).isEqualTo(new Checkpoint.Opened.Good(new Checkpoint(NAME, 8, ROOT)));
    }

    @Test
    void open_otherKeysOnly_isUnknown() {
        String note = new Checkpoint(NAME, 8, ROOT).signed(Logs.key(NAME, 9), Logs.NOW);

        assertThat(open(note)).isEqualTo(new Checkpoint.Opened.UnknownKey());
    }

    @Test
    void open_otherLog_isUnknown() {
        String note = new Checkpoint("other.example.com", 8, ROOT).signed(KEY, Logs.NOW);

        assertThat(open(note)).isEqualTo(new Checkpoint.Opened.UnknownKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n",
                "-1\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n",
                "9999999999999999999\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n",
                "8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQy=\n",
                "8\nXcna\n",
                "8\n",
            })
    void open_signedButNoCheckpoint_isBad(String rest) {
        String text = NAME + "\n" + rest;

        assertThat(open(text + "\n" + KEY.signatureLine(text))).isInstanceOf(Checkpoint.Opened.Bad.class);
    }

    @Test
    void open_everyFlippedBit_isNeverGood() {
        byte[] note = (TEXT + "\n" + SIGNATURE).getBytes(StandardCharsets.UTF_8);
        for (int bit = 0; bit < note.length * 8; bit++) {
            byte[] wrong = note.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(Checkpoint.open(wrong, KEY.verifier()))
                    .as("bit %d", bit)
                    .isNotInstanceOf(Checkpoint.Opened.Good.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "audit.example.com/gw-0",
                "audit.example.com/gw-0+2759af2e+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
                "audit.example.com/gw-1+2759af2f+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
                "audit.example.com/gw-0+2759af2f+AgOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
                "audit.example.com/gw-0+2759af2f+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVT",
                "audit.example.com/gw-0+2759af2f+%",
            })
    void parse_notWhole_isRefused(String written) {
        assertThatThrownBy(() -> VerifierKey.parse(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("vkey: ");
    }

    private static Checkpoint.Opened open(String note) {
        return Checkpoint.open(note.getBytes(StandardCharsets.UTF_8), KEY.verifier());
    }
}
