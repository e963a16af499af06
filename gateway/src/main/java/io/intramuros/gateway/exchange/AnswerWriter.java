// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

import io.intramuros.gateway.chat.ChatEvent;
import io.intramuros.gateway.chat.Tokens;
import java.io.ByteArrayOutputStream;

/** Writes one answer's events as a stream of a dialect. One stream, one thread at a time. */
public interface AnswerWriter {
    /** Writes what comes of an event now; often at once, sometimes with a later one. */
    void event(ChatEvent event, ByteArrayOutputStream out);

    /** Writes the end of a stream that went well. */
    void done(Tokens tokens, ByteArrayOutputStream out);

    /** Writes the end of one that did not. */
    void failed(Refusal refusal, ByteArrayOutputStream out);
}
