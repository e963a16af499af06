// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys of people, one each, outside the log: what a record says of a person is sealed with theirs (AES-256-GCM), and to
 * erase a person is to destroy the key. The log and its proofs stay as they are. Each key is wrapped with one of the
 * tenant's, and neither a file nor a name says who it is. Backups of this folder keep keys alive: they need an end.
 */
public final class SubjectKeys {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Path folder;
    private final byte[] master;
    private final SecureRandom chance;
    private final TileFiles files;

    /**
     * Opens a folder of keys.
     *
     * @param master 32 bytes, from which the tenants' keys are derived
     */
    public SubjectKeys(Path folder, byte[] master, SecureRandom chance) {
        if (master.length != KEY_BYTES)
            throw new IllegalArgumentException("master: " + master.length + " bytes (expected: 32)");
        this.folder = folder;
        this.master = master.clone();
        this.chance = chance;
        this.files = new TileFiles(folder, Disk.REAL);
    }

    /** What stands for a person in records: it says nothing to whoever has no key of the tenant. */
    public String pseudonym(String team, String subject) {
        byte[] whole = mac(mac(master, "pseudonym\n" + team), subject);
        return HexFormat.of().formatHex(whole, 0, 16);
    }

    /**
     * Seals a text.
     *
     * @param place where it will stand, as the request's id and the field's name: it opens nowhere else
     */
    public synchronized String seal(String team, String pseudonym, String place, String text) throws IOException {
        byte[] sealed = crypt(
                Cipher.ENCRYPT_MODE, key(team, pseudonym, true), nonce(), place, text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(sealed);
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @throws IOException if the person is erased, or it was not sealed for this place
     */
    public synchronized String open(String team, String pseudonym, String place, String sealed) throws IOException {
        byte[] bytes = Base64.getDecoder().decode(sealed);
        byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
        byte[] rest = Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length);
        byte[] open = crypt(Cipher.DECRYPT_MODE, key(team, pseudonym, false), nonce, place, rest);
        return new String(open, StandardCharsets.UTF_8);
    }

    /** Whether a person has a key. */
    public boolean has(String team, String pseudonym) {
        return Files.exists(file(team, pseudonym));
    }

    /**
     * Destroys a person's key, durably, and gives the record that certifies it. Sealed texts are then crypto-shredded, which
     * is less than anonymous: counts and times stay.
     *
     * @param actor who asked for it
     * @throws IOException if there is none, or it cannot be destroyed
     */
    public synchronized AuditRecord erase(String team, String pseudonym, String actor) throws IOException {
        Path file = file(team, pseudonym);
        byte[] wrapped = Files.readAllBytes(file);
        Files.write(file, new byte[wrapped.length]);
        Disk.REAL.delete(file);
        Path above = file.getParent();
        Disk.REAL.forceFolder(above == null ? folder : above);
        return AuditRecord.of("erasure.completed")
                .team(team)
                .actor(actor)
                .with("subject", pseudonym)
                .with("key_commitment", HexFormat.of().formatHex(Hashes.sha256().digest(wrapped)))
                .with("method", "the key that sealed the fields was destroyed")
                .build();
    }

    private Path file(String team, String pseudonym) {
        if (!pseudonym.matches("[0-9a-f]{32}"))
            throw new IllegalArgumentException("pseudonym: none (expected: 32 hexadecimal digits)");
        String tenant = HexFormat.of().formatHex(mac(master, "folder\n" + team), 0, 16);
        return folder.resolve(tenant).resolve(pseudonym + ".key");
    }

    private byte[] key(String team, String pseudonym, boolean make) throws IOException {
        Path file = file(team, pseudonym);
        byte[] wrapping = mac(master, "wrap\n" + team);
        if (Files.exists(file)) {
            byte[] wrapped = Files.readAllBytes(file);
            byte[] nonce = Arrays.copyOf(wrapped, NONCE_BYTES);
            byte[] rest = Arrays.copyOfRange(wrapped, NONCE_BYTES, wrapped.length);
            return crypt(Cipher.DECRYPT_MODE, wrapping, nonce, pseudonym, rest);
        }
        if (!make) throw new IOException("subject: erased (expected: one whose key is kept)");
        byte[] key = new byte[KEY_BYTES];
        chance.nextBytes(key);
        files.write(folder.relativize(file).toString(), crypt(Cipher.ENCRYPT_MODE, wrapping, nonce(), pseudonym, key));
        return key;
    }

    private byte[] nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        chance.nextBytes(nonce);
        return nonce;
    }

    /** Encrypts to nonce and ciphertext, or decrypts. */
    private static byte[] crypt(int mode, byte[] key, byte[] nonce, String place, byte[] text) throws IOException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            byte[] result = cipher.doFinal(text);
            if (mode == Cipher.DECRYPT_MODE) return result;
            return ByteBuffer.allocate(nonce.length + result.length)
                    .put(nonce)
                    .put(result)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IOException("subject: does not open (expected: sealed for this place, with this master key)", e);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256: not to be had (expected: in every JDK)", e);
        }
    }

    @Override
    public String toString() {
        return "SubjectKeys[" + folder + "]";
    }
}
