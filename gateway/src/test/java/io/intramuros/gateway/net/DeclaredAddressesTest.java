// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;

class DeclaredAddressesTest {
    @AfterEach
    void disarm() {
        DeclaredAddresses.disarm();
    }

    @Test
    void resolver_undeclaredName_isRefusedBeforeAnyLookup() {
        DeclaredAddresses.arm(Set.of("node.internal"));

        assertThatThrownBy(() -> InetAddress.getAllByName("api.openai.com"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("declares");
    }

    @Test
    void resolver_loopback_isAlwaysThere() throws UnknownHostException {
        DeclaredAddresses.arm(Set.of());

        assertThat(InetAddress.getByName("localhost").isLoopbackAddress()).isTrue();
    }

    @Test
    void allows_caseAndBracketsAndRootDot_areTheSameHost() {
        DeclaredAddresses.arm(Set.of("Node.Internal", "fd00::1"));

        assertThat(DeclaredAddresses.allows("node.internal.")).isTrue();
        assertThat(DeclaredAddresses.allows("[FD00::1]")).isTrue();
        assertThat(DeclaredAddresses.allows("node.internal.evil.example")).isFalse();
    }

    @Test
    void connector_undeclaredLiteral_isRefusedWithoutConnecting() {
        DeclaredAddresses.arm(Set.of());
        HttpClient client = HttpClient.create().resolver(DeclaredResolverGroup.INSTANCE);

        assertThatThrownBy(() ->
                        client.get().uri("http://203.0.113.7:9/").response().block())
                .hasRootCauseInstanceOf(UnknownHostException.class);
    }
}
