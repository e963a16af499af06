// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

import java.util.regex.Pattern;

/** What YAML 1.2's core schema makes of a value without quotes. */
final class PlainScalar {
    static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,19}");
    static final Pattern NUMBER = Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
    private static final Pattern OTHER_NUMBER =
            Pattern.compile("0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
    private static final Pattern TRUTH = Pattern.compile("true|True|TRUE|false|False|FALSE");

    private PlainScalar() {}

    static String kindOf(String text) {
        if (TRUTH.matcher(text).matches()) return "a truth value";
        boolean number =
                NUMBER.matcher(text).matches() || OTHER_NUMBER.matcher(text).matches();
        return number ? "a number" : "text";
    }
}
