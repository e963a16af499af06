// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import org.jspecify.annotations.Nullable;

/**
 * What a start says when it serves.
 *
 * @param scheme {@code http} or {@code https}
 * @param host that both planes listen on
 * @param model what the example asks for; empty where there is no model yet
 * @param key the first key, in clear, where this start made it
 * @param adminToken the admin token
 * @param showToken whether this start made the token
 * @param note one more line, or null
 */
record ReadyBlock(
        String scheme,
        String host,
        int port,
        int adminPort,
        String model,
        @Nullable String key,
        String adminToken,
        boolean showToken,
        @Nullable String note) {

    String text() {
        String address = scheme + "://" + host + ":" + port;
        StringBuilder block = new StringBuilder("\nIntramuros is ready.\n\n");
        line(block, "address", address + "/v1");
        line(block, "admin", scheme + "://" + host + ":" + adminPort);
        if (showToken) line(block, "admin token", adminToken + "   (kept in DATA/admin-token)");
        if (key != null) line(block, "first key", key + "   (shown once, never stored in clear)");
        if (note != null) line(block, "note", note);
        if (!model.isEmpty()) {
            block.append("\n  curl -N ").append(address).append("/v1/chat/completions \\\n");
            block.append("    -H 'Authorization: Bearer ")
                    .append(key == null ? "YOUR_KEY" : key)
                    .append("' -H 'Content-Type: application/json' \\\n");
            block.append("    -d '{\"model\": \"")
                    .append(model)
                    .append("\", \"stream\": true, \"messages\": [{\"role\": \"user\", ");
            block.append("\"content\": \"What is the capital of Germany?\"}]}'\n");
        }
        return block.append('\n').toString();
    }

    @Override
    public String toString() {
        return "ReadyBlock[" + port + ", " + adminPort + "]";
    }

    private static void line(StringBuilder block, String name, String value) {
        block.append("  ")
                .append(name)
                .append(" ".repeat(13 - name.length()))
                .append(value)
                .append('\n');
    }
}
