// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.chat;

/** What is asked of a model, in no protocol's words. */
public sealed interface Ask permits Chat, Completion, Embedding, Rerank {}
