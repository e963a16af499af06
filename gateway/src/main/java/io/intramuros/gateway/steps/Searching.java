// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.conversation.FindingsCache;
import java.time.Duration;

/**
 * How texts are searched for personal data.
 *
 * @param whole with every detector
 * @param patterns with those that need no model
 * @param cache what was found in texts that come again
 * @param permits how many exchanges are searched at once, at least 1
 * @param limit how long one may be searched
 */
public record Searching(Redactor whole, Redactor patterns, FindingsCache cache, int permits, Duration limit) {
    @Override
    public String toString() {
        return "Searching[" + permits + " at once, " + limit + "]";
    }
}
