// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import java.util.ArrayList;
import java.util.List;

/** Cuts texts. */
final class Pieces {
    private Pieces() {}

    static List<String> of(String text, int size) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < text.length(); i += size) pieces.add(text.substring(i, Math.min(text.length(), i + size)));
        return pieces;
    }
}
