// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What auditors ask for: each is an export that proves itself, with a page that a person can read. A page supports a
 * statement; whether something is lawful is for people to say.
 */
public enum EvidencePack {
    /** That the log is whole. */
    INTEGRITY(
            "Integrity and completeness",
            "GDPR 5(1)(f), 5(2) and 32; EU AI Act 12 and 19; SOC 2 CC7; PCI DSS 10.3; HIPAA 164.312(b) and (c)",
            "what happened outside the gateway, and requests that never came through it",
            "",
            "type,outcome"),
    /** Where requests were sent. */
    ZERO_EGRESS(
            "Zero egress: every forward and the node that it went to",
            "GDPR 28 and 44 to 46; DORA 28 to 30",
            "what a node itself did with a request; that the process could open no other connection is shown by its"
                    + " configuration and its tests",
            "request\\.(admitted|retried)",
            "node,model.served,policy"),
    /** What is recorded of one person. */
    SUBJECT_ACCESS(
            "Subject access",
            "GDPR 15",
            "texts, which are never recorded; records under a pseudonym that is no longer linked to the person",
            "",
            "type,model.served,outcome"),
    /** What was erased. */
    ERASURE(
            "Erasure certificates",
            "GDPR 17 and 19",
            "backups of the key store that are still within their time",
            "erasure\\..*",
            "subject,actor,method"),
    /** What one key could reach. */
    BLAST_RADIUS(
            "Blast radius of a key",
            "GDPR 33 and 34; DORA 17 to 19; SOC 2 CC7.4",
            "what a thief did with answers; which persons the findings were about",
            "request\\..*",
            "key,team,project,model.served,pii"),
    /** Who could do what. */
    ACCESS_REVIEW(
            "Keys, administrators and failed authentications",
            "SOC 2 CC6.1 to 6.3; HIPAA 164.312(d); PCI DSS 10.2.1",
            "accounts of the identity provider, which keeps its own log",
            "(key|keys|team|teams|project|quota|quotas|admin|auth|audit)\\..*",
            "type,actor,team,outcome"),
    /** What was found in texts. */
    FINDINGS(
            "Personal data by type, team and version of the policies",
            "GDPR 5(1)(c), 25 and 30; HIPAA 164.514(b)(2)",
            "values that no detector recognised",
            "request\\..*",
            "team,policy,pii"),
    /** How the rules changed. */
    POLICY_HISTORY(
            "Changes of policies and configuration",
            "EU AI Act 12 and 17; ISO/IEC 42001 A.6.2; SOC 2 CC8.1",
            "why somebody changed them",
            "(policy|config)\\..*",
            "type,actor,policy"),
    /** When a control did not work. */
    CONTROL_FAILURES(
            "Failures of controls, and gaps",
            "PCI DSS 10.7.2; DORA 10 and 17; SOC 2 CC7.2 and 7.3",
            "failures of machines that the gateway does not see",
            "(system\\.(recovered|clock_stepped|start|stop)|audit\\.degraded|request\\.orphaned|hold\\..*|retention\\..*)",
            "type,outcome");

    private final String title;
    private final String supports;
    private final String cannot;
    private final String types;
    private final String columns;

    EvidencePack(String title, String supports, String cannot, String types, String columns) {
        this.title = title;
        this.supports = supports;
        this.cannot = cannot;
        this.types = types;
        this.columns = columns;
    }

    String title() {
        return title;
    }

    /** The articles that it serves. */
    String supports() {
        return supports;
    }

    /** What it does not show. */
    String cannot() {
        return cannot;
    }

    List<String> columns() {
        return List.of(columns.split(",", -1));
    }

    boolean counts(AuditEntry entry) {
        return types.isEmpty() || entry.type().matches(types);
    }

    /** Writes the pack of a log, signed. */
    void write(Path log, RecordQuery query, LogKey signer, Instant created, OutputStream to) throws IOException {
        String page = EvidencePage.of(this, log, query, created);
        Bundle.Order order = new Bundle.Order(
                List.of(log), query, List.of(Export.Format.CSV), signer, List.of(), Map.of("index.html", page));
        Bundle.write(order, created, to);
    }
}
