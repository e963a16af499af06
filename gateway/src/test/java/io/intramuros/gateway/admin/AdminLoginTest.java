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
            for (int i = 0; i < ALLOWED; i++)
                assertThat(ask(guesser, "ima_" + i).statusCode())
                        .as("wrong token %d", i)
                        .isEqualTo(401);
            HttpResponse<String> refused = ask(guesser, server.token());
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValueAsLong("retry-after").orElse(0))
                    .isBetween(1L, 60L);
            assertThat(refused.body()).contains("rate_limit_exceeded").doesNotContain(server.token());
        }
        assertThat(server.get("/admin/v1/teams").status()).isEqualTo(200);
    }

    private static HttpResponse<String> ask(HttpClient client, String token) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/admin/v1/teams"))
                        .header("authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
