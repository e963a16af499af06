// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import io.intramuros.redaction.Overlaps;
import io.intramuros.redaction.RedactionFailedException;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.vault.Surrogates;
import io.intramuros.redaction.vault.Vault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Redacts all texts of a request as one: what is found in one of them is found wherever it is repeated, and stands for
 * the same surrogate everywhere. Safe for use by several threads at once; each call has a vault of its own.
 */
public final class Conversation {
    private final Redactor redactor;
    private final ActionPlan plan;
    private final Surrogates surrogates;
    private final boolean observing;
    private final @Nullable FindingsCache cache;

    private Conversation(
            Redactor redactor,
            ActionPlan plan,
            Surrogates surrogates,
            boolean observing,
            @Nullable FindingsCache cache) {
        this.redactor = redactor;
        this.plan = plan;
        this.surrogates = surrogates;
        this.observing = observing;
        this.cache = cache;
    }

    /** Does what the plan says. */
    public static Conversation enforcing(Redactor redactor, ActionPlan plan, Surrogates surrogates) {
        return new Conversation(redactor, plan, surrogates, false, null);
    }

    /** Says what the plan would have done and changes and blocks nothing. */
    public static Conversation observing(Redactor redactor, ActionPlan plan, Surrogates surrogates) {
        return new Conversation(redactor, plan, surrogates, true, null);
    }

    /** The same, which searches no text again that {@code remembered} knows the findings of. */
    public Conversation with(FindingsCache remembered) {
        return new Conversation(redactor, plan, surrogates, observing, remembered);
    }

    /**
     * Redacts the slots of one request.
     *
     * @throws io.intramuros.redaction.RedactionFailedException when a detector fails; nothing may be forwarded then
     */
    public Outcome redact(List<Slot> slots) {
        List<View> views = slots.stream().map(View::of).toList();
        List<List<Finding>> findings = withRepeats(views, findings(views));
        Set<EntityType> blocked = blocked(findings);
        Vault vault = new Vault(surrogates);
        Treatment treatment = new Treatment(plan, surrogates, new Minting(vault, views));
        List<RedactedSlot> redacted = new ArrayList<>();
        for (int i = 0; i < views.size(); i++)
            redacted.add(redacted(views.get(i), findings.get(i), blocked.isEmpty() ? treatment : null));
        Counts counts = Counts.of(
                redacted.stream().flatMap(slot -> slot.findings().stream()).toList());
        return blocked.isEmpty() || observing
                ? new Outcome.Redacted(redacted, vault, counts)
                : new Outcome.Blocked(blocked, counts);
    }

    private List<List<Finding>> findings(List<View> views) {
        List<List<Finding>> findings = new ArrayList<>();
        for (View view : views) {
            try {
                findings.add(
                        cache == null
                                ? redactor.find(view.text())
                                : cache.find(surrogates, view.text(), redactor::find));
            } catch (RedactionFailedException e) {
                throw e.inSlot(findings.size());
            }
        }
        return findings;
    }

    /** The findings and every repeat of their values in any view. */
    private static List<List<Finding>> withRepeats(List<View> views, List<List<Finding>> findings) {
        Repeats repeats = new Repeats();
        for (int i = 0; i < views.size(); i++)
            for (Finding finding : findings.get(i)) repeats.learn(views.get(i).text(), finding);
        if (repeats.isEmpty()) return findings;
        List<List<Finding>> all = new ArrayList<>();
        for (int i = 0; i < views.size(); i++) {
            View view = views.get(i);
            List<Finding> both = new ArrayList<>(findings.get(i));
            repeats.find(view.text(), both::add);
            all.add(Overlaps.resolve(view.text(), both));
        }
        return all;
    }

    private Set<EntityType> blocked(List<List<Finding>> findings) {
        Set<EntityType> blocked = EnumSet.noneOf(EntityType.class);
        for (List<Finding> ofSlot : findings)
            for (Finding finding : ofSlot)
                if (plan.actionFor(finding.type()) == Action.BLOCK) blocked.add(finding.type());
        return blocked;
    }

    /** The slot with its findings treated; without a treatment its text is not changed. */
    private RedactedSlot redacted(View view, List<Finding> findings, @Nullable Treatment treatment) {
        Rewriting rewriting = new Rewriting(view);
        for (Finding finding : view.pieces(findings)) {
            Action action = plan.actionFor(finding.type());
            rewriting.apply(
                    finding,
                    action,
                    treatment == null || observing ? null : treatment.replacement(finding, view.text()));
        }
        return rewriting.done();
    }
}
