// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.telemetry;

import io.intramuros.gateway.exchange.Ending;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Operation;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One span for each exchange, from its first byte to its last, with the attributes of OpenTelemetry's conventions for
 * generative AI. It continues the caller's trace (W3C Trace Context), and the node's continues it. Attributes are ids,
 * names that exist, numbers and codes of ours: no text of anybody's.
 */
public final class ExchangeSpans {
    private static final Pattern PARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

    private final Tracer tracer;

    /** Spans that {@code tracer} makes. */
    public ExchangeSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** No spans: what a caller says of its trace still goes on to the node. */
    public static ExchangeSpans none() {
        return new ExchangeSpans(TracerProvider.noop().get(""));
    }

    /**
     * Begins the span of an exchange, which ends with it.
     *
     * @param parent the caller's {@code traceparent}; one without the form counts as none
     * @return the node's {@code traceparent}, or null where there is no trace
     */
    public @Nullable String begin(Exchange exchange, @Nullable String parent) {
        SpanBuilder builder = tracer.spanBuilder(operation(exchange))
                .setSpanKind(SpanKind.SERVER)
                .setParent(context(parent))
                .setStartTimestamp(exchange.received())
                .setAttribute("intramuros.request.id", exchange.id())
                .setAttribute("intramuros.team", exchange.caller().team());
        Span span = builder.startSpan();
        exchange.atEnd(ending -> end(span, exchange, ending));
        SpanContext made = span.getSpanContext();
        return made.isValid()
                ? "00-" + made.getTraceId() + "-" + made.getSpanId() + "-"
                        + made.getTraceFlags().asHex()
                : null;
    }

    private static Context context(@Nullable String parent) {
        Matcher form = PARENT.matcher(parent == null ? "" : parent);
        if (!form.matches()) return Context.root();
        // A caller's tracestate is text of strangers, and stays where it came from.
        SpanContext remote = SpanContext.createFromRemoteParent(
                form.group(1), form.group(2), TraceFlags.fromHex(form.group(3), 0), TraceState.getDefault());
        return Context.root().with(Span.wrap(remote));
    }

    /** The convention's word; before the body is read, nobody knows more than the path. */
    private static String operation(Exchange exchange) {
        return exchange.found()
                .request
                .find()
                .map(request -> word(request.operation()))
                .orElse(exchange.endpoint().path());
    }

    private static String word(Operation operation) {
        return switch (operation) {
            case CHAT -> "chat";
            case COMPLETION, INSERT -> "text_completion";
            case EMBEDDINGS -> "embeddings";
            case RERANK -> "rerank";
            case MODERATION -> "moderation";
        };
    }

    private static void end(Span span, Exchange exchange, Ending ending) {
        var found = exchange.found();
        span.updateName(operation(exchange)
                + found.model.find().map(model -> " " + model.name()).orElse(""));
        found.request
                .find()
                .ifPresent(request -> span.setAttribute("gen_ai.operation.name", word(request.operation())));
        found.model.find().ifPresent(model -> span.setAttribute("gen_ai.request.model", model.name()));
        found.node.find().ifPresent(node -> span.setAttribute("intramuros.node", node));
        if (ending.usage().total() > 0) {
            span.setAttribute("gen_ai.usage.input_tokens", ending.usage().in());
            span.setAttribute("gen_ai.usage.output_tokens", ending.usage().out());
        }
        span.setAttribute("http.response.status_code", ending.http());
        if (!(ending instanceof Ending.Completed)) span.setAttribute("error.type", ending.outcome());
        if (ending instanceof Ending.Failed) span.setStatus(StatusCode.ERROR);
        span.end();
    }
}
