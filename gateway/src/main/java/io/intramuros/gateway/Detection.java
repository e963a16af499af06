// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.conversation.FindingsCache;
import io.intramuros.redaction.names.Names;
import io.intramuros.redaction.patterns.Patterns;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The redactors of the gateway.
 *
 * @param whole every detector, for requests
 * @param patterns those that need no model, for answers of which only what has a form is looked for
 * @param company those that the configuration describes, which both ask
 * @param cache what was found in texts that come again
 */
record Detection(Redactor whole, Redactor patterns, CompanyDetectors company, FindingsCache cache) {
    /**
     * Loads them.
     *
     * @param more further detectors, of whoever embeds the gateway
     */
    static Detection load(List<Detector> more, FindingsCache cache) {
        CompanyDetectors company = new CompanyDetectors();
        List<Detector> patterns = new ArrayList<>(Patterns.detectors());
        patterns.add(company);
        patterns.addAll(more);
        List<Detector> all = new ArrayList<>(patterns);
        all.addAll(Names.detectors());
        return new Detection(Redactor.of(all), Redactor.of(patterns), company, cache);
    }

    /** Takes the company's detectors; what others found counts no more. */
    void take(List<io.intramuros.policies.Detector> described) {
        company.set(described);
        cache.clear();
    }

    /** What a text holds, by type. */
    Map<EntityType, Integer> counts(String text) {
        Map<EntityType, Integer> counts = new EnumMap<>(EntityType.class);
        for (Finding finding : whole.find(text)) counts.merge(finding.type(), 1, Integer::sum);
        return counts;
    }
}
