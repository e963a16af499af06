// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing in the namespace may reach, or be reached by, what the policies do not name. */
class NetworkPolicyTest {
    private static final Manifests BASE = Manifests.read(ManifestsTest.K8S.resolve("base"));

    @Test
    void defaultDeny_everyPod_bothWays() {
        NetworkPolicy deny = BASE.one(NetworkPolicy.class, "default-deny");

        assertThat(deny.getSpec().getPodSelector().getMatchLabels()).isEmpty();
        assertThat(deny.getSpec().getPodSelector().getMatchExpressions()).isEmpty();
        assertThat(deny.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(deny.getSpec().getIngress()).isEmpty();
        assertThat(deny.getSpec().getEgress()).isEmpty();
    }

    @Test
    void rules_peersAndPorts_areAllNamed() {
        for (NetworkPolicy policy : BASE.all(NetworkPolicy.class)) {
            policy.getSpec().getEgress().forEach(rule -> assertNamed(rule.getTo(), rule.getPorts()));
            policy.getSpec().getIngress().forEach(rule -> assertNamed(rule.getFrom(), rule.getPorts()));
        }
    }

    private static void assertNamed(List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports) {
        assertThat(peers).isNotEmpty().allSatisfy(peer -> {
            assertThat(peer.getIpBlock()).isNull();
            assertThat(Stream.of(peer.getPodSelector(), peer.getNamespaceSelector())
                            .filter(selector -> selector != null)
                            .toList())
                    .isNotEmpty()
                    .allSatisfy(
                            selector -> assertThat(selector.getMatchLabels()).isNotEmpty());
        });
        assertThat(ports)
                .isNotEmpty()
                .allSatisfy(port -> assertThat(port.getPort()).isNotNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "redis"})
    void egress_ofWhatOnlyAnswers_isNone(String name) {
        NetworkPolicy policy = BASE.one(NetworkPolicy.class, name);

        assertThat(policy.getSpec().getPolicyTypes()).contains("Egress");
        assertThat(policy.getSpec().getEgress()).isEmpty();
    }

    @Test
    void egress_ofTheGateway_isNodesRedisDatabaseAndNames() {
        assertThat(BASE.one(NetworkPolicy.class, "gateway").getSpec().getEgress())
                .extracting(NetworkPolicyTest::ports)
                .containsExactly(List.of(8000), List.of(6379), List.of(5432), List.of(53, 53));
    }

    private static List<Integer> ports(NetworkPolicyEgressRule rule) {
        return rule.getPorts().stream().map(port -> port.getPort().getIntVal()).toList();
    }

    @Test
    void pods_networkLabel_hasAPolicyOfItsOwn() {
        List<String> covered = BASE.all(NetworkPolicy.class).stream()
                .map(policy ->
                        policy.getSpec().getPodSelector().getMatchLabels().get("intramuros.io/network"))
                .toList();

        assertThat(BASE.workloads())
                .hasSize(3)
                .allSatisfy(workload -> assertThat(covered)
                        .contains(workload.pod().getMetadata().getLabels().get("intramuros.io/network")));
    }

    @Test
    void egressProbe_labels_giveItAGatewaysPoliciesButNotItsCallers() {
        Manifests probe = Manifests.read(ManifestsTest.K8S.resolve("egress-probe"));

        assertThat(probe.workloads())
                .singleElement()
                .satisfies(workload -> assertThat(workload.pod().getMetadata().getLabels())
                        .containsEntry("intramuros.io/network", "gateway")
                        .containsEntry("app.kubernetes.io/component", "egress-probe"));
    }
}
