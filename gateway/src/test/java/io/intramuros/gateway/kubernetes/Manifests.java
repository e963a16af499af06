// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Manifests as Kubernetes' own types, with the fields that those types do not know. */
record Manifests(List<HasMetadata> objects) {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    /** What kinds hold pods, with the pods they make. */
    record Workload(HasMetadata owner, PodTemplateSpec pod) {
        @Override
        public String toString() {
            return owner.getKind() + " " + owner.getMetadata().getName();
        }
    }

    static Manifests parse(String yaml) {
        List<HasMetadata> objects = new ArrayList<>();
        for (String document : yaml.split("(?m)^---$", -1)) {
            if (document.lines().allMatch(line -> line.isBlank() || line.startsWith("#"))) continue;
            objects.add(YAML.unmarshal(document));
        }
        return new Manifests(objects);
    }

    /** The manifests below a folder, without what only Kustomize reads. */
    static List<Path> files(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("manifests in " + folder, e);
        }
    }

    static Manifests read(Path folder) {
        StringBuilder all = new StringBuilder();
        for (Path file : files(folder)) all.append(text(file)).append("\n---\n");
        return parse(all.toString());
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("manifest " + file, e);
        }
    }

    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends HasMetadata> T one(Class<T> kind, String name) {
        return all(kind).stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " " + name));
    }

    List<Workload> workloads() {
        return objects.stream().flatMap(object -> workload(object).stream()).toList();
    }

    private static Optional<Workload> workload(HasMetadata object) {
        return switch (object) {
            case StatefulSet set ->
                Optional.of(new Workload(object, set.getSpec().getTemplate()));
            case Deployment deployment ->
                Optional.of(new Workload(object, deployment.getSpec().getTemplate()));
            case Job job -> Optional.of(new Workload(object, job.getSpec().getTemplate()));
            default -> Optional.empty();
        };
    }

    /** Every field that Kubernetes' types do not know, by its path: a misspelt field is silently nothing in a cluster. */
    List<String> unknownFields() {
        List<String> found = new ArrayList<>();
        for (HasMetadata object : objects)
            walk(object, object.getKind() + " " + object.getMetadata().getName(), found);
        return found;
    }

    private static void walk(Object value, String path, List<String> found) {
        switch (value) {
            case Collection<?> items -> items.forEach(item -> walk(item, path + "[]", found));
            case Map<?, ?> map -> map.forEach((key, item) -> walk(item, path + "." + key, found));
            default -> {
                if (!value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")) return;
                if (value instanceof Enum<?>) return;
                getters(value).forEach(getter -> field(value, getter, path, found));
            }
        }
    }

    private static List<Method> getters(Object value) {
        return Arrays.stream(value.getClass().getMethods())
                .filter(method -> method.getName().startsWith("get") && method.getParameterCount() == 0)
                .filter(method -> method.getDeclaringClass() != Object.class)
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    private static void field(Object owner, Method getter, String path, List<String> found) {
        try {
            Object value = getter.invoke(owner);
            if (value == null) return;
            if (!getter.getName().equals("getAdditionalProperties")) walk(value, path + "." + getter.getName(), found);
            else ((Map<?, ?>) value).keySet().forEach(key -> found.add(path + ": " + key));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(path + ": " + getter, e);
        }
    }
}
