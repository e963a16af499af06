// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.policies.DetectorFinder;
import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The detectors that a company describes itself, as {@code Detector} resources; they change with the configuration. */
public final class CompanyDetectors implements Detector {
    private static final double SCORE = 0.9;

    private final AtomicReference<List<Described>> current = new AtomicReference<>(List.of());

    private record Described(String name, EntityType type, DetectorFinder finder) {}

    /** Those that {@code resources} describe. */
    public static Detector of(List<io.intramuros.policies.Detector> resources) {
        CompanyDetectors detectors = new CompanyDetectors();
        detectors.set(resources);
        return detectors;
    }

    /** Puts others in their place. */
    void set(List<io.intramuros.policies.Detector> resources) {
        current.set(resources.stream()
                .map(detector -> new Described(detector.name(), detector.type(), new DetectorFinder(detector)))
                .toList());
    }

    @Override
    public String name() {
        return "company";
    }

    @Override
    public boolean mayFind(String text, int from) {
        return !current.get().isEmpty();
    }

    @Override
    public void find(String text, Consumer<Finding> found) {
        for (Described detector : current.get())
            detector.finder()
                    .find(
                            text,
                            (start, end) -> found.accept(
                                    new Finding(detector.type(), detector.name(), start, end, SCORE, name())));
    }
}
