// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import io.intramuros.redaction.Place;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.patterns.PrivateKeys;
import io.intramuros.redaction.vault.JsonEscapes;
import io.intramuros.redaction.vault.Surrogates;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Watches an answer for what the model must not say. It stands before the {@link
 * io.intramuros.redaction.vault.Restorer}: surrogates mean nothing to it, and restored values it never sees. The text is
 * cut at places that only the text itself decides, so the parts that come out join to the same whatever the pieces were.
 * For one stream and one thread at a time.
 */
public final class Screen {
    /** What has passed and still gives context to what comes: a key, a label. */
    private static final int CONTEXT = 96;

    private final Redactor redactor;
    private final Treatment treatment;
    private final Place place;
    private final Predicate<String> ours;
    private final @Nullable Cuts cuts;
    private final StringBuilder pending = new StringBuilder();
    private final List<Applied> findings = new ArrayList<>();
    private String context = "";
    private String keyTail = "";
    private int offset;
    private boolean inString;
    private boolean insideKey;
    private @Nullable EntityType blocked;

    /**
     * A screen for one stream.
     *
     * @param plan what to do with what is found; pseudonymize writes a surrogate that nothing restores
     * @param place where the text stands
     */
    public Screen(Redactor redactor, ActionPlan plan, Surrogates surrogates, Place place) {
        this(redactor, plan, surrogates, place, _ -> false);
    }

    /**
     * A screen for one stream that comes before a restorer.
     *
     * @param ours tells the made-up values that the restorer will turn back; they are let through
     */
    public Screen(Redactor redactor, ActionPlan plan, Surrogates surrogates, Place place, Predicate<String> ours) {
        this.redactor = redactor.only(actedOn(plan));
        this.treatment = new Treatment(plan, surrogates, new Unrestored(surrogates));
        this.place = place;
        this.ours = ours;
        this.cuts = Cuts.forPlan(plan).orElse(null);
    }

    private static Set<EntityType> actedOn(ActionPlan plan) {
        Set<EntityType> types = EnumSet.allOf(EntityType.class);
        types.removeIf(type -> plan.actionFor(type) == Action.ALLOW);
        return types;
    }

    /** Whether the plan lets everything through, so that nothing is looked for. */
    public boolean isOpen() {
        return cuts == null;
    }

    /** Takes the next piece and gives what is certain by now; nothing any more once the plan has blocked. */
    public String accept(String piece) {
        if (cuts == null) return piece;
        pending.append(piece);
        return drain(cuts, false);
    }

    /** Gives what was held back; the stream is at its end. */
    public String finish() {
        return cuts == null ? "" : drain(cuts, true);
    }

    /** The type because of which the answer must end here, if there is one. */
    public Optional<EntityType> blocked() {
        return Optional.ofNullable(blocked);
    }

    /** What was found up to now; indexes count from the start of the stream. */
    public List<Applied> findings() {
        return List.copyOf(findings);
    }

    /** How many finds there were up to now. */
    public int found() {
        return findings.size();
    }

    /** The number of characters held back now. */
    public int held() {
        return pending.length();
    }

    private String drain(Cuts where, boolean atEnd) {
        StringBuilder out = new StringBuilder();
        for (int cut = where.next(pending, atEnd); cut > 0 && blocked == null; cut = where.next(pending, atEnd)) {
            String segment = pending.substring(0, cut);
            pending.delete(0, cut);
            int hidden = insideKey ? endOfKey(segment) : 0;
            offset += hidden;
            if (hidden < cut) screen(segment.substring(hidden), out);
        }
        if (blocked != null) pending.setLength(0);
        return out.toString();
    }

    /** Screens a segment that no finding crosses the borders of, other than a private key. */
    private void screen(String segment, StringBuilder out) {
        if (place == Place.TEXT && passes(context + segment)) {
            out.append(segment);
            offset += segment.length();
            return;
        }
        Segment window = Segment.of(context, segment, place, inString);
        String text = window.text();
        int from = 0;
        for (Finding finding : redactor.find(text)) {
            Finding raw = window.raw(finding);
            if (raw == null || raw.start() < from || ours.test(text.substring(finding.start(), finding.end())))
                continue;
            out.append(segment, from, raw.start());
            String replacement = treated(raw, finding, text);
            if (blocked != null) return;
            if (replacement == null) out.append(segment, raw.start(), raw.end());
            else out.append(written(replacement, window.needsQuotes(finding)));
            from = raw.end();
            insideKey = from == segment.length() && replacement != null && PrivateKeys.isOpen(finding, text);
        }
        out.append(segment, from, segment.length());
        offset += segment.length();
        context = insideKey ? "" : window.context(CONTEXT);
        inString = window.endsInString();
    }

    /** Whether a first look says that nothing ends after the context; most of what a model writes passes here. */
    private boolean passes(String text) {
        if (redactor.mayFind(text, context.length())) return false;
        context = Segment.tail(text, CONTEXT);
        return true;
    }

    /** What stands for a finding; null where it stays or, see {@link #blocked()}, ends the answer. */
    private @Nullable String treated(Finding raw, Finding finding, String text) {
        Action action = treatment.actionFor(raw.type());
        String replacement = action == Action.BLOCK ? null : treatment.replacement(finding, text);
        if (action == Action.BLOCK) blocked = raw.type();
        Applied applied = Applied.of(raw, action, replacement);
        findings.add(applied.movedBy(offset));
        return replacement;
    }

    private String written(String replacement, boolean quoted) {
        String safe = place == Place.JSON ? JsonEscapes.of(replacement) : replacement;
        return quoted ? '"' + safe + '"' : safe;
    }

    /** The part of the segment that still belongs to the private key that the text is inside of. */
    private int endOfKey(String segment) {
        String text = keyTail + segment;
        int end = PrivateKeys.end(text, 0);
        insideKey = end < 0;
        keyTail = insideKey ? text.substring(Math.max(0, text.length() - CONTEXT)) : "";
        return insideKey ? segment.length() : Math.max(0, end - (text.length() - segment.length()));
    }

    @Override
    public String toString() {
        return "Screen[" + place + ", " + pending.length() + " held, " + findings.size() + " findings]";
    }
}
