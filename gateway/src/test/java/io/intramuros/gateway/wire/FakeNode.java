// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import java.util.List;

/** A node of one kind, by hand: what it understands of a chat, and how it writes what it answers. */
interface FakeNode {
    /** The kind's name in resources. */
    String type();

    /** The path of its chats. */
    String path();

    /** The texts of the user's turns that it was sent. */
    String userText(String body);

    /** The most tokens that it was told to answer with. */
    int cap(String body);

    /** A whole answer. */
    String whole(Script script);

    /** A stream. */
    String stream(Script script);

    /** The media type of its streams. */
    String streamType();

    /**
     * What it answers.
     *
     * @param pieces of what it says, in a stream each on its own
     * @param arguments of a call of the tool {@code lookup}; empty for no call
     */
    record Script(String thinking, List<String> pieces, String arguments, boolean cut, int in, int out) {
        static Script of(String text) {
            return new Script("", List.of(text), "", false, 11, 7);
        }

        Script pieces(int size) {
            return new Script(thinking, Pieces.of(String.join("", pieces), size), arguments, cut, in, out);
        }

        Script calling(String json) {
            return new Script(thinking, pieces, json, cut, in, out);
        }

        Script thinking(String thought) {
            return new Script(thought, pieces, arguments, cut, in, out);
        }

        Script cutShort() {
            return new Script(thinking, pieces, arguments, true, in, out);
        }
    }
}
