// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.util.List;

/**
 * What a start found.
 *
 * @param bytesCut what stood after the last commit and was never acknowledged
 * @param orphans the ids of requests that were running when the last process ended
 */
public record Recovery(long bytesCut, List<String> orphans) {
    public Recovery {
        orphans = List.copyOf(orphans);
    }
}
