// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.ort;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The table of functions of one loaded library. Immutable; safe for any thread.
 *
 * <p>A wrong index would call some other function and end the process, so the table is read only after the library has
 * said that it is of the version whose list of names the resource holds.
 */
final class OrtApi {
    /* The list of names was made from the header by src/main/scripts/ort-c-api.awk. */
    private static final int API_VERSION = 29;
    private static final String VERSION_PREFIX = "1." + API_VERSION + ".";
    private static final long POINTER = JAVA_LONG.byteSize();

    /** A function of the table, its arguments spread from an array; for calls that are not made per token. */
    @FunctionalInterface
    public interface Spread {
        /** Calls it; an {@code int} result is widened, void gives 0. */
        long call(long[] arguments);
    }

    /** A function of three arguments that is called per token: no array, no garbage. */
    @FunctionalInterface
    public interface Direct {
        /** Calls it. */
        long call(long first, long second, long third);
    }

    private final String version;
    private final Map<OrtFunction, Spread> functions;
    private final Direct runWithBinding;

    private OrtApi(String version, MemorySegment table, List<String> names) {
        this.version = version;
        Map<OrtFunction, Spread> found = new EnumMap<>(OrtFunction.class);
        for (OrtFunction function : OrtFunction.values()) {
            found.put(function, spread(handle(function, table, names)));
        }
        this.functions = found;
        this.runWithBinding = MethodHandleProxies.asInterfaceInstance(
                Direct.class, handle(OrtFunction.RUN_WITH_BINDING, table, names));
    }

    /**
     * Loads the library for the rest of the process's life: its threads and thread-local destructors do not survive
     * being unloaded.
     *
     * @throws IllegalArgumentException when there is no such library, or it is of another version
     */
    @SuppressWarnings("restricted") // what this package is for
    static OrtApi load(Path library) {
        NoReports.ensure();
        SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
        MemorySegment getBase = symbols.find("OrtGetApiBase")
                .orElseThrow(() -> new IllegalArgumentException(
                        "library: " + library + " (expected: ONNX Runtime, which exports OrtGetApiBase)"));
        long base = spread(downcall(getBase, FunctionDescriptor.of(JAVA_LONG))).call(new long[0]);
        MemorySegment apiBase = MemorySegment.ofAddress(base).reinterpret(2 * POINTER);
        MemorySegment getVersion = MemorySegment.ofAddress(apiBase.getAtIndex(JAVA_LONG, 1));
        String version = text(
                spread(downcall(getVersion, FunctionDescriptor.of(JAVA_LONG))).call(new long[0]));
        if (!version.startsWith(VERSION_PREFIX)) {
            throw new IllegalArgumentException(
                    "ONNX Runtime: version " + version + " (expected: " + VERSION_PREFIX + "*)");
        }
        MemorySegment getApi = MemorySegment.ofAddress(apiBase.getAtIndex(JAVA_LONG, 0));
        long table = spread(downcall(getApi, FunctionDescriptor.of(JAVA_LONG, JAVA_INT)))
                .call(new long[] {API_VERSION});
        List<String> names = names();
        return new OrtApi(version, MemorySegment.ofAddress(table).reinterpret(names.size() * POINTER), names);
    }

    /** What the library says of itself, such as {@code 1.29.0}. */
    String version() {
        return version;
    }

    /** Calls a function that gives something else than a status. */
    long call(OrtFunction function, long... arguments) {
        return spread(function).call(arguments);
    }

    /** Calls a function that gives a status, and throws when it is not OK. */
    void check(OrtFunction function, long... arguments) {
        throwIfFailed(spread(function).call(arguments));
    }

    /** Calls a function whose last argument is where it writes a pointer or size, and returns that. */
    long create(OrtFunction function, long... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            long[] all = Arrays.copyOf(arguments, arguments.length + 1);
            all[arguments.length] = out.address();
            check(function, all);
            return out.get(JAVA_LONG, 0);
        }
    }

    /** Runs a session on what is bound. */
    void run(long session, long options, long binding) {
        throwIfFailed(runWithBinding.call(session, options, binding));
    }

    /** The C string at an address. */
    @SuppressWarnings("restricted")
    static String text(long address) {
        return MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0, StandardCharsets.UTF_8);
    }

    private void throwIfFailed(long status) {
        if (status == 0) {
            return;
        }
        int code = (int) call(OrtFunction.GET_ERROR_CODE, status);
        String message = text(call(OrtFunction.GET_ERROR_MESSAGE, status));
        call(OrtFunction.RELEASE_STATUS, status);
        throw new OrtException(code, message);
    }

    private Spread spread(OrtFunction function) {
        Spread spread = functions.get(function);
        if (spread == null) {
            throw new IllegalStateException("function: " + function + " (expected: one of the table)");
        }
        return spread;
    }

    private static MethodHandle handle(OrtFunction function, MemorySegment table, List<String> names) {
        int index = names.indexOf(function.cName());
        if (index < 0) {
            throw new IllegalStateException("function: " + function.cName() + " (expected: a name of the list)");
        }
        return downcall(MemorySegment.ofAddress(table.getAtIndex(JAVA_LONG, index)), function.descriptor());
    }

    /** The function with every argument and the result as {@code long}. */
    @SuppressWarnings("restricted")
    private static MethodHandle downcall(MemorySegment address, FunctionDescriptor descriptor) {
        MethodHandle handle = Linker.nativeLinker().downcallHandle(address, descriptor);
        MethodType longs = MethodType.methodType(
                long.class, Collections.nCopies(handle.type().parameterCount(), long.class));
        return MethodHandles.explicitCastArguments(handle, longs);
    }

    private static Spread spread(MethodHandle handle) {
        MethodHandle spread = handle.asSpreader(long[].class, handle.type().parameterCount());
        return MethodHandleProxies.asInterfaceInstance(Spread.class, spread);
    }

    private static List<String> names() {
        String resource = "ort-c-api-" + API_VERSION + ".txt";
        try (InputStream in = OrtApi.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource: " + resource + " (expected: beside the class)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
