// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import static io.intramuros.redaction.EntityType.BIC;
import static io.intramuros.redaction.EntityType.COMPANY_ID;
import static io.intramuros.redaction.EntityType.CREDIT_CARD;
import static io.intramuros.redaction.EntityType.CRYPTO_WALLET;
import static io.intramuros.redaction.EntityType.DEVICE_ID;
import static io.intramuros.redaction.EntityType.FINANCIAL_ID;
import static io.intramuros.redaction.EntityType.VEHICLE;

import java.util.List;

/** Cards, banks, securities, wallets, devices and vehicles. */
final class FinanceRules {
    private static final String CARD_WORDS = "card|karte|tarjeta|carte|carta|visa|mastercard|maestro";

    private FinanceRules() {}

    static List<Rule> all() {
        return List.of(
                card(12).near(CARD_WORDS),
                card(13).near(CARD_WORDS),
                card(14),
                card(15),
                card(16),
                card(17),
                card(18),
                card(19),
                Rule.of(BIC, "BIC", "[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
                        .when(FinanceChecks::bic)
                        .near("bic|swift"),
                Rule.of(FINANCIAL_ID, "ISIN", "[A-Z]{2}[A-Z0-9]{9}\\d")
                        .checked(FinanceChecks::isin)
                        .surerNear("isin"),
                Rule.of(COMPANY_ID, "LEI", "[A-Z0-9]{18}\\d{2}")
                        .checked(FinanceChecks::lei)
                        .surerNear("lei"),
                Rule.of(CRYPTO_WALLET, "BTC_BASE58", "[13][1-9A-HJ-NP-Za-km-z]{25,34}")
                        .exactly(Wallets::base58Check),
                Rule.of(CRYPTO_WALLET, "BTC_BECH32", "bc1[02-9ac-hj-np-z]{11,87}|BC1[02-9AC-HJ-NP-Z]{11,87}")
                        .exactly(Wallets::bech32),
                Rule.of(CRYPTO_WALLET, "LTC_BASE58", "[LM][1-9A-HJ-NP-Za-km-z]{26,33}")
                        .exactly(Wallets::base58Check),
                Rule.of(CRYPTO_WALLET, "LTC_BECH32", "ltc1[02-9ac-hj-np-z]{11,87}")
                        .exactly(Wallets::bech32),
                Rule.of(CRYPTO_WALLET, "DOGE", "D[1-9A-HJ-NP-Za-km-z]{25,34}").exactly(Wallets::base58Check),
                Rule.of(CRYPTO_WALLET, "TRON", "T[1-9A-HJ-NP-Za-km-z]{33}").exactly(Wallets::base58Check),
                Rule.of(CRYPTO_WALLET, "ETH", "0x[0-9a-fA-F]{40}"),
                Rule.of(DEVICE_ID, "IMEI", "\\d{2}-\\d{6}-\\d{6}-\\d|\\d{15}")
                        .checked(FinanceChecks::imei)
                        .near("imei"),
                Rule.of(DEVICE_ID, "IMEI", "\\d{2}-\\d{6}-\\d{6}-\\d").checked(FinanceChecks::imei),
                Rule.of(VEHICLE, "VIN_NA", "(?=\\d{0,8}[A-Z])[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{8}")
                        .checked(FinanceChecks::vin)
                        .surerNear("vin|chassis|fahrgestell"));
    }

    /** A card of so many digits, perhaps in groups. */
    private static Rule card(int digits) {
        return Rule.of(CREDIT_CARD, "CARD", "[2-6](?:[- \u00a0\u202f]?\\d){" + (digits - 1) + "}")
                .checked(FinanceChecks::card)
                .surerNear(CARD_WORDS);
    }
}
