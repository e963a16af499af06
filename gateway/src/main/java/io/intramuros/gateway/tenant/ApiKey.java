// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * An API key: {@code imk_}, an id of 12 characters, {@code _}, a secret of 43 and a CRC-32 of 6 over all before, each of
 * base 62. The checksum lets a mistyped key die before anything is asked of a store, and scanners of code find a real one
 * by its form. It prints nothing of its secret.
 */
public final class ApiKey {
    /** How every key begins. */
    public static final String PREFIX = "imk_";

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_CHARS = 12;
    private static final int SECRET_CHARS = 43;
    private static final int CRC_CHARS = 6;
    private static final Pattern FORM =
            Pattern.compile("imk_[0-9A-Za-z]{" + ID_CHARS + "}_[0-9A-Za-z]{" + (SECRET_CHARS + CRC_CHARS) + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String written;

    private ApiKey(String written) {
        this.written = written;
    }

    /** A new key of a new id. */
    static ApiKey generate() {
        return generate(random(ID_CHARS));
    }

    /** A new key of an id that exists. */
    static ApiKey generate(String id) {
        String body = PREFIX + id + "_" + random(SECRET_CHARS);
        return new ApiKey(body + checksum(body));
    }

    /** The key that a text is; empty where it has not the form or its checksum is wrong. */
    public static Optional<ApiKey> parse(String text) {
        if (!FORM.matcher(text).matches()) return Optional.empty();
        int end = text.length() - CRC_CHARS;
        return checksum(text.substring(0, end)).equals(text.substring(end))
                ? Optional.of(new ApiKey(text))
                : Optional.empty();
    }

    /** Its public part. */
    public String id() {
        return written.substring(PREFIX.length(), PREFIX.length() + ID_CHARS);
    }

    /** The whole of it, to be shown once. */
    public String reveal() {
        return written;
    }

    /** What its digest is made of. */
    byte[] secret() {
        return written.getBytes(StandardCharsets.US_ASCII);
    }

    private static String random(int chars) {
        StringBuilder text = new StringBuilder(chars);
        for (int i = 0; i < chars; i++) text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        return text.toString();
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        StringBuilder digits = new StringBuilder();
        for (long rest = crc.getValue(); digits.length() < CRC_CHARS; rest /= ALPHABET.length())
            digits.insert(0, ALPHABET.charAt((int) (rest % ALPHABET.length())));
        return digits.toString();
    }

    @Override
    public String toString() {
        return "ApiKey[" + id() + "]";
    }
}
