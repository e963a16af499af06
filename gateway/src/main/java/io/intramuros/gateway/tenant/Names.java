// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.util.regex.Pattern;

/** The names of teams and projects. */
final class Names {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final int MAX_NAME = 200;

    private Names() {}

    static String id(String what, String id) {
        if (!ID.matcher(id).matches())
            throw new IllegalArgumentException(
                    what + ": not an id (expected: 1 to 40 of a-z, 0-9 and -, beginning with a letter or digit)");
        return id;
    }

    static String name(String what, String name) {
        if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl))
            throw new IllegalArgumentException(what + ": not a name (expected: 1 to 200 characters, none of control)");
        return name;
    }
}
