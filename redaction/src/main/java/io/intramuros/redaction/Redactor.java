// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction;

import io.intramuros.redaction.disguise.Disguises;
import io.intramuros.redaction.disguise.Lifted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Finds personal data in a text with a list of detectors and settles where they disagree. Safe for use by several
 * threads at once.
 *
 * <pre>{@code
 * Redactor redactor = Redactor.of(Patterns.detectors());
 * String safe = redactor.mask("My card is 4111 1111 1111 1111"); // My card is [CREDIT_CARD]
 * }</pre>
 */
public final class Redactor {
    private final List<Detector> detectors;
    private final Map<Set<EntityType>, Redactor> narrowed = new ConcurrentHashMap<>();

    private Redactor(List<Detector> detectors) {
        this.detectors = List.copyOf(detectors);
    }

    /** A redactor that asks each of {@code detectors}. */
    public static Redactor of(List<Detector> detectors) {
        return new Redactor(detectors);
    }

    /**
     * The redactor for somebody who wants {@code types} alone. It finds each of them that this one finds, and may find more:
     * what a stronger find of another type covers here is found there.
     */
    public Redactor only(Set<EntityType> types) {
        Redactor known = narrowed.get(types);
        return known != null ? known : narrowed.computeIfAbsent(Set.copyOf(types), this::narrow);
    }

    private Redactor narrow(Set<EntityType> types) {
        return of(detectors.stream()
                .map(detector -> detector.only(types))
                .flatMap(Optional::stream)
                .toList());
    }

    /** Whether a find in {@code text} may end after {@code from}; cheap, and yes where it is not certain. */
    public boolean mayFind(String text, int from) {
        for (Detector detector : detectors) if (detector.mayFind(text, from)) return true;
        return false;
    }

    /**
     * What was found, in the order of the text, none overlapping another. What stands inside a surrogate of ours is not
     * found.
     *
     * @throws RedactionFailedException when a detector fails
     */
    public List<Finding> find(String text) {
        if (text.isEmpty()) return List.of();
        List<Finding> found = new ArrayList<>();
        findIn(text, found::add);
        for (Lifted reading : Disguises.lift(text))
            findIn(reading.text(), finding -> found.add(inOriginal(finding, reading)));
        return Overlaps.resolve(text, found);
    }

    /** The text with each find written as its type in brackets. */
    public String mask(String text) {
        StringBuilder masked = new StringBuilder();
        int from = 0;
        for (Finding finding : find(text)) {
            masked.append(text, from, finding.start())
                    .append('[')
                    .append(finding.type())
                    .append(']');
            from = finding.end();
        }
        return masked.append(text, from, text.length()).toString();
    }

    private void findIn(String text, Consumer<Finding> found) {
        for (Detector detector : detectors) {
            // Whoever gives up waiting interrupts; the flag stays, so that no later text is searched either.
            if (Thread.currentThread().isInterrupted()) throw RedactionFailedException.outOfTime(detector.name());
            try {
                detector.find(text, finding -> found.accept(checked(finding, text)));
            } catch (RuntimeException | StackOverflowError e) {
                throw RedactionFailedException.of(detector.name(), e);
            }
        }
    }

    private static Finding checked(Finding finding, String text) {
        if (finding.end() <= text.length()) return finding;
        throw new IndexOutOfBoundsException("end: " + finding.end() + " (expected: <= " + text.length() + ")");
    }

    private static Finding inOriginal(Finding finding, Lifted reading) {
        int start = reading.start(finding.start(), finding.end());
        int end = reading.end(finding.start(), finding.end());
        return new Finding(finding.type(), finding.kind(), start, end, finding.score(), finding.detector());
    }
}
