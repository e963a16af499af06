// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.patterns;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;

/** Asks libphonenumber whether a plan of numbering has a number. Its parser is slow, so only numbers with a plus go there. */
final class PhonePlans {
    /**
     * A country without whose code its people write numbers.
     *
     * @param region as libphonenumber names it
     * @param code its country code
     */
    private record Country(String region, int code) {}

    private static final List<Country> WITH_ZERO = List.of(
            new Country("DE", 49),
            new Country("FR", 33),
            new Country("GB", 44),
            new Country("IT", 39),
            new Country("NL", 31),
            new Country("BE", 32),
            new Country("AT", 43),
            new Country("CH", 41),
            new Country("IE", 353),
            new Country("SE", 46),
            new Country("FI", 358),
            new Country("BR", 55),
            new Country("AR", 54));
    private static final List<Country> WITHOUT_ZERO = List.of(
            new Country("US", 1),
            new Country("CA", 1),
            new Country("ES", 34),
            new Country("IT", 39),
            new Country("PT", 351),
            new Country("NO", 47),
            new Country("DK", 45),
            new Country("PL", 48),
            new Country("MX", 52),
            new Country("CO", 57),
            new Country("CL", 56),
            new Country("AR", 54),
            new Country("BR", 55));

    /** Zero, area, 15 and the number: only the parser knows where the 15 stands. */
    private static final int ARGENTINE_MOBILE = 13;

    private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();

    /** Whether a number that starts with a plus or two zeros is one. */
    boolean hasInternational(String number) {
        String digits = digits(number);
        String plain = digits.startsWith("00") ? digits.substring(2) : digits;
        return parses("+" + withoutTrunk(number, plain), "ZZ");
    }

    private boolean parses(String number, String region) {
        try {
            return plans.isValidNumber(plans.parse(number, region));
        } catch (NumberParseException e) {
            return false;
        }
    }

    /** In {@code +44 (0)20 …} the zero is for those who dial at home. */
    private static String withoutTrunk(String number, String digits) {
        int zero = number.indexOf("(0)");
        if (zero < 0) return digits;
        int before = digits(number.substring(0, zero)).length() - (number.startsWith("00") ? 2 : 0);
        return digits.substring(0, before) + digits.substring(before + 1);
    }

    /** Whether a number without country code is one in any of the countries. */
    boolean hasNational(String number) {
        String digits = digits(number);
        if (digits.startsWith("0")) {
            for (Country country : WITH_ZERO) if (has(country, digits)) return true;
            return digits.length() == ARGENTINE_MOBILE && parses(digits, "AR");
        }
        String plain = digits.length() == 11 && digits.startsWith("1") ? digits.substring(1) : digits;
        for (Country country : WITHOUT_ZERO) if (has(country, plain)) return true;
        return false;
    }

    private boolean has(Country country, String digits) {
        boolean zero = digits.startsWith("0");
        PhoneNumber number = new PhoneNumber()
                .setCountryCode(country.code)
                .setNationalNumber(Long.parseLong(zero ? digits.substring(1) : digits));
        if (zero && country.region.equals("IT")) number.setItalianLeadingZero(true);
        return plans.isValidNumberForRegion(number, country.region);
    }

    private static String digits(String number) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < number.length(); i++)
            if (number.charAt(i) >= '0' && number.charAt(i) <= '9') digits.append(number.charAt(i));
        return digits.toString();
    }
}
