// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tokens of the administrators, each with the name that stands in the log. It keeps their digests alone. */
public final class AdminTokens {
    /** The name of whoever has the installation's own token. */
    public static final String DEFAULT_NAME = "admin";

    private static final int LEAST_CHARS = 32;

    private final List<Administrator> administrators;

    private AdminTokens(List<Administrator> administrators) {
        this.administrators = List.copyOf(administrators);
    }

    /**
     * Makes them.
     *
     * @param tokenByName each token of at least 32 characters
     */
    public static AdminTokens of(Map<String, String> tokenByName) {
        List<Administrator> all = new ArrayList<>();
        tokenByName.forEach((name, token) -> {
            if (token.length() < LEAST_CHARS)
                throw new IllegalArgumentException(
                        "admin token of " + name + ": " + token.length() + " characters (expected: at least 32)");
            all.add(new Administrator(name, digest(token)));
        });
        return new AdminTokens(all);
    }

    /** The name that a token stands for. Every token is compared, so that the time taken says nothing. */
    Optional<String> nameOf(String token) {
        byte[] offered = digest(token);
        Optional<String> found = Optional.empty();
        for (Administrator each : administrators) if (each.has(offered)) found = Optional.of(each.name);
        return found;
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: not to be had (expected: in every JDK)", e);
        }
    }

    /** One of them. */
    private static final class Administrator {
        private final String name;
        private final byte[] digest;

        Administrator(String name, byte[] digest) {
            this.name = name;
            this.digest = digest;
        }

        boolean has(byte[] offered) {
            return MessageDigest.isEqual(digest, offered);
        }
    }

    @Override
    public String toString() {
        return "AdminTokens[" + administrators.size() + "]";
    }
}
