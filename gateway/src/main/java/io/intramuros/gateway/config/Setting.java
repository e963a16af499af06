// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.config;

import java.time.Duration;
import java.util.List;

/**
 * Every setting of the process: its key in {@code intramuros.yaml}, its environment name, its default, and what is
 * right. The settings reference is written from this list.
 */
public enum Setting {
    MODE(
            "mode",
            "INTRAMUROS_MODE",
            "embedded",
            new Form.Word(List.of("embedded", "production")),
            "embedded starts a node of its own and makes a first team and key; production needs its secrets given,"
                    + " starts no node and makes nothing."),
    PORT("listen.port", "INTRAMUROS_PORT", "8080", port(), "The data plane's port; 0 takes a free one."),
    ADMIN_PORT(
            "listen.adminPort", "INTRAMUROS_ADMIN_PORT", "8081", port(), "The admin plane's port; 0 takes a free one."),
    ADMIN_TOKENS(
            "admin.tokens",
            "INTRAMUROS_ADMIN_TOKENS",
            "",
            new Form.Text("NAME=env:VARIABLE or NAME=file:/PATH, with commas between, or empty"),
            "Administrators beside \"admin\", each with a token of at least 32 characters of its own; their names stand in"
                    + " the audit log."),
    BIND("listen.bind", "INTRAMUROS_BIND", "127.0.0.1", new Form.Text("an address"), "The address of both listeners."),
    TLS_CERTIFICATE(
            "listen.tls.certificate",
            "INTRAMUROS_TLS_CERTIFICATE",
            "",
            new Form.Text("a PEM file, or empty"),
            "The certificate chain of both listeners; read again when it changes. Empty: no TLS."),
    TLS_KEY(
            "listen.tls.key",
            "INTRAMUROS_TLS_KEY",
            "",
            new Form.Text("a PEM file, or empty"),
            "The private key of that certificate."),
    TRUSTED_PROXIES(
            "listen.trustedProxies",
            "INTRAMUROS_TRUSTED_PROXIES",
            "",
            new Form.Text("addresses with commas between"),
            "Peers whose X-Forwarded-For names the caller's address. Empty: nobody's."),
    BODY_BYTES(
            "limits.bodyBytes",
            "INTRAMUROS_BODY_BYTES",
            "8388608",
            new Form.Whole(1_024, 268_435_456, "bytes"),
            "The largest request body."),
    ANSWER_BYTES(
            "limits.answerBytes",
            "INTRAMUROS_ANSWER_BYTES",
            "33554432",
            new Form.Whole(1_024, 1_073_741_824, "bytes"),
            "The largest answer of a node that is not a stream."),
    BODY_TIME(
            "limits.bodyTime",
            "INTRAMUROS_BODY_TIME",
            "PT30S",
            new Form.Time(Duration.ofSeconds(1), Duration.ofHours(1)),
            "How long a caller may take to send its request."),
    REDACTION_PERMITS(
            "limits.redactionPermits",
            "INTRAMUROS_REDACTION_PERMITS",
            "0",
            new Form.Whole(0, 1_024, "exchanges"),
            "How many exchanges are searched for personal data at once; 0 is the number of processors."),
    REDACTION_TIME(
            "limits.redactionTime",
            "INTRAMUROS_REDACTION_TIME",
            "PT30S",
            new Form.Time(Duration.ofMillis(100), Duration.ofMinutes(10)),
            "How long a request, or a piece of an answer, may be searched for personal data before it is refused."),
    REDACTION_CACHE(
            "redaction.cacheBytes",
            "INTRAMUROS_REDACTION_CACHE_BYTES",
            "33554432",
            new Form.Whole(0, 4_294_967_296L, "bytes"),
            "The memory for where in texts of the last half hour something was found (places and types under a keyed"
                    + " hash, no text), so that the old turns of a conversation are not searched again. 0: none."),
    REDACTION_KEY_VERSION(
            "redaction.keyVersion",
            "INTRAMUROS_REDACTION_KEY_VERSION",
            "1",
            new Form.Whole(1, 1_000, ""),
            "The version of the teams' keys for surrogates and encryption; add 1 to change them all. What the version"
                    + " before minted is still restored, what any version encrypted can still be revealed."),
    ATTEMPTS(
            "limits.wrongCredentials",
            "INTRAMUROS_WRONG_CREDENTIALS",
            "60",
            new Form.Whole(1, 1_000_000, "a minute"),
            "How many wrong credentials an address may send before it has to wait."),
    NODE_CONNECT(
            "nodes.connect",
            "INTRAMUROS_NODE_CONNECT",
            "PT2S",
            new Form.Time(Duration.ofMillis(10), Duration.ofMinutes(1)),
            "How long a connection to a node may take."),
    NODE_FIRST_BYTE(
            "nodes.firstByte",
            "INTRAMUROS_NODE_FIRST_BYTE",
            "PT2M",
            new Form.Time(Duration.ofMillis(100), Duration.ofHours(1)),
            "How long a node may take to its answer's first byte."),
    NODE_IDLE(
            "nodes.idle",
            "INTRAMUROS_NODE_IDLE",
            "PT1M",
            new Form.Time(Duration.ofMillis(100), Duration.ofHours(1)),
            "How long a node may send nothing within an answer."),
    NODE_JUDGED(
            "nodes.judgedCalls",
            "INTRAMUROS_NODE_JUDGED_CALLS",
            "10",
            new Form.Whole(1, 100_000, "calls"),
            "A node that failed half of its last so many calls is left alone for a while, then tried with so many again."),
    NODE_REST(
            "nodes.rest",
            "INTRAMUROS_NODE_REST",
            "PT5S",
            new Form.Time(Duration.ofMillis(100), Duration.ofHours(1)),
            "How long such a node is left alone."),
    DISCOVERY(
            "nodes.discovery",
            "INTRAMUROS_NODE_DISCOVERY",
            "PT30S",
            new Form.Time(Duration.ofMillis(100), Duration.ofHours(24)),
            "How often a node with discover: true is asked which models it has."),
    KEEP_ALIVE(
            "answers.keepAlive",
            "INTRAMUROS_KEEP_ALIVE",
            "PT15S",
            new Form.Time(Duration.ZERO, Duration.ofHours(1)),
            "How long a stream of events may be still before a ping (Anthropic) or a comment (OpenAI) says that it is"
                    + " alive; Ollama's lines have no such thing. 0: never."),
    CLIENT_STALL(
            "limits.clientStall",
            "INTRAMUROS_CLIENT_STALL",
            "PT1M",
            new Form.Time(Duration.ofMillis(100), Duration.ofHours(1)),
            "How long a caller may read nothing of an answer that waits for it."),
    DRAIN(
            "limits.drain",
            "INTRAMUROS_DRAIN",
            "PT30S",
            new Form.Time(Duration.ZERO, Duration.ofHours(1)),
            "How long running exchanges may go on after SIGTERM."),
    NODE_EMBEDDED(
            "node.embedded",
            "INTRAMUROS_NODE_EMBEDDED",
            "true",
            flag(),
            "Whether the embedded mode starts a node of its own."),
    POLICY_PACK(
            "policies.pack",
            "INTRAMUROS_POLICY_PACK",
            "gdpr-default",
            new Form.Text("gdpr-default, developer-secrets or none"),
            "The policy pack that holds for everybody, under the policies of the configuration folder."),
    DATABASE_URL(
            "database.url",
            "INTRAMUROS_DATABASE_URL",
            "",
            new Form.Text("a JDBC URL, or empty"),
            "The tenants' database: jdbc:postgresql://… where several gateways share it. Empty: an H2 file in the data"
                    + " folder."),
    DATABASE_USER("database.user", "INTRAMUROS_DATABASE_USER", "", new Form.Text("a name"), "The database's user."),
    DATABASE_PASSWORD(
            "database.password",
            "INTRAMUROS_DATABASE_PASSWORD",
            "",
            new Form.Text("a secret"),
            "The database's password; best given in the environment."),
    REDIS_URI(
            "redis.uri",
            "INTRAMUROS_REDIS_URI",
            "",
            new Form.Text("a redis:// or rediss:// URI, or empty"),
            "The Redis that several gateways count quotas in. Empty: in memory."),
    TIME_ZONE(
            "organization.timeZone",
            "INTRAMUROS_TIME_ZONE",
            "UTC",
            new Form.Text("a zone of the IANA database"),
            "The zone of calendar days and months in quotas."),
    AUDIT_WAIT(
            "audit.wait",
            "INTRAMUROS_AUDIT_WAIT",
            "PT2S",
            new Form.Time(Duration.ofMillis(10), Duration.ofMinutes(1)),
            "How long a record may take to be durable before the request is refused."),
    AUDIT_SEGMENT(
            "audit.segmentBytes",
            "INTRAMUROS_AUDIT_SEGMENT_BYTES",
            "268435456",
            new Form.Whole(1_048_576, 4_294_967_296L, "bytes"),
            "The size at which a segment of the log is closed."),
    AUDIT_LOW_WATER(
            "audit.lowWaterBytes",
            "INTRAMUROS_AUDIT_LOW_WATER_BYTES",
            "67108864",
            new Form.Whole(0, 1_099_511_627_776L, "bytes"),
            "The free space below which no request is admitted."),
    AUDIT_SECOND(
            "audit.secondVolume",
            "INTRAMUROS_AUDIT_SECOND_VOLUME",
            "",
            new Form.Text("a folder on another volume, or empty"),
            "Where the log goes on, for good, when it cannot be written in the data folder. Empty: requests are refused"
                    + " then."),
    AUDIT_ORIGIN(
            "audit.origin",
            "INTRAMUROS_AUDIT_ORIGIN",
            "intramuros/default",
            new Form.Text("a name without spaces and plus signs"),
            "The log's name, which is in each signature: another one for each gateway, and the same for ever."),
    AUDIT_WITNESSES(
            "audit.witnesses",
            "INTRAMUROS_AUDIT_WITNESSES",
            "",
            new Form.Text("VKEYFILE=URL with commas between, or empty"),
            "Who is asked to sign each checkpoint (c2sp.org/tlog-witness): the file of its key, and where it takes"
                    + " add-checkpoint; another gateway's is http://HOST:8081/witness."),
    AUDIT_WITNESSED(
            "audit.witnessed",
            "INTRAMUROS_AUDIT_WITNESSED",
            "",
            new Form.Text("files with commas between, or empty"),
            "The vkey files of the logs whose checkpoints this gateway signs, as their witness."),
    AUDIT_RETENTION(
            "audit.retention",
            "INTRAMUROS_AUDIT_RETENTION",
            "P400D",
            new Form.Time(Duration.ofDays(1), Duration.ofDays(36_525)),
            "How long records are kept; each hour, segments in which all are older go, unless a hold pins them."),
    AUDIT_HIGH_RISK(
            "audit.highRisk",
            "INTRAMUROS_AUDIT_HIGH_RISK",
            "",
            new Form.Text("teams with commas between, or empty"),
            "Teams whose records nobody can have pruned before 184 days are over."),
    TELEMETRY_OTLP(
            "telemetry.otlp",
            "INTRAMUROS_TELEMETRY_OTLP",
            "",
            new Form.Text("an http URL, or empty"),
            "Where traces go by OTLP over HTTP. Empty: nowhere."),
    LOG_FORMAT(
            "telemetry.logFormat",
            "INTRAMUROS_LOG_FORMAT",
            "text",
            new Form.Word(List.of("text", "json")),
            "The form of the process's own log lines."),
    LOG_LEVEL("telemetry.logLevel", "INTRAMUROS_LOG_LEVEL", "warn", levels(), "The least level that is logged.");

    private final String key;
    private final String env;
    private final String fallback;

    @SuppressWarnings("ImmutableEnumChecker") // its forms are records of values
    private final Form form;

    private final String meaning;

    Setting(String key, String env, String fallback, Form form, String meaning) {
        this.key = key;
        this.env = env;
        this.fallback = fallback;
        this.form = form;
        this.meaning = meaning;
    }

    /** Its dotted key. */
    public String key() {
        return key;
    }

    /** Its name in the environment, which wins over the file. */
    public String env() {
        return env;
    }

    /** Its default, as one would write it. */
    public String fallback() {
        return fallback;
    }

    /** What is right, in words. */
    public String rule() {
        return form.rule();
    }

    /** What it does. */
    public String meaning() {
        return meaning;
    }

    boolean accepts(String value) {
        return form.accepts(value);
    }

    private static Form port() {
        return new Form.Whole(0, 65_535, "");
    }

    private static Form flag() {
        return new Form.Word(List.of("true", "false"));
    }

    private static Form levels() {
        return new Form.Word(List.of("error", "warn", "info", "debug"));
    }
}
