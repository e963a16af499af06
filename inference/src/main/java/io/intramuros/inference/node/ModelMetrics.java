// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.intramuros.inference.text.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/** What one model has done, by vLLM's names, so that dashboards and routers made for vLLM read it. Thread-safe. */
final class ModelMetrics {
    private final String model;
    private final LongAdder promptTokens = new LongAdder();
    private final LongAdder generationTokens = new LongAdder();
    private final Map<String, LongAdder> finished = new ConcurrentHashMap<>();
    private final Histogram firstToken = new Histogram();
    private final Histogram queued = new Histogram();
    private final Histogram whole = new Histogram();

    ModelMetrics(String model) {
        this.model = model;
    }

    /** A request's turn came after this long. */
    void started(Duration waited) {
        queued.record(waited);
    }

    /** The first token came this long after the request. */
    void firstToken(Duration since) {
        firstToken.record(since);
    }

    /** A request ended this long after it came, with these tokens. */
    void ended(Outcome outcome, Duration since) {
        String reason = switch (outcome.reason()) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case CANCELLED -> "abort";
        };
        finished.computeIfAbsent(reason, r -> new LongAdder()).increment();
        promptTokens.add(outcome.promptTokens());
        generationTokens.add(outcome.completionTokens());
        whole.record(since);
    }

    /** Prompt tokens that an embedding used. */
    void embedded(long tokens) {
        promptTokens.add(tokens);
    }

    /** All models in Prometheus' text form. */
    static String write(List<ModelMetrics> all, ToLongFunction<String> running, ToLongFunction<String> waiting) {
        var out = new StringBuilder(4096);
        family(out, "num_requests_running", "gauge", all, m -> running.applyAsLong(m.model));
        family(out, "num_requests_waiting", "gauge", all, m -> waiting.applyAsLong(m.model));
        family(out, "prompt_tokens_total", "counter", all, m -> m.promptTokens.sum());
        family(out, "generation_tokens_total", "counter", all, m -> m.generationTokens.sum());
        header(out, "request_success_total", "counter");
        for (ModelMetrics m : all) {
            new TreeMap<>(m.finished)
                    .forEach((reason, count) -> out.append("vllm:request_success_total{")
                            .append(m.labels())
                            .append(",finished_reason=\"")
                            .append(reason)
                            .append("\"} ")
                            .append(count.sum())
                            .append('\n'));
        }
        histograms(out, all);
        return out.toString();
    }

    private static void histograms(StringBuilder out, List<ModelMetrics> all) {
        header(out, "time_to_first_token_seconds", "histogram");
        all.forEach(m -> m.firstToken.write(out, "vllm:time_to_first_token_seconds", m.labels()));
        header(out, "request_queue_time_seconds", "histogram");
        all.forEach(m -> m.queued.write(out, "vllm:request_queue_time_seconds", m.labels()));
        header(out, "e2e_request_latency_seconds", "histogram");
        all.forEach(m -> m.whole.write(out, "vllm:e2e_request_latency_seconds", m.labels()));
    }

    private static void family(
            StringBuilder out, String name, String type, List<ModelMetrics> all, ToLongFunction<ModelMetrics> value) {
        header(out, name, type);
        for (ModelMetrics m : all) {
            out.append("vllm:").append(name).append('{').append(m.labels()).append("} ");
            out.append(value.applyAsLong(m)).append('\n');
        }
    }

    private static void header(StringBuilder out, String name, String type) {
        out.append("# TYPE vllm:").append(name).append(' ').append(type).append('\n');
    }

    private String labels() {
        return "model_name=\"" + model + "\"";
    }
}
