// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.grammar;

/**
 * How calls of tools are written.
 *
 * @param open the mark before a call, or before a list of them
 * @param close the mark behind it; empty where none is needed
 * @param layout what stands between
 * @param argumentsKey the key of a call's arguments, where it is a JSON object
 */
public record CallForm(String open, String close, Layout layout, String argumentsKey) {
    /** What stands between the marks. */
    public enum Layout {
        /** One JSON object for each pair of marks. */
        OBJECT,
        /** A JSON list of objects. */
        LIST,
        /** The name, {@code [ARGS]}, and the arguments as a JSON object. */
        NAMED,
        /** {@code <function=f>} and a {@code <parameter=p>} for each argument, text as it is and all else as JSON. */
        PARAMETERS,
        /** One JSON object, which the mark may precede or not. */
        BARE
    }
}
