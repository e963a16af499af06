// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

/** Why a request is answered with an error: the HTTP status and the stable code of each reason. The single place with both. */
public enum ErrorCode {
    INVALID_JSON(400, "invalid_json"),
    INVALID_REQUEST(400, "invalid_request"),
    CONTEXT_LENGTH_EXCEEDED(400, "context_length_exceeded"),
    INVALID_API_KEY(401, "invalid_api_key"),
    MODEL_NOT_ALLOWED(403, "model_not_allowed"),
    POLICY_BLOCKED(403, "policy_blocked"),
    MANAGED_CENTRALLY(403, "managed_centrally"),
    NOT_FOUND(404, "not_found"),
    MODEL_NOT_FOUND(404, "model_not_found"),
    METHOD_NOT_ALLOWED(405, "method_not_allowed"),
    REQUEST_TIMEOUT(408, "request_timeout"),
    REQUEST_TOO_LARGE(413, "request_too_large"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported_media_type"),
    RATE_LIMIT_EXCEEDED(429, "rate_limit_exceeded"),
    INSUFFICIENT_QUOTA(429, "insufficient_quota"),
    INTERNAL(500, "internal_error"),
    NODE_FAILED(502, "node_failed"),
    NO_NODE(503, "no_node"),
    OVERLOADED(503, "overloaded"),
    AUDIT_UNAVAILABLE(503, "audit_unavailable"),
    QUOTA_UNAVAILABLE(503, "quota_unavailable"),
    REDACTION_FAILED(503, "redaction_failed"),
    KEYS_UNAVAILABLE(503, "keys_unavailable"),
    NODE_TIMEOUT(504, "node_timeout");

    private final int status;
    private final String code;

    ErrorCode(int status, String code) {
        this.status = status;
        this.code = code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The code as callers see it; stable. */
    public String code() {
        return code;
    }
}
