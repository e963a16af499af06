// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.intramuros.gateway.config.Setting;
import io.intramuros.gateway.config.Settings;
import io.intramuros.policies.Node;
import io.intramuros.policies.ResourceSet;
import io.intramuros.policies.yaml.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the manifests promise, read from the files themselves. {@link KustomizeTest} asks the same of what is rendered. */
class ManifestsTest {
    static final Path K8S = Path.of("..", "k8s");
    private static final Pattern SECRET_NAME = Pattern.compile(".*(TOKEN|KEY|PASSWORD|SECRET|_URI|DATABASE_URL).*");
    private static final Manifests BASE = Manifests.read(K8S.resolve("base"));
    private static final Manifests PROBE = Manifests.read(K8S.resolve("egress-probe"));

    static List<Path> files() {
        return Manifests.files(K8S);
    }

    static List<Manifests.Workload> workloads() {
        return Stream.concat(BASE.workloads().stream(), PROBE.workloads().stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void file_everyFieldAndKind_isKnownToKubernetes(Path file) {
        Manifests manifests = Manifests.parse(Manifests.text(file));

        assertThat(manifests.objects()).isNotEmpty().doesNotHaveAnyElementsOfTypes(GenericKubernetesResource.class);
        assertThat(manifests.unknownFields()).isEmpty();
        assertThat(manifests.all(Secret.class)).isEmpty();
    }

    @Test
    void unknownFields_misspeltDeepInside_areFound() {
        String file = Manifests.text(K8S.resolve("base/gateway.yaml"))
                .replace("readOnlyRootFilesystem", "readOnlyRootFileSystem")
                .replace("maxUnavailable: 1", "maxUnavailabl: 1");

        assertThat(Manifests.parse(file).unknownFields())
                .hasSize(2)
                .anyMatch(field -> field.endsWith(".getSecurityContext: readOnlyRootFileSystem"))
                .anyMatch(field -> field.endsWith(".getSpec: maxUnavailabl"));
    }

    @Test
    void namespace_podSecurity_isRestricted() {
        assertThat(BASE.one(Namespace.class, "intramuros").getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void pod_securityContext_isOfTheRestrictedProfileAndStricter(Manifests.Workload workload) {
        assertRestricted(workload);
    }

    static void assertRestricted(Manifests.Workload workload) {
        PodSpec pod = workload.pod().getSpec();
        PodSecurityContext context = pod.getSecurityContext();
        assertThat(context.getRunAsNonRoot()).as(workload.toString()).isTrue();
        assertThat(context.getRunAsUser()).isPositive();
        assertThat(context.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getHostIPC()).isNull();
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getEnableServiceLinks()).isFalse();
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getHostPath() != null)
                .isEmpty();
        for (Container container : pod.getContainers()) {
            SecurityContext own = container.getSecurityContext();
            assertThat(own.getAllowPrivilegeEscalation()).isFalse();
            assertThat(own.getReadOnlyRootFilesystem()).isTrue();
            assertThat(own.getPrivileged()).isNull();
            assertThat(own.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(own.getCapabilities().getAdd()).isEmpty();
            assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
            assertThat(container.getResources().getLimits()).containsKey("memory");
            assertThat(container.getImage()).doesNotEndWith(":latest").contains(":");
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void pod_serviceAccount_existsAndHasNoToken(Manifests.Workload workload) {
        ServiceAccount account =
                BASE.one(ServiceAccount.class, workload.pod().getSpec().getServiceAccountName());

        assertThat(account.getAutomountServiceAccountToken()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void pod_secrets_areReferences(Manifests.Workload workload) {
        List<EnvVar> secrets = workload.pod().getSpec().getContainers().stream()
                .flatMap(container -> container.getEnv().stream())
                .filter(variable -> SECRET_NAME.matcher(variable.getName()).matches())
                .toList();

        assertThat(secrets).allSatisfy(variable -> {
            assertThat(variable.getValue()).isNull();
            assertThat(variable.getValueFrom().getSecretKeyRef().getName()).isEqualTo("intramuros-secrets");
        });
    }

    @Test
    void gateway_secretsOfProduction_areAllThere() {
        assertThat(gateway().getEnv())
                .extracting(EnvVar::getName)
                .contains(
                        "INTRAMUROS_MASTER_KEY",
                        "INTRAMUROS_ADMIN_TOKEN",
                        "INTRAMUROS_DATABASE_URL",
                        "INTRAMUROS_DATABASE_USER",
                        "INTRAMUROS_DATABASE_PASSWORD",
                        "INTRAMUROS_REDIS_URI");
    }

    @Test
    void gateway_auditLog_isOnAVolumeOfItsOwnThatOutlivesThePod() {
        StatefulSet gateways = BASE.one(StatefulSet.class, "gateway");
        String data = gateways.getSpec()
                .getVolumeClaimTemplates()
                .getFirst()
                .getMetadata()
                .getName();

        assertThat(gateways.getSpec().getReplicas()).isEqualTo(2);
        assertThat(gateway().getArgs()).contains("--data=/var/lib/intramuros");
        assertThat(gateway().getVolumeMounts())
                .filteredOn(mount -> mount.getMountPath().equals("/var/lib/intramuros"))
                .extracting(VolumeMount::getName)
                .containsExactly(data);
        assertThat(gateways.getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenDeleted())
                .isEqualTo("Retain");
        assertThat(gateways.getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenScaled())
                .isEqualTo("Retain");
    }

    @Test
    void gateway_probes_askTheDataPlane() {
        assertThat(gateway().getLivenessProbe()).satisfies(probe -> asks(probe, "/health/live"));
        assertThat(gateway().getReadinessProbe()).satisfies(probe -> asks(probe, "/health/ready"));
        assertThat(gateway().getPorts())
                .extracting(ContainerPort::getName, ContainerPort::getContainerPort)
                .containsExactly(tuple("http", 8080), tuple("admin", 8081));
    }

    private static void asks(Probe probe, String path) {
        assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
    }

    @Test
    void gateway_gracePeriod_coversPreStopAndDraining(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve(Settings.FILE), config().get(Settings.FILE));
        Settings settings = Settings.load(Map.of(), folder);
        PodSpec pod =
                BASE.one(StatefulSet.class, "gateway").getSpec().getTemplate().getSpec();
        List<String> preStop = gateway().getLifecycle().getPreStop().getExec().getCommand();

        assertThat(preStop).hasSize(2).startsWith("sleep");
        assertThat(settings.isProduction()).isTrue();
        long needed =
                Long.parseLong(preStop.getLast()) + settings.time(Setting.DRAIN).toSeconds();
        assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(needed + 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "node"})
    void disruption_ofOneAtATime_isAllowed(String name) {
        PodDisruptionBudget budget = BASE.one(PodDisruptionBudget.class, name);

        assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1);
        assertThat(BASE.workloads())
                .anySatisfy(workload -> assertThat(workload.pod().getMetadata().getLabels())
                        .containsAllEntriesOf(budget.getSpec().getSelector().getMatchLabels()));
        assertThat(BASE.workloads())
                .filteredOn(workload -> workload.owner().getMetadata().getName().equals(name))
                .allSatisfy(workload -> assertThat(workload.pod().getSpec().getTopologySpreadConstraints())
                        .isNotEmpty());
    }

    @Test
    void services_selectAndPort_leadToOneWorkload() {
        for (Service service : BASE.all(Service.class)) {
            List<Manifests.Workload> selected = workloads().stream()
                    .filter(workload -> workload.pod()
                            .getMetadata()
                            .getLabels()
                            .entrySet()
                            .containsAll(service.getSpec().getSelector().entrySet()))
                    .toList();
            assertThat(selected).as(service.getMetadata().getName()).hasSize(1);
            assertThat(selected.getFirst()
                            .pod()
                            .getSpec()
                            .getContainers()
                            .getFirst()
                            .getPorts())
                    .extracting(ContainerPort::getName)
                    .contains(service.getSpec()
                            .getPorts()
                            .getFirst()
                            .getTargetPort()
                            .getStrVal());
        }
    }

    @Test
    void config_resources_loadAndNameServicesOfTheSameNamespace() {
        List<YamlText> texts = config().entrySet().stream()
                .filter(file -> !file.getKey().equals(Settings.FILE))
                .map(file -> new YamlText(file.getKey(), file.getValue()))
                .toList();

        ResourceSet resources = ResourceSet.read(texts);

        assertThat(resources.models()).hasSize(1);
        assertThat(resources.nodes()).hasSize(1);
        Node pool = resources.nodes().getFirst();
        Service service = BASE.one(Service.class, pool.url().getHost());
        assertThat(service.getSpec().getPorts().getFirst().getPort())
                .isEqualTo(pool.url().getPort());
        assertThat(resources.policies().policies().getFirst().nodes().zones()).containsExactly(pool.zone());
        Node.Auth auth = pool.auth();
        assertThat(auth).isNotNull();
        assertThat(gateway().getEnv())
                .extracting(variable -> "env:" + variable.getName())
                .contains(String.valueOf(auth.bearerFrom()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "node"})
    void image_user_isANumberThatIsNotRoot(String image) {
        String file = Manifests.text(K8S.resolve("images/" + image + "/Dockerfile"));
        Matcher user = Pattern.compile("(?m)^USER (\\d+):(\\d+)$").matcher(file);

        assertThat(user.find()).isTrue();
        assertThat(Integer.parseInt(user.group(1))).isEqualTo(10_001);
    }

    private static Map<String, String> config() {
        return BASE.one(ConfigMap.class, "intramuros-config").getData();
    }

    private static Container gateway() {
        return BASE.one(StatefulSet.class, "gateway")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }
}
