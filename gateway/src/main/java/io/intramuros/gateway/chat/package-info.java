// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** What is asked of a model and what it answers, in no protocol's words: the form between dialects and kinds of nodes. */
@NullMarked
package io.intramuros.gateway.chat;

import org.jspecify.annotations.NullMarked;
