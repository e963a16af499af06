// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction;

/** What can be found in a text. The country and the exact kind ({@code ES_DNI}) stand beside it in a {@link Finding}. */
public enum EntityType {
    PERSON(Form.NAME),
    ORGANIZATION(Form.NAME),
    LOCATION(Form.NAME),
    ADDRESS(Form.NAME),
    DATE(Form.DATE),
    DATE_OF_BIRTH(Form.DATE),
    AGE(Form.DATE),
    EMAIL(Form.WORD),
    PHONE(Form.NUMBER),
    URL(Form.VERBATIM),
    IP(Form.CODE),
    MAC(Form.CODE),
    USERNAME(Form.WORD),
    IBAN(Form.NUMBER),
    BIC(Form.CODE),
    CREDIT_CARD(Form.NUMBER),
    BANK_ACCOUNT(Form.NUMBER),
    FINANCIAL_ID(Form.NUMBER),
    CRYPTO_WALLET(Form.VERBATIM),
    NATIONAL_ID(Form.NUMBER),
    VAT_ID(Form.NUMBER),
    PASSPORT(Form.NUMBER),
    DRIVER_LICENSE(Form.NUMBER),
    HEALTH_INSURANCE_ID(Form.NUMBER),
    MEDICAL_RECORD(Form.NUMBER),
    PROFESSIONAL_ID(Form.NUMBER),
    EMPLOYEE_ID(Form.NUMBER),
    COMPANY_ID(Form.NUMBER),
    VEHICLE(Form.NUMBER),
    DEVICE_ID(Form.NUMBER),
    SECRET(Form.VERBATIM),
    CUSTOM(Form.FREE);

    private final Form form;

    EntityType(Form form) {
        this.form = form;
    }

    /** How its values are written. */
    public Form form() {
        return form;
    }

    /** How values are written: what may differ between two writings of the same one, and where one can end. */
    public enum Form {
        /** Words in upper and lower case. */
        NAME,
        /** Numbers and words for a time. */
        DATE,
        /** One word, in which case means nothing. */
        WORD,
        /** One word, in which each character counts. */
        VERBATIM,
        /** One word of digits and letters, in which case and marks between them mean nothing. */
        CODE,
        /** Digits and letters, with blanks and marks between them that mean nothing. */
        NUMBER,
        /** Whatever a company looks for; each character counts. */
        FREE
    }
}
