// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds telephone numbers. A scanner picks what looks like one, libphonenumber's plans of numbering judge it: its own
 * search costs more than all other detectors together. A number without country code counts where it begins as one
 * that is dialled at home, or near a word that says so.
 */
final class PhoneDetector implements Detector {
    private static final int FEWEST_DIGITS = 7;
    private static final int MOST_DIGITS = 15;
    private static final List<String> REGIONS = List.of(
            "US", "DE", "ES", "FR", "GB", "IT", "NL", "BE", "AT", "CH", "PT", "IE", "SE", "NO", "DK", "FI", "PL", "MX",
            "BR", "AR", "CL", "CO");
    private static final List<String> WORDS = List.of(
            "tel",
            "telefon",
            "teléfono",
            "telefono",
            "telefoon",
            "téléphone",
            "telefone",
            "phone",
            "mobile",
            "mobil",
            "móvil",
            "movil",
            "celular",
            "cell",
            "handy",
            "portable",
            "cellulare",
            "gsm",
            "fax",
            "call",
            "text",
            "sms",
            "whatsapp",
            "ring",
            "reach",
            "ruf",
            "anruf",
            "llama",
            "appel",
            "chiama",
            "bel",
            "contact",
            "hotline",
            "ph");
    private static final List<String> OTHER_NUMBERS = List.of(
            "order",
            "invoice",
            "ticket",
            "version",
            "release",
            "auftrag",
            "rechnung",
            "bestell",
            "pedido",
            "factura",
            "commande",
            "facture",
            "ordine",
            "fattura",
            "bestelling",
            "factuur",
            "colis",
            "tracking",
            "sendung",
            "ean",
            "isbn",
            "asset",
            "sha",
            "ref",
            "case",
            "id");
    private static final Pattern DATE =
            Pattern.compile("(?:\\d{1,2}[-/. ]){2}(?:19|20)\\d{2}.*|(?:19|20)\\d{2}[-/. ]\\d{1,2}[-/. ]\\d{1,2}.*");
    private static final Pattern AMERICAN = Pattern.compile("\\(?[2-9]\\d{2}\\)?[-. ]{1,2}[2-9]\\d{2}[-.]\\d{4}");
    private static final Pattern EXTENSION = Pattern.compile(
            "\\s?(?:ext\\.?|extension|x|durchwahl|poste|int\\.)\\s?\\d{1,5}(?!\\d)", Pattern.CASE_INSENSITIVE);

    private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();

    @Override
    public String name() {
        return Patterns.NAME;
    }

    @Override
    public void find(String text, Consumer<Finding> found) {
        int i = 0;
        while (i < text.length()) {
            if (!PhoneCandidate.startsAt(text, i)) {
                i++;
                continue;
            }
            PhoneCandidate candidate = PhoneCandidate.at(text, i);
            boolean counts = candidate.digits() >= FEWEST_DIGITS && candidate.digits() <= MOST_DIGITS;
            if (counts && isPhone(text, candidate)) {
                double score = candidate.isInternational() ? 0.95 : 0.85;
                int end = extensionEnd(text, candidate.end());
                found.accept(new Finding(EntityType.PHONE, null, candidate.start(), end, score, name()));
            }
            i = candidate.end();
        }
    }

    private boolean isPhone(String text, PhoneCandidate candidate) {
        String number = text.substring(candidate.start(), candidate.end());
        if (candidate.isInternational())
            return isValid(number, "ZZ") || (number.startsWith("00") && isValidAnywhere(number));
        if (candidate.isSpoiled(text) || DATE.matcher(number).matches() || IpAddresses.isV4(number)) return false;
        boolean wordBefore = Context.isBefore(WORDS, text, candidate.start(), 40);
        if (!wordBefore) {
            if (Context.isBefore(OTHER_NUMBERS, text, candidate.start(), 24)) return false;
            if (!isDialled(number)) return false;
        }
        return isValidAnywhere(number);
    }

    /** Whether it is written as one dials it: a trunk zero or area code in brackets, or the American groups. */
    private static boolean isDialled(String number) {
        boolean zero = number.startsWith("0") && !number.startsWith("0.") && !number.startsWith("00");
        return zero || number.startsWith("(") || AMERICAN.matcher(number).matches();
    }

    private boolean isValidAnywhere(String number) {
        for (String region : REGIONS) if (isValid(number, region)) return true;
        return false;
    }

    private boolean isValid(String number, String region) {
        try {
            PhoneNumber parsed = plans.parse(number, region);
            return plans.isValidNumber(parsed);
        } catch (NumberParseException e) {
            return false;
        }
    }

    private static int extensionEnd(String text, int end) {
        Matcher extension = EXTENSION.matcher(text).region(end, Math.min(text.length(), end + 24));
        return extension.lookingAt() ? extension.end() : end;
    }
}
