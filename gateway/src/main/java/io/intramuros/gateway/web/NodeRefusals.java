// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import io.intramuros.audit.AuditUnavailableException;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.gateway.exchange.AnswerBlocked;
import io.intramuros.gateway.exchange.BrokenAnswer;
import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.node.NodeFailure;
import io.intramuros.gateway.openai.NodeErrors;
import io.intramuros.gateway.steps.RecordAdmitted;
import io.intramuros.gateway.telemetry.RequestLog;
import io.intramuros.redaction.RedactionFailedException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

/** Says in the caller's words why there is no answer. */
final class NodeRefusals {
    private static final Logger LOG = LoggerFactory.getLogger(NodeRefusals.class);

    private static final String TOOLS_UNSUPPORTED = "tools_unsupported"; // what our own node says
    private static final Pattern CODE = Pattern.compile("[a-z0-9_]{1,64}");
    private static final Pattern PARAM = Pattern.compile("[a-z][a-z0-9_]{0,40}(?:[.\\[][a-z0-9_\\]]{1,40}){0,6}");
    private static final Refusal UNEXAMINED = new Refusal(
            ErrorCode.REDACTION_FAILED,
            "The answer could not be examined for what a policy forbids to pass on, so it was withheld.");

    private NodeRefusals() {}

    /** For what went wrong on the way to a request's answer. */
    static Refusal of(String requestId, Throwable error) {
        try (MDC.MDCCloseable _ = RequestLog.of(requestId)) {
            return of(error);
        }
    }

    private static Refusal of(Throwable error) {
        return switch (error) {
            case Refused refused -> refused.refusal();
            case NodeFailure failure -> failed(failure);
            case KeyRevoked _ ->
                new Refusal(ErrorCode.INVALID_API_KEY, "The API key was revoked while the answer was on its way.");
            case AnswerBlocked blocked ->
                new Refusal(
                        ErrorCode.POLICY_BLOCKED,
                        "The answer was withheld: it holds what a policy forbids to pass on: " + blocked.because()
                                + ".");
            case BrokenAnswer _ ->
                new Refusal(ErrorCode.NODE_FAILED, "The node's stream broke off; what came until then is not whole.");
            case RedactionFailedException failed -> {
                LOG.error("an answer could not be examined: {}", failed.getMessage());
                yield UNEXAMINED;
            }
            case SearchOverdue _ -> {
                LOG.error("an answer was searched for too long");
                yield UNEXAMINED;
            }
            case AuditUnavailableException _ -> RecordAdmitted.UNAVAILABLE;
            default -> {
                LOG.error("an answer failed: {}", error.getClass().getName());
                LOG.debug("an answer failed", error);
                yield new Refusal(ErrorCode.INTERNAL, "Something failed in the gateway.");
            }
        };
    }

    private static Refusal failed(NodeFailure failure) {
        LOG.warn("{}", failure.getMessage());
        return switch (failure.kind()) {
            case BUSY -> later(ErrorCode.OVERLOADED, "Every node that serves this model is busy; try again.", "1");
            case AWAY -> later(ErrorCode.NO_NODE, "Every node that serves this model is away; try again.", "5");
            case SILENT ->
                new Refusal(ErrorCode.NODE_TIMEOUT, "The node was silent for too long, so the call was given up.");
            case BROKEN, ERROR ->
                new Refusal(ErrorCode.NODE_FAILED, "The node failed, and there was no other to ask in its place.");
            case TOO_LARGE -> new Refusal(ErrorCode.NODE_FAILED, "The node's answer is larger than allowed.");
        };
    }

    private static Refusal later(ErrorCode code, String message, String seconds) {
        return new Refusal(code, message, null, Map.of("retry-after", seconds));
    }

    /** For a node that refused the request as it is. Its words may hold the request's, so only its code counts. */
    static Refusal byNode(int status, byte[] body) {
        if (NodeErrors.isTooLong(body))
            return new Refusal(
                    ErrorCode.CONTEXT_LENGTH_EXCEEDED, "The prompt is longer than the model's context; shorten it.");
        if (status == 400 || status == 422)
            return new Refusal(
                    ErrorCode.INVALID_REQUEST, why(NodeErrors.code(body).orElse("")), param(body), Map.of());
        return new Refusal(ErrorCode.NODE_FAILED, "The node refused the call with HTTP " + status + ".");
    }

    private static String why(String code) {
        if (code.equals(TOOLS_UNSUPPORTED))
            return "The model does not know tools; ask one that has the capability tools, or leave them out.";
        return "The node does not take this request" + (CODE.matcher(code).matches() ? " (" + code + ")" : "")
                + "; check its fields against what the model can do.";
    }

    /** The field that the node names, where it is the name of a field and nothing else. */
    private static @Nullable String param(byte[] body) {
        return error(body, "param").filter(p -> PARAM.matcher(p).matches()).orElse(null);
    }

    private static Optional<String> error(byte[] node, String field) {
        return StrictJson.fromNode(node)
                .map(tree -> tree.path("error").path(field))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue);
    }
}
