// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.gguf;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the weights of a tensor are stored: {@code ggml_type} of ggml.h, those still in use. */
public enum GgmlType {
    /** 32-bit float. */
    F32(0, 1, 4),
    /** 16-bit IEEE float. */
    F16(1, 1, 2),
    /** {@code d(q - 8)}, 4 bits. */
    Q4_0(2, 32, 18),
    /** {@code d·q + m}, 4 bits. */
    Q4_1(3, 32, 20),
    /** {@code d(q - 16)}, 5 bits. */
    Q5_0(6, 32, 22),
    /** {@code d·q + m}, 5 bits. */
    Q5_1(7, 32, 24),
    /** {@code d·q}, 8 bits, signed. */
    Q8_0(8, 32, 34),
    /** Only inside ggml's dot products. */
    Q8_1(9, 32, 36),
    /** 2 bits, K-quant. */
    Q2_K(10, 256, 84),
    /** 3 bits, K-quant. */
    Q3_K(11, 256, 110),
    /** {@code d·s·q - dmin·m}, 4 bits, K-quant. */
    Q4_K(12, 256, 144),
    /** {@code d·s·q - dmin·m}, 5 bits, K-quant. */
    Q5_K(13, 256, 176),
    /** {@code d·s(q - 32)}, 6 bits, K-quant. */
    Q6_K(14, 256, 210),
    /** Only inside ggml's dot products. */
    Q8_K(15, 256, 292),
    /** 2 bits by code book. */
    IQ2_XXS(16, 256, 66),
    /** 2 bits by code book. */
    IQ2_XS(17, 256, 74),
    /** 3 bits by code book. */
    IQ3_XXS(18, 256, 98),
    /** 1 bit by code book. */
    IQ1_S(19, 256, 50),
    /** 4 bits, not linear. */
    IQ4_NL(20, 32, 18),
    /** 3 bits by code book. */
    IQ3_S(21, 256, 110),
    /** 2 bits by code book. */
    IQ2_S(22, 256, 82),
    /** 4 bits, not linear. */
    IQ4_XS(23, 256, 136),
    /** 8-bit integer. */
    I8(24, 1, 1),
    /** 16-bit integer. */
    I16(25, 1, 2),
    /** 32-bit integer. */
    I32(26, 1, 4),
    /** 64-bit integer. */
    I64(27, 1, 8),
    /** 64-bit float. */
    F64(28, 1, 8),
    /** 1 bit by code book. */
    IQ1_M(29, 256, 56),
    /** The upper half of a 32-bit float. */
    BF16(30, 1, 2),
    /** Ternary. */
    TQ1_0(34, 256, 54),
    /** Ternary. */
    TQ2_0(35, 256, 66),
    /** 4-bit floats with a shared exponent. */
    MXFP4(39, 32, 17);

    private static final Map<Integer, GgmlType> BY_CODE =
            Stream.of(values()).collect(Collectors.toMap(type -> type.code, Function.identity()));

    private final int code;
    private final int weights;
    private final int bytes;

    GgmlType(int code, int weights, int bytes) {
        this.code = code;
        this.weights = weights;
        this.bytes = bytes;
    }

    /** The type with ggml's number. */
    static Optional<GgmlType> of(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** ggml's number for it. */
    public int code() {
        return code;
    }

    /** Weights per block. */
    public int blockWeights() {
        return weights;
    }

    /** Bytes per block. */
    public int blockBytes() {
        return bytes;
    }
}
