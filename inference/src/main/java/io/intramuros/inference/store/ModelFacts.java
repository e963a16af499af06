// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import io.intramuros.inference.gguf.GgmlType;
import io.intramuros.inference.gguf.GgufException;
import io.intramuros.inference.gguf.GgufFile;
import io.intramuros.inference.gguf.GgufMetadata;
import io.intramuros.inference.gguf.GgufTensor;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What a model's file says about itself.
 *
 * @param architecture such as {@code llama}
 * @param title what its makers call it; may be empty
 * @param license what its makers say; may be empty
 * @param weights how many numbers it has
 * @param types which types most of them have, the most first
 * @param context the longest prompt and answer together that it was made for; 0 where it does not say
 */
public record ModelFacts(String architecture, String title, String license, long weights, String types, long context) {
    private static final int MOST_TYPES = 3;

    static ModelFacts of(GgufFile file) throws GgufException {
        GgufMetadata metadata = file.metadata();
        String architecture = metadata.text("general.architecture").orElse("");
        Map<GgmlType, Long> byType = file.tensors().stream()
                .collect(Collectors.groupingBy(GgufTensor::type, Collectors.summingLong(GgufTensor::weights)));
        OptionalLong context = metadata.number(architecture + ".context_length");
        return new ModelFacts(
                architecture,
                metadata.text("general.name").orElse(""),
                license(metadata),
                byType.values().stream().mapToLong(Long::longValue).sum(),
                byType.entrySet().stream()
                        .sorted(Map.Entry.<GgmlType, Long>comparingByValue(Comparator.reverseOrder()))
                        .limit(MOST_TYPES)
                        .map(entry -> entry.getKey().name())
                        .collect(Collectors.joining(", ")),
                context.orElse(0));
    }

    /** A name to serve it by, made of its title; empty where that gives none. */
    Optional<String> name() {
        String name = title.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._]+", "-")
                .replaceAll("^[^a-z0-9]+|[^a-z0-9]+$", "");
        return name.isEmpty() || name.length() > 100 ? Optional.empty() : Optional.of(name);
    }

    private static String license(GgufMetadata metadata) throws GgufException {
        String license = metadata.text("general.license").orElse("");
        String link = metadata.text("general.license.link").orElse("");
        return link.isEmpty() || license.isEmpty() ? license + link : license + " (" + link + ")";
    }
}
