// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

import io.intramuros.redaction.EntityType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What action {@code encrypt} writes: {@code [TYPE:version:code]}, the code being base32 of nonce ‖ AES-256-GCM(value).
 * The nonce is 12 bytes of HMAC-SHA-256(second key, type ‖ value), so that the same value is the same in every turn; that
 * it is the same is all that it tells. Type and version are authenticated with the value. Safe for use by several threads
 * at once.
 */
public final class Encryption {
    private static final String MAC = "HmacSHA256";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final Pattern TOKEN = Pattern.compile("\\[([A-Z][A-Z_]{1,30}):(\\d{1,4}):([a-z2-7]{45,})]");

    private final List<Keys> keys;

    private record Keys(SecretKey cipher, SecretKey nonce) {}

    private Encryption(List<Keys> keys) {
        this.keys = keys;
    }

    /** Over the derived keys of each version. */
    static Encryption of(List<byte[]> derived) {
        return new Encryption(derived.stream()
                .map(both -> new Keys(new SecretKeySpec(both, 0, 32, "AES"), new SecretKeySpec(both, 32, 32, MAC)))
                .toList());
    }

    /** 64 bytes for {@link #of} from a tenant's key, by HKDF-Expand (RFC 5869). */
    static byte[] derived(SecretKey key, String algorithm) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(new SecretKeySpec(key.getEncoded(), algorithm))
                            .thenExpand("intramuros/encryption/1".getBytes(StandardCharsets.UTF_8), 64));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256: missing (expected: in every JDK from 25 on)", e);
        }
    }

    /** The token of a value, under the newest key. */
    public String encrypt(EntityType type, String value) {
        int version = keys.size();
        Keys newest = keys.getLast();
        byte[] plain = value.getBytes(StandardCharsets.UTF_8);
        byte[] nonce = nonce(newest, type, plain);
        byte[] sealed = seal(Cipher.ENCRYPT_MODE, newest, nonce, bound(type.name(), version), plain)
                .orElseThrow();
        byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, all, NONCE, sealed.length);
        return "[" + type + ":" + version + ":" + Base32.of(all) + "]";
    }

    /**
     * The text with every token of this tenant opened; what is none, or was changed, stays.
     *
     * @param opened hears of each that was opened: its type's name and the version of its key
     */
    public String decrypt(String text, BiConsumer<String, Integer> opened) {
        return TOKEN.matcher(text)
                .replaceAll(token -> Matcher.quoteReplacement(open(token.group(1), token.group(2), token.group(3))
                        .map(value -> {
                            opened.accept(token.group(1), Integer.parseInt(token.group(2)));
                            return value;
                        })
                        .orElseGet(token::group)));
    }

    private Optional<String> open(String type, String version, String code) {
        int index = Integer.parseInt(version) - 1;
        byte[] all = Base32.bytes(code);
        if (index < 0 || index >= keys.size() || all.length < NONCE + TAG_BITS / 8) return Optional.empty();
        byte[] nonce = Arrays.copyOf(all, NONCE);
        byte[] sealed = Arrays.copyOfRange(all, NONCE, all.length);
        return seal(Cipher.DECRYPT_MODE, keys.get(index), nonce, bound(type, index + 1), sealed)
                .map(plain -> new String(plain, StandardCharsets.UTF_8));
    }

    private static byte[] bound(String type, int version) {
        return (type + ":" + version).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] nonce(Keys keys, EntityType type, byte[] plain) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(keys.nonce());
            mac.update((type + ":").getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(mac.doFinal(plain), NONCE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256: missing (expected: in every Java runtime)", e);
        }
    }

    /** Seals or opens; empty where what is opened is not what was sealed. */
    private static Optional<byte[]> seal(int mode, Keys keys, byte[] nonce, byte[] bound, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, keys.cipher(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(bound);
            return Optional.of(cipher.doFinal(text));
        } catch (javax.crypto.AEADBadTagException _) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM: missing (expected: in every Java runtime)", e);
        }
    }

    @Override
    public String toString() {
        return "Encryption[" + keys.size() + " keys hidden]";
    }
}
