// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.ConfigurationException;
import io.intramuros.policies.yaml.Problem;
import io.intramuros.policies.yaml.YamlText;
import io.intramuros.redaction.EntityType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** Resources and requests that tests of this package ask about. */
final class Samples {
    static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private Samples() {}

    static ResourceSet read(String... files) {
        return ResourceSet.read(texts(files));
    }

    private static List<YamlText> texts(String... files) {
        return java.util.stream.IntStream.range(0, files.length)
                .mapToObj(i -> new YamlText("f" + (i + 1) + ".yaml", files[i]))
                .toList();
    }

    /** What is wrong with files that must not load. */
    static List<String> faults(String... files) {
        try {
            ResourceSet.read(texts(files));
        } catch (ConfigurationException wrong) {
            return wrong.problems().stream().map(Problem::toString).toList();
        }
        return Assertions.fail("the files load (expected: faults)");
    }

    /** A policy with the given spec, which starts at the fourth line. */
    static String policy(String name, String spec) {
        return resource("Policy", name, spec);
    }

    static String resource(String kind, String name, String spec) {
        return "apiVersion: intramuros.io/v1\nkind: " + kind + "\nmetadata: { name: " + name + " }\nspec:\n"
                + spec.stripTrailing().indent(2);
    }

    static PolicySet set(String... policies) {
        return read(policies).policies();
    }

    static DecisionRequest request() {
        return new DecisionRequest(
                DecisionRequest.CallerKind.KEY, "k1", "payments", "web", "qwen-7b", NOON, Map.of(), false);
    }

    static DecisionRequest found(EntityType type, int count) {
        return request().withFindings(Map.of(type, count));
    }
}
