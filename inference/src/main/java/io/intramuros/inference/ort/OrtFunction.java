// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.ort;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The functions of ONNX Runtime's C API that the engine calls. A signature is one letter per argument, {@code p} for a
 * pointer or {@code size_t}, {@code i} for an {@code int} or enum, then {@code >} and the result ({@code v} for void).
 */
enum OrtFunction {
    GET_ERROR_CODE("p>i"),
    GET_ERROR_MESSAGE("p>p"),
    RELEASE_STATUS("p>v"),
    CREATE_ENV("ipp>p"),
    RELEASE_ENV("p>v"),
    DISABLE_TELEMETRY_EVENTS("p>p"),
    CREATE_SESSION_OPTIONS("p>p"),
    SET_INTRA_OP_NUM_THREADS("pi>p"),
    SET_INTER_OP_NUM_THREADS("pi>p"),
    DISABLE_MEM_PATTERN("p>p"),
    ADD_SESSION_CONFIG_ENTRY("ppp>p"),
    RELEASE_SESSION_OPTIONS("p>v"),
    CREATE_SESSION("pppp>p"),
    CREATE_SESSION_FROM_ARRAY("ppppp>p"),
    SESSION_GET_INPUT_COUNT("pp>p"),
    SESSION_GET_OUTPUT_COUNT("pp>p"),
    SESSION_GET_INPUT_NAME("pppp>p"),
    SESSION_GET_OUTPUT_NAME("pppp>p"),
    RELEASE_SESSION("p>v"),
    GET_ALLOCATOR_WITH_DEFAULT_OPTIONS("p>p"),
    ALLOCATOR_FREE("pp>p"),
    CREATE_CPU_MEMORY_INFO("iip>p"),
    RELEASE_MEMORY_INFO("p>v"),
    CREATE_TENSOR_WITH_DATA_AS_ORT_VALUE("pppppip>p"),
    RELEASE_VALUE("p>v"),
    CREATE_RUN_OPTIONS("p>p"),
    RUN_OPTIONS_SET_TERMINATE("p>p"),
    RUN_OPTIONS_UNSET_TERMINATE("p>p"),
    RELEASE_RUN_OPTIONS("p>v"),
    CREATE_IO_BINDING("pp>p"),
    BIND_INPUT("ppp>p"),
    BIND_OUTPUT("ppp>p"),
    RUN_WITH_BINDING("ppp>p"),
    RELEASE_IO_BINDING("p>v");

    private final String signature;

    OrtFunction(String signature) {
        this.signature = signature;
    }

    /** The name in the C header: {@code CREATE_ENV} is {@code CreateEnv}. */
    String cName() {
        return Arrays.stream(name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /** How the function is called; pointers travel as {@code long}, because address objects would be garbage. */
    FunctionDescriptor descriptor() {
        int arrow = signature.indexOf('>');
        MemoryLayout[] arguments = signature
                .substring(0, arrow)
                .chars()
                .mapToObj(OrtFunction::layout)
                .toArray(MemoryLayout[]::new);
        char result = signature.charAt(arrow + 1);
        return result == 'v' ? FunctionDescriptor.ofVoid(arguments) : FunctionDescriptor.of(layout(result), arguments);
    }

    private static MemoryLayout layout(int letter) {
        return letter == 'i' ? JAVA_INT : JAVA_LONG;
    }
}
