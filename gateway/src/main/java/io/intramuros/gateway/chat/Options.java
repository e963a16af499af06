// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.chat;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a request says of the way its answer is made.
 *
 * @param known what has a meaning in more than one protocol
 * @param others what only the caller's own protocol knows, or nobody
 */
public record Options(Map<Option, Given> known, List<Given> others) {
    public Options {
        EnumMap<Option, Given> copy = new EnumMap<>(Option.class);
        copy.putAll(known);
        known = Collections.unmodifiableMap(copy);
        others = List.copyOf(others);
    }

    @Override
    public String toString() {
        return "Options" + known.keySet();
    }
}
