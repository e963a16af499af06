// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.gateway.steps.Journal;
import io.intramuros.policies.Detector;
import io.intramuros.policies.Issuer;
import io.intramuros.policies.Model;
import io.intramuros.policies.Node;
import io.intramuros.policies.Policy;
import io.intramuros.policies.ResourceSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Records which resources count: at each start, and before and after each change of them, by their names. */
final class ResourceRecords {
    private static final int MOST_CHARS = 500;
    private static final String SYSTEM = "system";

    private final Journal journal;

    ResourceRecords(Journal journal) {
        this.journal = journal;
    }

    /** What counts when the process begins, whatever was changed while none ran. */
    void begins(ResourceSet now) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("policy", now.policies().version());
        kinds(now).forEach((kind, byName) -> fields.put(kind, cut(String.join(" ", byName.keySet()))));
        journal.change("config.loaded", SYSTEM, fields);
    }

    /** Another set counts. */
    void from(ResourceSet before, ResourceSet now) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("before", before.policies().version());
        fields.put("policy", now.policies().version());
        Map<String, Map<String, Object>> earlier = kinds(before);
        kinds(now)
                .forEach((kind, byName) ->
                        fields.put(kind, cut(changes(earlier.getOrDefault(kind, Map.of()), byName))));
        boolean policies = !before.policies().version().equals(now.policies().version());
        journal.change(policies ? "policy.changed" : "config.changed", SYSTEM, fields);
    }

    /** One that was wrong was not taken. */
    void refused(int problems) {
        journal.change("config.refused", SYSTEM, Map.of("problems", Integer.toString(problems)));
    }

    private static Map<String, Map<String, Object>> kinds(ResourceSet set) {
        Map<String, Map<String, Object>> kinds = new LinkedHashMap<>();
        kinds.put("policies", byName(set.policies().policies(), Policy::name));
        kinds.put("models", byName(set.models(), Model::name));
        kinds.put("nodes", byName(set.nodes(), Node::name));
        kinds.put("issuers", byName(set.issuers(), Issuer::name));
        kinds.put("detectors", byName(set.detectors(), Detector::name));
        return kinds;
    }

    private static <T> Map<String, Object> byName(List<T> resources, Function<T, String> name) {
        return resources.stream().collect(Collectors.toMap(name, each -> each, (first, _) -> first, TreeMap::new));
    }

    /** As {@code +new -gone ~other}; an empty text where nothing changed. */
    private static String changes(Map<String, Object> before, Map<String, Object> now) {
        TreeSet<String> all = new TreeSet<>(before.keySet());
        all.addAll(now.keySet());
        return all.stream()
                .filter(name -> !now.getOrDefault(name, "").equals(before.get(name)))
                .map(name -> sign(before.containsKey(name), now.containsKey(name)) + name)
                .collect(Collectors.joining(" "));
    }

    private static char sign(boolean was, boolean is) {
        if (!was) return '+';
        return is ? '~' : '-';
    }

    private static String cut(String names) {
        return names.length() <= MOST_CHARS ? names : names.substring(0, MOST_CHARS) + "…";
    }
}
