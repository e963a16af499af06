// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.anthropic;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.Dialect;
import io.intramuros.gateway.exchange.Endpoint;
import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The dialect {@code anthropic}. Any {@code anthropic-version} counts: what differs between them is not served here. */
public final class Anthropic implements Dialect {
    private static final String QUOTA = "x-ratelimit-";

    @Override
    public String name() {
        return "anthropic";
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(new MessagesEndpoint(this), new CountTokensEndpoint(this));
    }

    @Override
    public byte[] aliveSign() {
        return "event: ping\ndata: {\"type\":\"ping\"}\n\n".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] error(Refusal refusal, String requestId) {
        return StrictJson.write(tree(refusal, requestId));
    }

    static ObjectNode tree(Refusal refusal, String requestId) {
        ObjectNode root = StrictJson.object().put("type", "error");
        root.putObject("error")
                .put("type", type(refusal.code()))
                .put("message", refusal.message() + " (" + refusal.code().code() + ")");
        root.put("request_id", requestId);
        return root;
    }

    private static String type(ErrorCode code) {
        return switch (code.status()) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 500, 502 -> "api_error";
            case 503 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> "invalid_request_error";
        };
    }

    /** {@code anthropic-ratelimit-requests-remaining} and the like; a reset is an instant here, not a time to wait. */
    @Override
    public Map<String, String> headers(Map<String, String> headers, String requestId, Instant now) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("request-id", requestId);
        headers.forEach((name, value) -> {
            if (!name.startsWith(QUOTA)) {
                own.put(name, value);
                return;
            }
            String[] words = name.substring(QUOTA.length()).split("-", 2);
            String written =
                    words[0].equals("reset") ? now.plus(Resets.read(value)).toString() : value;
            own.put("anthropic-ratelimit-" + words[1] + "-" + words[0], written);
        });
        return own;
    }
}
