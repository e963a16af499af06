// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.List;
import java.util.Set;
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
    private static final int LONGEST_REACH = 40;
    private static final int MOST_TRIES = 6;
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
            "cel",
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
    private static final Pattern GROUPED =
            Pattern.compile("\\(?[2-9]\\d{2}\\)?[-. ]{1,2}[2-9]\\d{2}[-.]\\d{4}|[6-9]\\d{2} \\d{2} \\d{2} \\d{2}");
    private static final Pattern EXTENSION = Pattern.compile(
            "\\s?(?:ext\\.?|extension|x|durchwahl|poste|int\\.)\\s?\\d{1,5}(?!\\d)", Pattern.CASE_INSENSITIVE);

    private final PhonePlans plans = new PhonePlans();

    @Override
    public String name() {
        return Patterns.NAME;
    }

    @Override
    public Set<EntityType> types() {
        return Set.of(EntityType.PHONE);
    }

    @Override
    public void find(String text, Consumer<Finding> found) {
        int i = 0;
        while (i < text.length()) {
            if (!PhoneCandidate.startsAt(text, i)) {
                i++;
                continue;
            }
            PhoneCandidate longest = PhoneCandidate.at(text, i);
            int end = phoneEnd(text, longest);
            if (end > 0) {
                double score = longest.isInternational() ? 0.95 : 0.85;
                found.accept(new Finding(EntityType.PHONE, null, i, extensionEnd(text, end), score, name()));
            }
            i = end > 0 ? end : longest.firstGroupEnd(text);
        }
    }

    /** Where the number ends that a run of digits begins with; 0 where it begins with none. */
    private int phoneEnd(String text, PhoneCandidate longest) {
        PhoneCandidate candidate = longest;
        for (int tries = 0; tries < MOST_TRIES && candidate.digits() >= FEWEST_DIGITS; tries++) {
            boolean fits = candidate.digits() <= MOST_DIGITS;
            if (fits && isPhone(text, candidate)) return candidate.end();
            if (fits && !candidate.isInternational() && longest.digits() <= MOST_DIGITS) return 0;
            candidate = candidate.withoutLastGroup(text);
        }
        return 0;
    }

    private boolean isPhone(String text, PhoneCandidate candidate) {
        String number = text.substring(candidate.start(), candidate.end());
        if (candidate.isInternational()) return plans.hasInternational(number);
        if (candidate.isSpoiled(text) || DATE.matcher(number).matches() || IpAddresses.isV4(number)) return false;
        boolean wordBefore = Context.isBefore(WORDS, text, candidate.start(), reach(text, candidate.start()));
        if (!wordBefore) {
            if (Context.isBefore(OTHER_NUMBERS, text, candidate.start(), 24)) return false;
            if (!isDialled(number)) return false;
        }
        return plans.hasNational(number);
    }

    /** How far back a word may speak of this number: not past another number that has words after it. */
    private static int reach(String text, int start) {
        int digits = 0;
        boolean words = false;
        for (int back = 1; back <= Math.min(start, LONGEST_REACH); back++) {
            char c = text.charAt(start - back);
            digits = Character.isDigit(c) ? digits + 1 : 0;
            words |= Character.isLetter(c);
            if (words && digits >= 2) return back;
        }
        return LONGEST_REACH;
    }

    /** Whether it is written as one dials it: a trunk zero or area code in brackets, or groups that nothing else has. */
    private static boolean isDialled(String number) {
        boolean zero = number.startsWith("0") && !number.startsWith("0.") && !number.startsWith("00");
        return zero || number.startsWith("(") || GROUPED.matcher(number).matches();
    }

    private static int extensionEnd(String text, int end) {
        Matcher extension = EXTENSION.matcher(text).region(end, Math.min(text.length(), end + 24));
        return extension.lookingAt() ? extension.end() : end;
    }

    @Override
    public boolean mayFind(String text, int from) {
        return !DullWords.are(text, from);
    }
}
