// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.ort;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** A loaded ONNX Runtime and its environment. Safe for any thread; close it after all that came from it. */
public final class OrtRuntime implements AutoCloseable {
    private static final int LOG_ERRORS = 3;
    private static final int DEVICE_ALLOCATOR = 0;
    private static final int DEFAULT_MEMORY = 0;

    private final OrtApi api;
    private final OrtHandle environment;
    private final OrtHandle memoryInfo;

    private OrtRuntime(OrtApi api) {
        this.api = api;
        try (Arena arena = Arena.ofConfined()) {
            long name = arena.allocateFrom("intramuros").address();
            this.environment =
                    new OrtHandle(api, OrtFunction.RELEASE_ENV, api.create(OrtFunction.CREATE_ENV, LOG_ERRORS, name));
        }
        api.check(OrtFunction.DISABLE_TELEMETRY_EVENTS, environment.address());
        this.memoryInfo = new OrtHandle(
                api,
                OrtFunction.RELEASE_MEMORY_INFO,
                api.create(OrtFunction.CREATE_CPU_MEMORY_INFO, DEVICE_ALLOCATOR, DEFAULT_MEMORY));
    }

    /**
     * Loads ONNX Runtime; the same library may be opened any number of times.
     *
     * @param library the file, from {@link OrtLibrary}
     * @throws IllegalArgumentException when it is not there, or not of the version that we know
     */
    public static OrtRuntime open(Path library) {
        return new OrtRuntime(OrtApi.load(library));
    }

    /** The library's version, such as {@code 1.29.0}. */
    public String version() {
        return api.version();
    }

    /**
     * Loads a model from its file; weights outside it are looked for beside it.
     *
     * @throws OrtException when the file is not there, or not a model that this version runs
     */
    public OrtSession load(Path model, SessionSettings settings) {
        try (Arena arena = Arena.ofConfined()) {
            Charset charset = System.getProperty("os.name", "").startsWith("Windows")
                    ? StandardCharsets.UTF_16LE
                    : StandardCharsets.UTF_8;
            long path = arena.allocateFrom(model.toString(), charset).address();
            return session(
                    settings, options -> api.create(OrtFunction.CREATE_SESSION, environment.address(), path, options));
        }
    }

    /**
     * Loads a model from bytes, which may be freed afterwards.
     *
     * @throws OrtException when they are not a model that this version runs
     */
    public OrtSession load(byte[] model, SessionSettings settings) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(model.length, 64);
            MemorySegment.copy(model, 0, bytes, ValueLayout.JAVA_BYTE, 0, model.length);
            return session(
                    settings,
                    options -> api.create(
                            OrtFunction.CREATE_SESSION_FROM_ARRAY,
                            environment.address(),
                            bytes.address(),
                            model.length,
                            options));
        }
    }

    /** A tensor over native memory; see {@link OrtTensor} for how long the memory must live. */
    public OrtTensor tensor(ElementType type, MemorySegment data, long... shape) {
        return new OrtTensor(api, memoryInfo.address(), type, data, shape);
    }

    /** A switch to end runs with. */
    public OrtRun run() {
        return new OrtRun(api);
    }

    @Override
    public void close() {
        memoryInfo.close();
        environment.close();
    }

    private OrtSession session(SessionSettings settings, LongUnaryOperator create) {
        long options = api.create(OrtFunction.CREATE_SESSION_OPTIONS);
        try (Arena arena = Arena.ofConfined()) {
            api.check(OrtFunction.SET_INTRA_OP_NUM_THREADS, options, settings.threads());
            api.check(OrtFunction.SET_INTER_OP_NUM_THREADS, options, 1);
            // Patterns are kept per shape, and prompts have every length.
            api.check(OrtFunction.DISABLE_MEM_PATTERN, options);
            Map<String, String> config = new HashMap<>(SessionSettings.DEFAULTS);
            config.putAll(settings.config());
            config.forEach((key, value) -> api.check(
                    OrtFunction.ADD_SESSION_CONFIG_ENTRY,
                    options,
                    arena.allocateFrom(key).address(),
                    arena.allocateFrom(value).address()));
            return new OrtSession(api, create.applyAsLong(options));
        } finally {
            api.call(OrtFunction.RELEASE_SESSION_OPTIONS, options);
        }
    }
}
