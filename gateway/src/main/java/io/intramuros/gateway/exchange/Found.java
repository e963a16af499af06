// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

import io.intramuros.gateway.quota.Standing;
import io.intramuros.policies.Decision;
import io.intramuros.policies.Model;
import io.intramuros.redaction.conversation.Counts;
import io.intramuros.redaction.conversation.RedactedSlot;
import java.time.Duration;
import java.util.List;

/** What the steps find out about an exchange, in the order in which they do. */
public final class Found {
    /** The id of the trace that it belongs to, 32 hexadecimal digits. By {@code Way}. */
    public final Once<String> trace = new Once<>("trace");

    /** The body, read. By {@code Read}. */
    public final Once<ModelRequest> request = new Once<>("request");

    /** The model that is asked for, aliases resolved. By {@code Read}. */
    public final Once<Model> model = new Once<>("model");

    /** What the policies say. By {@code Decide}, refined by {@code Redact}. */
    public final Once<Decision> decision = new Once<>("decision");

    /** The prompt's tokens as estimated, and the most of the answer. By {@code Decide}. */
    public final Once<Usage> estimate = new Once<>("estimate");

    /** What is left of the limits. By {@code Reserve}. */
    public final Once<Standing> standing = new Once<>("standing");

    /** Whether what was asked of the limits was taken. By {@code Reserve}. */
    public final Once<Boolean> reserved = new Once<>("reserved");

    /** The answer that needs no node. By {@code AnswerHere}. */
    public final Once<byte[]> local = new Once<>("local");

    /** How long it took to search the texts, with the wait for its turn. By {@code Redact}. */
    public final Once<Duration> searched = new Once<>("searched");

    /** What was found in the texts. By {@code Redact}. */
    public final Once<Counts> counts = new Once<>("counts");

    /** The findings of each text slot, where a request asks for them alone. By {@code Redact}. */
    public final Once<List<RedactedSlot>> examined = new Once<>("examined");

    /** What was examined of the request. By {@code Redact}. */
    public final Once<Coverage> coverage = new Once<>("coverage");

    /** What was found in the answer's texts, as far as they have come. By the filters. */
    public final AnswerTally answered = new AnswerTally();

    /** The filters of the answer's texts. By {@code Redact}. */
    public final Once<AnswerText.Filters> filters = new Once<>("filters");

    /** The replicas to try, best first, and what each gets. By {@code Route}. */
    public final Once<List<Planned>> targets = new Once<>("targets");

    /** How long after its head came it was admitted. By {@code RecordAdmitted}. */
    public final Once<Duration> admitted = new Once<>("admitted");

    /** How long after its head came the node's first byte was there. By the call. */
    public final Once<Duration> firstByte = new Once<>("firstByte");

    /** The node that answers. By the call. */
    public final Once<String> node = new Once<>("node");

    /** The use as far as it is known. By the call. */
    public final Once<Usage> usage = new Once<>("usage");

    Found() {}

    /** The use as far as it is known; where the node has not said what the prompt took, its estimate. */
    public Usage usageSoFar() {
        Usage known = usage.find().orElse(Usage.NONE);
        return known.in() > 0 || known.out() == 0
                ? known
                : new Usage(estimate.get().in(), known.out());
    }
}
