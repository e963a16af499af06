// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import java.util.Collection;
import java.util.regex.Pattern;

/** The form of names in resources. */
final class Names {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}");

    private Names() {}

    static void requireName(String key, String name) {
        if (!NAME.matcher(name).matches())
            throw new IllegalArgumentException(key + ": \"" + name + "\" (expected: " + NAME + ")");
    }

    static void requireNames(String key, Collection<String> names) {
        names.forEach(name -> requireName(key, name));
    }

    static void requireModel(String key, String name) {
        if (!MODEL.matcher(name).matches())
            throw new IllegalArgumentException(key + ": \"" + name + "\" (expected: " + MODEL + ")");
    }
}
