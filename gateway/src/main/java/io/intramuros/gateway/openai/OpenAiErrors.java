// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Refusal;
import tools.jackson.databind.node.ObjectNode;

/** Errors as the OpenAI API writes them: {@code {"error":{"message","type","param","code","request_id"}}}. */
final class OpenAiErrors {
    private OpenAiErrors() {}

    /** The error's object. */
    static ObjectNode tree(Refusal refusal, String requestId) {
        ObjectNode root = StrictJson.object();
        ObjectNode error = root.putObject("error");
        error.put("message", refusal.message() + " (request " + requestId + ")");
        error.put("type", type(refusal.code()));
        error.put("param", refusal.param());
        error.put("code", refusal.code().code());
        error.put("request_id", requestId);
        return root;
    }

    private static String type(ErrorCode code) {
        return switch (code.status()) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> code == ErrorCode.INSUFFICIENT_QUOTA ? "insufficient_quota" : "rate_limit_error";
            case 500, 502, 503, 504 -> "server_error";
            default -> "invalid_request_error";
        };
    }
}
