// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Identifiers beyond those of the handed-over table: for each kind many made ones, and each with its check broken. */
class WorldIdentifiersTest {
    private static final int EACH = 25;
    /** What a checksum proves scores so much at least. */
    private static final double PROVEN = 0.9;

    /** A kind, a word that names it, and how to make one. */
    record Kind(String name, String word, Function<MadeUp, String> make) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(people(), companies()).flatMap(List::stream);
    }

    private static List<Kind> people() {
        return List.of(
                new Kind("IE_PPS", "PPS number", made -> {
                    String body = made.digits(7);
                    int sum = MadeUp.sum(body, (i, d) -> (8 - i) * d);
                    return body + (sum % 23 == 0 ? 'W' : (char) ('A' + sum % 23 - 1));
                }),
                new Kind(
                        "CZ_RC",
                        "rodné číslo",
                        made -> made.until(
                                        m -> m.date() + m.digits(3),
                                        id -> MadeUp.mod(id.substring(0, 9), 11) < 10 && MadeUp.mod(id, 11) == 0)
                                .replaceFirst("(.{6})", "$1/")),
                new Kind(
                        "RO_CNP",
                        "CNP",
                        made -> made.until(m -> "1" + m.date() + m.digits(5), id -> {
                            int rest = MadeUp.sum(id.substring(0, 12), (i, d) -> d * ("279146358279".charAt(i) - '0'))
                                    % 11;
                            return id.endsWith(rest == 10 ? "1" : String.valueOf(rest));
                        })),
                new Kind("HR_OIB", "OIB", made -> made.until(m -> m.digits(10), MadeUp::iso1110)),
                new Kind(
                        "BG_EGN",
                        "EGN",
                        made -> made.until(m -> m.date() + m.digits(3), id -> {
                            int power = 1;
                            int sum = 0;
                            for (int i = 0; i < 9; i++) {
                                power = power * 2 % 11;
                                sum += (id.charAt(i) - '0') * power;
                            }
                            return sum % 11 % 10 == id.charAt(9) - '0';
                        })),
                new Kind(
                        "BALTIC_CODE",
                        "isikukood",
                        made -> made.until(m -> "3" + m.date() + m.digits(3), id -> {
                            int first = MadeUp.sum(id.substring(0, 10), (i, d) -> (i % 9 + 1) * d) % 11;
                            int second = MadeUp.sum(id.substring(0, 10), (i, d) -> ((i + 2) % 9 + 1) * d) % 11;
                            int check = first < 10 ? first : second < 10 ? second : 0;
                            return check == id.charAt(10) - '0';
                        })),
                new Kind("GR_AMKA", "AMKA", made -> MadeUp.luhn(made.dayFirst() + made.digits(4))),
                new Kind("TR_TCKN", "TC kimlik", made -> {
                    String body = made.between(1, 9) + made.digits(8);
                    int odd = MadeUp.sum(body, (i, d) -> i % 2 == 0 ? d : 0);
                    int even = MadeUp.sum(body, (i, d) -> i % 2 == 1 ? d : 0);
                    int tenth = (7 * odd + 9 * even) % 10;
                    return body + tenth + (odd + even + tenth) % 10;
                }),
                new Kind("SG_NRIC", "NRIC", made -> {
                    String body = made.digits(7);
                    int sum = MadeUp.sum(body, (i, d) -> d * (i == 0 ? 2 : 8 - i));
                    return "S" + body + "ABCDEFGHIZJ".charAt(10 - sum % 11);
                }),
                new Kind(
                        "KR_RRN",
                        "RRN",
                        made -> made.until(
                                        m -> m.date() + m.between(1, 4) + m.digits(5),
                                        id -> "10987654321"
                                                        .charAt(MadeUp.sum(
                                                                        id.substring(0, 12), (i, d) -> d * (i % 8 + 2))
                                                                % 11)
                                                == id.charAt(12))
                                .replaceFirst("(.{6})", "$1-")),
                new Kind(
                        "JP_MY_NUMBER",
                        "My Number",
                        made -> made.until(m -> m.digits(11), id -> {
                            int sum = 0;
                            for (int n = 1; n <= 11; n++) sum += (id.charAt(11 - n) - '0') * (n <= 6 ? n + 1 : n - 5);
                            return (sum % 11 <= 1 ? 0 : 11 - sum % 11) == id.charAt(11) - '0';
                        })),
                new Kind(
                        "CN_RESIDENT",
                        "ID card",
                        made -> made.until(m -> "11010519" + m.date() + m.digits(3), id -> {
                            int sum = MadeUp.sum(id, (i, d) -> d * (int) (1L << (17 - i)) % 11);
                            return sum % 11 == 1;
                        })),
                new Kind(
                        "AU_TFN",
                        "TFN",
                        made -> made.until(
                                m -> m.digits(8),
                                id -> MadeUp.sum(id, (i, d) -> d * new int[] {1, 4, 3, 7, 5, 8, 6, 9, 10}[i]) % 11
                                        == 0)),
                new Kind(
                        "AU_MEDICARE",
                        "Medicare",
                        made -> made.until(
                                        m -> m.between(2, 6) + m.digits(7),
                                        id -> MadeUp.sum(
                                                                id.substring(0, 8),
                                                                (i, d) -> d * new int[] {1, 3, 7, 9}[i % 4])
                                                        % 10
                                                == id.charAt(8) - '0')
                                + "1"),
                new Kind("ZA_ID", "South African ID number", made -> MadeUp.luhn(made.date() + made.digits(4) + "08")));
    }

    private static List<Kind> companies() {
        return List.of(
                new Kind("AU_ABN", "ABN", made -> {
                    String body = made.digits(9);
                    int sum = MadeUp.sum(body, (i, d) -> d * (2 * i + 3));
                    return (99 - sum % 89) + body;
                }),
                new Kind(
                        "DK_VAT",
                        "VAT",
                        made -> "DK"
                                + made.until(
                                        m -> m.between(1, 9) + m.digits(6),
                                        id -> MadeUp.sum(id, (i, d) -> d * (i == 0 ? 2 : 8 - i)) % 11 == 0)),
                new Kind("FI_VAT", "VAT", made -> "FI" + made.until(m -> m.digits(7), WorldIdentifiersTest::finnish)),
                new Kind(
                        "FI_Y_TUNNUS",
                        "Y-tunnus",
                        made -> made.until(m -> m.digits(7), WorldIdentifiersTest::finnish)
                                .replaceFirst("(.{7})", "$1-")),
                new Kind("SE_VAT", "VAT", made -> "SE" + MadeUp.luhn("556" + made.digits(6)) + "01"),
                new Kind("SE_ORGNR", "orgnr", made -> MadeUp.luhn("556" + made.digits(6))),
                new Kind(
                        "NO_VAT",
                        "VAT",
                        made -> "NO" + made.until(m -> m.digits(8), WorldIdentifiersTest::norwegian) + "MVA"),
                new Kind("NO_ORGNR", "orgnr", made -> made.until(m -> m.digits(8), WorldIdentifiersTest::norwegian)),
                new Kind("LU_VAT", "VAT", made -> {
                    String body = made.digits(6);
                    return "LU" + body + String.format(Locale.ROOT, "%02d", MadeUp.mod(body, 89));
                }),
                new Kind("HU_VAT", "VAT", made -> "HU" + made.until(m -> m.digits(7), WorldIdentifiersTest::hungarian)),
                new Kind(
                        "GR_VAT",
                        "VAT",
                        made -> "EL"
                                + made.until(m -> m.digits(8), id -> {
                                    int sum = 0;
                                    for (int i = 0; i < 8; i++) sum = (sum + id.charAt(i) - '0') * 2;
                                    return sum % 11 % 10 == id.charAt(8) - '0';
                                })),
                new Kind("HR_VAT", "VAT", made -> "HR" + made.until(m -> m.digits(10), MadeUp::iso1110)),
                new Kind(
                        "SI_VAT",
                        "VAT",
                        made -> "SI"
                                + made.until(m -> m.between(1, 9) + m.digits(6), id -> {
                                    int rest = MadeUp.sum(id.substring(0, 7), (i, d) -> d * (8 - i)) % 11;
                                    return rest != 0 && (11 - rest) % 10 == id.charAt(7) - '0';
                                })),
                new Kind(
                        "SK_VAT",
                        "VAT",
                        made -> "SK" + made.until(m -> m.between(1, 9) + m.digits(8), id -> MadeUp.mod(id, 11) == 0)));
    }

    private static boolean finnish(String id) {
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1};
        return MadeUp.sum(id, (i, d) -> d * weights[i]) % 11 == 0;
    }

    private static boolean norwegian(String id) {
        int[] weights = {3, 2, 7, 6, 5, 4, 3, 2, 1};
        return MadeUp.sum(id, (i, d) -> d * weights[i]) % 11 == 0;
    }

    private static boolean hungarian(String id) {
        int[] weights = {9, 7, 3, 1, 9, 7, 3, 1};
        return MadeUp.sum(id, (i, d) -> d * weights[i]) % 10 == 0;
    }

    private static List<Finding> found(Kind kind, String value) {
        List<Finding> found = new ArrayList<>();
        for (Detector detector : Patterns.detectors())
            detector.find("The " + kind.word + ": " + value + ", as agreed.", finding -> {
                if (kind.name.equals(finding.kind()) && finding.score() >= PROVEN) found.add(finding);
            });
        return found;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void find_validValues_allWithTheirKindAndBounds(Kind kind) {
        MadeUp made = new MadeUp(kind.name.hashCode());
        int start = kind.word.length() + 6;
        for (int n = 0; n < EACH; n++) {
            String value = kind.make.apply(made);
            assertThat(found(kind, value)).as(value).singleElement().satisfies(finding -> {
                assertThat(finding.start()).isEqualTo(start);
                assertThat(finding.end()).isEqualTo(start + value.length());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void find_oneDigitChanged_mostlyNotFound(Kind kind) {
        MadeUp made = new MadeUp(31 + kind.name.hashCode());
        List<String> wrong = new ArrayList<>();
        for (int n = 0; n < EACH; n++) {
            char[] value = kind.make.apply(made).toCharArray();
            int at = kind.name.equals("AU_MEDICARE") ? value.length - 2 : lastDigit(value);
            value[at] = (char) ('0' + (value[at] - '0' + 1 + n % 9) % 10);
            if (!found(kind, new String(value)).isEmpty()) wrong.add(new String(value));
        }
        // two check values map to one digit in some of the schemes, so a few changes stay unseen
        assertThat(wrong).hasSizeLessThanOrEqualTo(3);
    }

    private static int lastDigit(char[] value) {
        int at = value.length - 1;
        while (!Character.isDigit(value[at])) at--;
        return String.valueOf(value).endsWith("01") && value.length == 14 ? at - 2 : at;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void find_insideALongerWord_notFound(Kind kind) {
        MadeUp made = new MadeUp(77 + kind.name.hashCode());
        String value = kind.make.apply(made);
        assertThat(found(kind, "x" + value)).isEmpty();
        assertThat(found(kind, value + "x9")).isEmpty();
    }
}
