// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong admin tokens: refused, counted by address, and an address that sends many is looked at no more. */
class AdminLoginTest {
    private static final int ALLOWED = 60;
    /** One more is allowed each second, so that a slow machine needs more tries. */
    private static final int MOST = 2_000;

    private static final int ROUNDS = 50;

    @TempDir
    private static Path folder;

    private static AdminServer server;

    @BeforeAll
    static void start() {
        server = AdminServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void login_manyWrongTokensOfOneAddress_areRefusedUnseenWhileOthersGoOn() throws IOException, InterruptedException {
        try (HttpClient guesser = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.ofLiteral("127.0.0.2"))
                .build()) {
            int looked = lookedAt(guesser);
            assertThat(looked).isGreaterThanOrEqualTo(ALLOWED);
            HttpResponse<String> refused = ask(guesser, server.token());
            for (int round = 0; round < ROUNDS && refused.statusCode() != 429; round++) { // one came free meanwhile
                assertThat(lookedAt(guesser)).isLessThan(ALLOWED);
                refused = ask(guesser, server.token());
            }
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValueAsLong("retry-after").orElse(0))
                    .isBetween(1L, 60L);
            assertThat(refused.body()).contains("rate_limit_exceeded").doesNotContain(server.token());
        }
        assertThat(server.get("/admin/v1/teams").status()).isEqualTo(200);
    }

    /** Sends wrong tokens until one is not looked at any more; how many were. */
    private static int lookedAt(HttpClient client) throws IOException, InterruptedException {
        int tries = 0;
        while (ask(client, "ima_" + tries).statusCode() == 401)
            assertThat(++tries).as("wrong tokens looked at").isLessThan(MOST);
        return tries;
    }

    private static HttpResponse<String> ask(HttpClient client, String token) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/admin/v1/teams"))
                        .header("authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
