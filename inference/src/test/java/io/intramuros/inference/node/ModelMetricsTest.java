// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.inference.text.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelMetricsTest {
    @Test
    void write_afterTwoRequests_givesPrometheusLines() {
        var metrics = new ModelMetrics("m");
        metrics.started(Duration.ZERO);
        metrics.firstToken(Duration.ofMillis(30));
        metrics.ended(new Outcome(Outcome.Reason.STOP, 10, 5), Duration.ofMillis(700));
        metrics.ended(new Outcome(Outcome.Reason.CANCELLED, 1, 2), Duration.ofSeconds(200));

        String text = ModelMetrics.write(List.of(metrics), id -> 3, id -> 4);

        assertThat(text.lines())
                .contains(
                        "# TYPE vllm:num_requests_running gauge",
                        "vllm:num_requests_running{model_name=\"m\"} 3",
                        "vllm:num_requests_waiting{model_name=\"m\"} 4",
                        "vllm:prompt_tokens_total{model_name=\"m\"} 11",
                        "vllm:generation_tokens_total{model_name=\"m\"} 7",
                        "vllm:request_success_total{model_name=\"m\",finished_reason=\"abort\"} 1",
                        "vllm:request_success_total{model_name=\"m\",finished_reason=\"stop\"} 1",
                        "vllm:time_to_first_token_seconds_bucket{model_name=\"m\",le=\"0.02\"} 0",
                        "vllm:time_to_first_token_seconds_bucket{model_name=\"m\",le=\"0.05\"} 1",
                        "vllm:time_to_first_token_seconds_sum{model_name=\"m\"} 0.030000",
                        "vllm:e2e_request_latency_seconds_bucket{model_name=\"m\",le=\"160.0\"} 1",
                        "vllm:e2e_request_latency_seconds_bucket{model_name=\"m\",le=\"+Inf\"} 2",
                        "vllm:e2e_request_latency_seconds_count{model_name=\"m\"} 2");
    }
}
