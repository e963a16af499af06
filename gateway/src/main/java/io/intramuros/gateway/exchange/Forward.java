// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

import tools.jackson.databind.node.ObjectNode;

/**
 * What a kind of node gets.
 *
 * @param path at the node
 * @param accept the media type of the answer that is asked for
 * @param body all of it but the model's name, which each replica has its own
 * @param answers how what comes back is read
 */
public record Forward(String path, String accept, ObjectNode body, Answers answers) {
    @Override
    public String toString() {
        return "Forward[" + path + "]";
    }
}
