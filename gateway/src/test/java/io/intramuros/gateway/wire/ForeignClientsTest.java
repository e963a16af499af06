// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenAI's clients for Python and Node, as they are published, each with a script that uses them as anybody would.
 */
class ForeignClientsTest {
    private static final String EMAIL = "jane.roe@corp.example";
    private static final String PHONE = "+34 612 345 678";
    private static final List<String> CHECKS = List.of(
            "chat",
            "chat usage",
            "stream",
            "stream usage",
            "tool",
            "tool streamed",
            "tool history",
            "embeddings",
            "models",
            "401",
            "404",
            "400",
            "429",
            "429 retried",
            "timeout",
            "cancel");

    @TempDir
    private Path folder;

    private RecordingUpstream node;
    private LiveGateway gateway;

    @BeforeEach
    void start() {
        node = new RecordingUpstream(new Parrot());
        gateway = LiveGateway.start(folder, List.of(node.url()), "", Map.of(Setting.CLIENT_STALL, "PT5S"));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        node.close();
    }

    @Test
    void python_officialClient_worksAndNoNodeSeesWhatIsPersonal() throws Exception {
        works(Installed.python().run("scenario.py", environment()));
    }

    @Test
    void node_officialClient_worksAndNoNodeSeesWhatIsPersonal() throws Exception {
        works(Installed.node().run("scenario.mjs", environment()));
    }

    /** Every check was made and held; the node saw surrogates alone, and was told when the caller left. */
    private void works(Installed.Ended ended) throws InterruptedException {
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(ended.output().lines().filter(line -> line.startsWith("holds: ")))
                .containsExactlyElementsOf(
                        CHECKS.stream().map(check -> "holds: " + check).toList());
        assertThat(node.requests())
                .hasSizeGreaterThan(8)
                .allSatisfy(request -> assertThat(request.body())
                        .doesNotContain(EMAIL)
                        .doesNotContain("jane")
                        .doesNotContain(PHONE)
                        .doesNotContain("612 345"));
        assertThat(node.requests())
                .anySatisfy(request -> assertThat(request.body())
                        .containsPattern("\\[EMAIL_[a-z2-7]{8,}\\]")
                        .containsPattern("\\[PHONE_[a-z2-7]{8,}\\]"));
        // one that timed out, and one that closed its stream
        assertThat(node.awaitHangUp(Duration.ofSeconds(10))).isTrue();
        assertThat(node.awaitHangUp(Duration.ofSeconds(10))).isTrue();
    }

    private Map<String, String> environment() {
        gateway.admin("POST", "/admin/v1/teams", "{\"id\":\"narrow\",\"name\":\"Narrow\"}");
        gateway.admin(
                "PUT",
                "/admin/v1/quotas",
                "{\"scope\":\"team:narrow\",\"limits\":[{\"unit\":\"requests\",\"amount\":1,\"per\":\"PT2S\",\"burst\":1}]}");
        String narrow = gateway.admin(
                        "POST", "/admin/v1/keys", "{\"team\":\"narrow\",\"project\":\"default\",\"name\":\"n\"}")
                .json()
                .path("key")
                .asString();
        return Map.of(
                "BASE_URL",
                gateway.url("/v1").toString(),
                "KEY",
                gateway.key(),
                "NARROW_KEY",
                narrow,
                "EMAIL",
                EMAIL,
                "PHONE",
                PHONE);
    }
}
