// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the new text of one slot, finding by finding in the order of the text. */
final class Rewriting {
    private final View view;
    private final StringBuilder text = new StringBuilder();
    private final List<Applied> applied = new ArrayList<>();
    private int from;

    Rewriting(View view) {
        this.view = view;
    }

    /** Replaces what {@code finding} (in the view) covers, or leaves it where {@code replacement} is null. */
    void apply(Finding finding, Action action, @Nullable String replacement) {
        Finding raw = view.raw(finding);
        applied.add(Applied.of(raw, action, replacement));
        if (replacement == null) return;
        // A JSON number that loses its digits goes on as a string.
        int[] number = view.numberAround(finding);
        if (number == null) {
            append(raw.start(), view.written(replacement), raw.end());
        } else {
            append(number[0], '"' + view.written(replacement) + '"', number[1]);
        }
    }

    private void append(int start, String replacement, int end) {
        if (start < from) return; // a second find in a number that is gone already
        text.append(view.slot(), from, start).append(replacement);
        from = end;
    }

    RedactedSlot done() {
        return new RedactedSlot(text.append(view.slot().substring(from)).toString(), applied);
    }
}
