// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** The one secret that the others are derived from by HKDF-SHA-256 (RFC 5869). It prints nothing of itself. */
public final class MasterKey {
    private static final int BYTES = 32;

    private final byte[] key;

    private MasterKey(byte[] key) {
        this.key = key;
    }

    /** Reads the written form. */
    public static MasterKey parse(String hex) {
        if (!hex.matches("[0-9a-fA-F]{64}"))
            throw new InvalidSettings("INTRAMUROS_MASTER_KEY: " + hex.length()
                    + " characters (expected: 64 hex digits, as from: openssl rand -hex 32)");
        return new MasterKey(HexFormat.of().parseHex(hex));
    }

    /** The written form of a new one. */
    public static String generate() {
        byte[] fresh = new byte[BYTES];
        new SecureRandom().nextBytes(fresh);
        return HexFormat.of().formatHex(fresh);
    }

    /** The pepper of API keys, 32 bytes. */
    public byte[] pepper() {
        return derive("intramuros pepper v1");
    }

    /** The seed of the audit log's signing key, 32 bytes. */
    public byte[] logSeed() {
        return derive("intramuros log v1");
    }

    /**
     * The keys of a team's surrogates, 32 bytes each: of version 1, 2 and so on to {@code version}, which mints.
     *
     * @param version at least 1
     */
    public List<byte[]> surrogates(String team, int version) {
        return IntStream.rangeClosed(1, version)
                .mapToObj(each -> derive("intramuros surrogates v" + each + " " + team))
                .toList();
    }

    /** A team's salt of what its nodes remember of prompts: 43 characters, as vLLM advises. */
    public String cacheSalt(String team) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(derive("intramuros cache salt v1 " + team));
    }

    private byte[] derive(String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(key)
                            .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256: not to be had (expected: in every JDK from 25 on)", e);
        }
    }

    @Override
    public String toString() {
        return "MasterKey";
    }
}
