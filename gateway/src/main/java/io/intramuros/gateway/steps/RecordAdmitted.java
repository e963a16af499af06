// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.steps;

import io.intramuros.audit.AuditUnavailableException;
import io.intramuros.gateway.exchange.ErrorCode;
import io.intramuros.gateway.exchange.Exchange;
import io.intramuros.gateway.exchange.Onward;
import io.intramuros.gateway.exchange.Outcome;
import io.intramuros.gateway.exchange.Refusal;
import io.intramuros.gateway.exchange.Step;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step 9: {@code request.admitted} is durable before anything is forwarded. */
public final class RecordAdmitted implements Step {
    private static final Logger LOG = LoggerFactory.getLogger(RecordAdmitted.class);

    /** What a caller is told when the log takes nothing. */
    public static final Refusal UNAVAILABLE = new Refusal(
            ErrorCode.AUDIT_UNAVAILABLE,
            "The audit log cannot be written at the moment, and nothing is forwarded that is not recorded; try again.",
            null,
            Map.of("retry-after", "5"));

    private final Journal journal;

    public RecordAdmitted(Journal journal) {
        this.journal = journal;
    }

    @Override
    public Outcome take(Exchange exchange) {
        try {
            journal.admitted(exchange);
            return Onward.ONWARD;
        } catch (AuditUnavailableException e) {
            LOG.error("request {}: not admitted, the log cannot be written: {}", exchange.id(), e.getMessage());
            return UNAVAILABLE;
        }
    }

    /** Records a further try before it is made. */
    public void retried(Exchange exchange, String node, String why) throws AuditUnavailableException {
        journal.retried(exchange, node, why);
    }
}
