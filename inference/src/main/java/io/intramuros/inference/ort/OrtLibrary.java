// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.ort;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** Finds ONNX Runtime's native library: the one that we carry, or one in a folder of the operator's. */
public final class OrtLibrary {
    private static final Map<String, String> PLATFORMS = Map.of(
            "linux-amd64", "linux-x64",
            "linux-x86_64", "linux-x64",
            "linux-aarch64", "linux-aarch64",
            "mac-aarch64", "osx-aarch64",
            "windows-amd64", "win-x64");

    private OrtLibrary() {}

    /**
     * The library that we carry, unpacked into the user's cache folder.
     *
     * @throws IOException when it cannot be unpacked
     * @throws UnsupportedOperationException when we carry none for this system
     */
    public static Path bundled() throws IOException {
        return bundled(userCache().resolve("intramuros").resolve("onnxruntime"));
    }

    /**
     * The library that we carry, unpacked once below a folder, under its SHA-256; a file that is there already is used
     * only if it has that digest.
     *
     * @throws IOException when it cannot be unpacked
     * @throws UnsupportedOperationException when we carry none for this system
     */
    public static Path bundled(Path cache) throws IOException {
        String platform = platform();
        String resource = "/ai/onnxruntime/native/" + platform + "/" + fileName();
        String digest;
        try (InputStream in = open(resource)) {
            digest = sha256(in);
        }
        Path file = cache.resolve(digest).resolve(fileName());
        if (!isIntact(file, digest)) {
            unpack(resource, file);
        }
        return file;
    }

    /**
     * The library in a folder, with the providers that lie beside it.
     *
     * @throws IllegalArgumentException when the folder holds none
     */
    public static Path external(Path folder) {
        Path file = folder.resolve(fileName());
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "ONNX Runtime folder: " + folder + " (expected: with " + fileName() + ")");
        }
        return file.toAbsolutePath();
    }

    private static void unpack(String resource, Path file) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = Files.createTempFile(folder, "unpack", ".part");
        try {
            try (InputStream in = open(resource)) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static boolean isIntact(Path file, String digest) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return sha256(in).equals(digest);
        }
    }

    private static InputStream open(String resource) {
        InputStream in = OrtLibrary.class.getResourceAsStream(resource);
        if (in == null) {
            throw new UnsupportedOperationException("resource: " + resource
                    + " (expected: on the class path, from com.microsoft.onnxruntime:onnxruntime)");
        }
        return in;
    }

    private static String sha256(InputStream in) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String platform() {
        String system = systemName() + "-" + System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String platform = PLATFORMS.get(system);
        if (platform == null) {
            throw new UnsupportedOperationException("system: " + system + " (expected: one of " + PLATFORMS.keySet()
                    + ", or a folder with ONNX Runtime for it)");
        }
        return platform;
    }

    private static String fileName() {
        return switch (systemName()) {
            case "windows" -> "onnxruntime.dll";
            case "mac" -> "libonnxruntime.dylib";
            default -> "libonnxruntime.so";
        };
    }

    private static String systemName() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "mac" : name;
    }

    private static Path userCache() {
        Path home = Path.of(System.getProperty("user.home", "."));
        return switch (systemName()) {
            case "windows" -> home.resolve("AppData").resolve("Local");
            case "mac" -> home.resolve("Library").resolve("Caches");
            default -> {
                String cache = System.getenv("XDG_CACHE_HOME");
                yield cache == null || cache.isBlank() ? home.resolve(".cache") : Path.of(cache);
            }
        };
    }
}
