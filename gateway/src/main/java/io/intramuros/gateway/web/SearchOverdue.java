// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

/** A piece of an answer is searched for longer than allowed. */
final class SearchOverdue extends RuntimeException {
    private static final long serialVersionUID = 1;

    SearchOverdue() {
        super("search: took too long");
    }
}
