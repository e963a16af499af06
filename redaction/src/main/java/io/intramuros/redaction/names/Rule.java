// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

/** One way of finding names on a page; holds no state. */
interface Rule {
    void find(Page page, Finds finds);
}
