// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

/** What an administrator is told where a call fails, with its HTTP status and stable code. */
final class AdminError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    AdminError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static AdminError invalid(String message) {
        return new AdminError(400, "invalid_request", message);
    }

    static AdminError missing(String message) {
        return new AdminError(404, "not_found", message);
    }

    static AdminError nothingHere() {
        return missing("There is nothing at this path; the API is described at /admin/v1/openapi.json.");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    String type() {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 409 -> "conflict_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }
}
