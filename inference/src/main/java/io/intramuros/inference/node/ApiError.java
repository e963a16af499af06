// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import java.time.Duration;
import java.util.Optional;

/**
 * An answer that says no, in OpenAI's terms.
 *
 * @param status the HTTP status
 * @param type OpenAI's kind of error, such as {@code invalid_request_error}
 * @param code the stable code that programs look at
 * @param param the field at fault, as a path, where there is one
 * @param message what happened and what to do; never the caller's text
 * @param retryAfter when to try again, where that may help
 */
record ApiError(
        int status, String type, String code, Optional<String> param, String message, Optional<Duration> retryAfter) {
    private static final String INVALID = "invalid_request_error";
    private static final Duration SOON = Duration.ofSeconds(1);

    /** One that trying again does not help against, or a server's that it may. */
    ApiError(int status, String type, String code, Optional<String> param, String message) {
        this(status, type, code, param, message, status == 503 ? Optional.of(SOON) : Optional.empty());
    }

    /** A field that is missing, of the wrong kind, or out of range. */
    static ApiError field(String param, String message) {
        return new ApiError(400, INVALID, "invalid_request", Optional.of(param), param + ": " + message);
    }

    /** A setting out of its range, by an exception whose message names it, its number and the range. */
    static ApiError range(IllegalArgumentException e) {
        String[] parts = String.valueOf(e.getMessage()).split(": ", 2);
        return field(parts[0], parts[parts.length - 1]);
    }

    /** A field that asks for what this node cannot do. */
    static ApiError unsupported(String param, String message) {
        return new ApiError(400, INVALID, "unsupported", Optional.of(param), param + ": " + message);
    }

    /** A field that asks for tools of a model that cannot use them. */
    static ApiError noTools(String param, String message) {
        return new ApiError(400, INVALID, "tools_unsupported", Optional.of(param), param + ": " + message);
    }

    /** A body that is no JSON. */
    static ApiError json(String message) {
        return new ApiError(400, INVALID, "invalid_json", Optional.empty(), message);
    }

    /** A conversation that the model's own template refuses, or cannot write. */
    static ApiError template(String reason) {
        String message = "The model's chat template does not take this conversation: " + reason;
        return new ApiError(400, INVALID, "invalid_request", Optional.of("messages"), message);
    }

    /** A prompt that does not fit. */
    static ApiError tooLong(int context, int tokens) {
        String message = "This model's context is " + context + " tokens; the prompt has " + tokens
                + " or more, and one more is needed for an answer. Shorten the prompt.";
        return new ApiError(400, INVALID, "context_length_exceeded", Optional.of("messages"), message);
    }

    /** A text that an embedding model cannot see whole. */
    static ApiError inputTooLong(int index, int most, int tokens) {
        String message = "This model takes texts of " + most + " tokens; the text has " + tokens + ". Cut it in parts.";
        return new ApiError(400, INVALID, "context_length_exceeded", Optional.of("input[" + index + "]"), message);
    }

    /** A request without the node's token. */
    static ApiError unauthorized() {
        return new ApiError(401, INVALID, "invalid_api_key", Optional.empty(), "The bearer token is missing or wrong.");
    }

    /** A model that this node does not serve. */
    static ApiError noModel() {
        return new ApiError(
                404,
                INVALID,
                "model_not_found",
                Optional.of("model"),
                "The model is not served by this node, or not for this. GET /v1/models lists what is.");
    }

    /** A path, or a method on it, that does not exist. */
    static ApiError noPath(boolean known) {
        String message = known ? "This path has another method." : "No such path.";
        return new ApiError(known ? 405 : 404, INVALID, "not_found", Optional.empty(), message);
    }

    /** A body above the limit. */
    static ApiError tooLarge(int limit) {
        String message = "The body is larger than " + limit + " bytes.";
        return new ApiError(413, INVALID, "request_too_large", Optional.empty(), message);
    }

    /** A body that does not come. */
    static ApiError tooSlow() {
        return new ApiError(408, INVALID, "timeout", Optional.empty(), "The body took longer than 30 seconds to come.");
    }

    /** More requests than the queue holds; {@code patience} is how long until there may be a turn. */
    static ApiError overloaded(Duration patience) {
        String message = "The queue of this model is full. Retry after " + patience.toSeconds() + " seconds.";
        return new ApiError(503, "server_error", "overloaded", Optional.empty(), message, Optional.of(patience));
    }

    /** More requests than there are threads for. */
    static ApiError overloaded() {
        return overloaded(SOON);
    }

    /** A node that is going down. */
    static ApiError draining() {
        return new ApiError(503, "server_error", "draining", Optional.empty(), "This node is shutting down.");
    }

    /** A fault of our own; the reason is in the node's log, under the request's id. */
    static ApiError internal() {
        return new ApiError(
                500, "server_error", "internal", Optional.empty(), "The node failed. Its log says why, by request id.");
    }
}
