// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.exchange;

import io.intramuros.gateway.quota.Standing;
import io.intramuros.policies.Decision;
import io.intramuros.policies.Model;
import io.intramuros.redaction.conversation.Counts;
import io.intramuros.redaction.conversation.RedactedSlot;
import java.util.List;

/** What the steps find out about an exchange, in the order in which they do. */
public final class Found {
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

    /** The answer that needs no node. By {@code AnswerHere}. */
    public final Once<byte[]> local = new Once<>("local");

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
