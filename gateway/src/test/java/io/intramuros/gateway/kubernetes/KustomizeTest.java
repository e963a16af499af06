// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kustomize makes of the files, where {@code kubectl} is at hand; it needs no cluster. */
class KustomizeTest {
    @BeforeAll
    static void needsKubectl() {
        String path = System.getenv().getOrDefault("PATH", "");
        boolean there = Arrays.stream(path.split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
        assumeTrue(there, "kubectl is not on the PATH: the files are checked without rendering");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/production", "egress-probe"})
    void render_everyKustomization_isTypedAndRestricted(String folder) throws Exception {
        Manifests rendered = render(folder);

        assertThat(rendered.unknownFields()).isEmpty();
        assertThat(rendered.workloads()).isNotEmpty().allSatisfy(ManifestsTest::assertRestricted);
        assertThat(rendered.objects())
                .filteredOn(object -> !object.getKind().equals("Namespace"))
                .extracting(object -> object.getMetadata().getNamespace())
                .containsOnly("intramuros");
    }

    @Test
    void render_base_isWhatTheFilesSay() throws Exception {
        assertThat(render("base").objects())
                .extracting(KustomizeTest::name)
                .containsExactlyInAnyOrderElementsOf(
                        Manifests.read(ManifestsTest.K8S.resolve("base")).objects().stream()
                                .map(KustomizeTest::name)
                                .toList());
    }

    @Test
    void render_production_keepsTwoGatewaysOnTwoMachines() throws Exception {
        Manifests production = render("overlays/production");
        StatefulSet gateways = production.one(StatefulSet.class, "gateway");

        assertThat(gateways.getSpec().getReplicas()).isEqualTo(2);
        PodSpec pod = gateways.getSpec().getTemplate().getSpec();
        assertThat(pod.getAffinity().getPodAntiAffinity().getRequiredDuringSchedulingIgnoredDuringExecution())
                .singleElement()
                .satisfies(term -> {
                    assertThat(term.getTopologyKey()).isEqualTo("kubernetes.io/hostname");
                    assertThat(term.getLabelSelector().getMatchLabels())
                            .isEqualTo(gateways.getSpec().getSelector().getMatchLabels());
                });
        assertThat(gateways.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getEnv())
                .as("what the patch leaves alone")
                .isNotEmpty();
        assertThat(production.one(Deployment.class, "node").getSpec().getReplicas())
                .isEqualTo(2);
    }

    private static String name(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }

    private static Manifests render(String folder) throws IOException, InterruptedException {
        Path out = Files.createTempFile("rendered", ".yaml");
        Process kubectl = new ProcessBuilder(
                        "kubectl",
                        "kustomize",
                        ManifestsTest.K8S.resolve(folder).toString())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        boolean ended = kubectl.waitFor(60, TimeUnit.SECONDS);
        if (!ended) kubectl.destroyForcibly();
        assertThat(ended && kubectl.exitValue() == 0)
                .as("kubectl kustomize " + folder)
                .isTrue();
        String yaml = Files.readString(out, StandardCharsets.UTF_8);
        Files.delete(out);
        return Manifests.parse(yaml);
    }
}
