// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction;

/** What can be found in a text. The country and the exact kind ({@code ES_DNI}) stand beside it in a {@link Finding}. */
public enum EntityType {
    PERSON,
    ORGANIZATION,
    LOCATION,
    ADDRESS,
    DATE,
    DATE_OF_BIRTH,
    AGE,
    EMAIL,
    PHONE,
    URL,
    IP,
    MAC,
    USERNAME,
    IBAN,
    BIC,
    CREDIT_CARD,
    BANK_ACCOUNT,
    FINANCIAL_ID,
    CRYPTO_WALLET,
    NATIONAL_ID,
    VAT_ID,
    PASSPORT,
    DRIVER_LICENSE,
    HEALTH_INSURANCE_ID,
    MEDICAL_RECORD,
    PROFESSIONAL_ID,
    EMPLOYEE_ID,
    COMPANY_ID,
    VEHICLE,
    DEVICE_ID,
    SECRET,
    CUSTOM
}
