// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.chat;

import java.util.List;
import java.util.OptionalInt;

/**
 * Documents to put in the order of what they say to a query.
 *
 * @param top how many to give back; empty for all
 */
public record Rerank(String query, List<String> documents, OptionalInt top) implements Ask {
    public Rerank {
        documents = List.copyOf(documents);
    }

    @Override
    public String toString() {
        return "Rerank[" + documents.size() + " documents]";
    }
}
