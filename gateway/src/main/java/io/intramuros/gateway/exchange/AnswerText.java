// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

/**
 * One text of an answer on its way to the caller: what comes in by pieces goes out restored and screened, some of it
 * later than it came. One text, one thread at a time.
 */
public interface AnswerText {
    /** Takes a piece, and gives what may go out now; often less than the piece, sometimes nothing. */
    String accept(String piece);

    /** Gives what was held back. */
    String finish();

    /** Makes the filters of an exchange's answer. */
    interface Filters {
        /** A new filter for a text that stands in {@code form}. */
        AnswerText open(TextSlot.Form form);

        /** Whether texts are searched, which costs time, and not only restored. */
        default boolean isSearching() {
            return true;
        }

        /** A whole text at once. */
        default String whole(TextSlot.Form form, String text) {
            AnswerText filter = open(form);
            return filter.accept(text) + filter.finish();
        }
    }
}
