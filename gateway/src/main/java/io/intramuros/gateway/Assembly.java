// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.audit.AuditLog;
import io.intramuros.audit.AuditSettings;
import io.intramuros.gateway.config.DataFolder;
import io.intramuros.gateway.config.Setting;
import io.intramuros.gateway.config.Settings;
import io.intramuros.gateway.node.Discovery;
import io.intramuros.gateway.node.NodeClient;
import io.intramuros.gateway.node.NodeLimits;
import io.intramuros.gateway.node.Router;
import io.intramuros.gateway.oauth.AccessTokens;
import io.intramuros.gateway.oauth.TrustedIssuer;
import io.intramuros.gateway.quota.AttemptLimiter;
import io.intramuros.gateway.quota.Ledger;
import io.intramuros.gateway.steps.AnswerHere;
import io.intramuros.gateway.steps.AuthFailures;
import io.intramuros.gateway.steps.Decide;
import io.intramuros.gateway.steps.Journal;
import io.intramuros.gateway.steps.Read;
import io.intramuros.gateway.steps.RecordAdmitted;
import io.intramuros.gateway.steps.Redact;
import io.intramuros.gateway.steps.Reserve;
import io.intramuros.gateway.steps.Route;
import io.intramuros.gateway.steps.Searching;
import io.intramuros.gateway.steps.Steps;
import io.intramuros.gateway.web.Readiness;
import io.intramuros.gateway.web.ServerPorts;
import io.intramuros.policies.Issuer;
import io.intramuros.policies.PolicySet;
import io.intramuros.redaction.Detector;
import io.intramuros.redaction.conversation.FindingsCache;
import io.intramuros.redaction.vault.Surrogates;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** Opens the parts of a gateway in their order. For one start; what is open is in {@code parts}, the last on top. */
final class Assembly {
    private static final Duration JOINED_FAILURES = Duration.ofSeconds(1);
    private static final long AUDIT_RESERVE_BYTES = 4L << 20;
    private static final Duration REMEMBERED = Duration.ofMinutes(30);
    private static final Duration BEAT = Duration.ofSeconds(10);

    private final UpOptions options;
    private final PrintStream out;
    private final Deque<AutoCloseable> parts;
    private final InstantSource clock = Clock.systemUTC();
    private final Settings settings;

    Assembly(UpOptions options, PrintStream out, Deque<AutoCloseable> parts) {
        this.options = options;
        this.out = out;
        this.parts = parts;
        this.settings = Settings.load(options.settings(), options.config());
    }

    RunningGateway start(List<Detector> detectors) {
        DataFolder data = part(DataFolder.open(options.data()));
        Secrets secrets = Secrets.of(settings, data);
        @Nullable EmbeddedNode node = embeddedNode(data);
        Detection detection = Detection.load(
                detectors, new FindingsCache(settings.number(Setting.REDACTION_CACHE), REMEMBERED, clock));
        Function<String, Surrogates> surrogates = surrogates(secrets);
        AuditLog log = part(log(data, secrets));
        Journal journal = new Journal(log);
        AuditDuties duties = part(AuditDuties.of(settings, data, log, journal, clock));
        Resources resources = part(Resources.open(
                settings,
                options.config(),
                node == null ? List.of() : List.of(node.resources()),
                environment(node),
                detection,
                new ResourceRecords(journal)));
        Tenants tenants = part(Tenants.open(settings, data, secrets, journal, clock));
        Ledger ledger = ledger(tenants, log);
        NodeClient client = part(new NodeClient(limits()));
        Redact redact = part(redact(surrogates, detection, resources.policies()));
        try (Redact trial = redact(surrogates, detection, () -> PolicySet.compile(List.of()))) {
            new SelfTest(trial).run();
        }
        Route route = new Route(new Router(resources.catalog(), client), Protocols.kinds(salts(secrets)));
        Steps steps = steps(journal, resources, tenants, ledger, route, redact);
        part(Discovery.start(resources.catalog(), client, settings.time(Setting.DISCOVERY)));
        ExecutorService virtual = part(Executors.newVirtualThreadPerTaskExecutor());
        AuthFailures failures = part(new AuthFailures(journal, JOINED_FAILURES));
        Handed handed = new Handed(
                settings,
                clock,
                virtual,
                log,
                journal,
                resources,
                tenants,
                client,
                steps,
                failures,
                secrets,
                detection,
                surrogates,
                duties);
        ConfigurableApplicationContext spring = part(handed.start(tokens(resources), limiter()));
        duties.begin();
        spring.getBean(Readiness.class).up();
        return RunningGateway.of(parts, spring, ready(secrets, tenants, node, spring));
    }

    private <T extends AutoCloseable> T part(T opened) {
        parts.push(opened);
        return opened;
    }

    private @Nullable EmbeddedNode embeddedNode(DataFolder data) {
        if (settings.isProduction() || !settings.flag(Setting.NODE_EMBEDDED)) return null;
        return part(EmbeddedNode.start(data.path(), options.offline(), out));
    }

    private static Map<String, String> environment(@Nullable EmbeddedNode node) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (node != null) environment.put(EmbeddedNode.TOKEN, node.token());
        return environment;
    }

    private AuditLog log(DataFolder data, Secrets secrets) {
        AuditSettings log = AuditSettings.of(data.resolve("audit"), LogKeys.of(settings, secrets))
                .timed(settings.time(Setting.AUDIT_WAIT), Duration.ofSeconds(1))
                .sized(
                        settings.number(Setting.AUDIT_SEGMENT),
                        settings.number(Setting.AUDIT_LOW_WATER),
                        AUDIT_RESERVE_BYTES)
                .by(clock);
        String second = settings.text(Setting.AUDIT_SECOND);
        try {
            return AuditLog.open(second.isEmpty() ? log : log.second(Path.of(second)));
        } catch (IOException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private Ledger ledger(Tenants tenants, AuditLog log) {
        Ledger ledger = Ledgers.open(settings, tenants, log, clock, parts);
        parts.push(ledger);
        return ledger;
    }

    private NodeLimits limits() {
        return new NodeLimits(
                settings.time(Setting.NODE_CONNECT),
                settings.time(Setting.NODE_FIRST_BYTE),
                settings.time(Setting.NODE_IDLE),
                (int) settings.number(Setting.NODE_JUDGED),
                settings.time(Setting.NODE_REST),
                settings.time(Setting.CLIENT_STALL));
    }

    private Steps steps(
            Journal journal, Resources resources, Tenants tenants, Ledger ledger, Route route, Redact redact) {
        return new Steps(
                new Read(resources.catalog()),
                new Decide(resources.policies()),
                part(new Reserve(ledger, tenants.quotas(), BEAT)),
                new AnswerHere(),
                redact,
                route,
                new RecordAdmitted(journal));
    }

    private Redact redact(Function<String, Surrogates> surrogates, Detection detection, Supplier<PolicySet> policies) {
        long permits = settings.number(Setting.REDACTION_PERMITS);
        Searching searching = new Searching(
                detection.whole(),
                detection.patterns(),
                detection.cache(),
                permits == 0 ? Runtime.getRuntime().availableProcessors() : (int) permits,
                settings.time(Setting.REDACTION_TIME));
        return new Redact(searching, policies, surrogates);
    }

    private Function<String, Surrogates> surrogates(Secrets secrets) {
        int version = (int) settings.number(Setting.REDACTION_KEY_VERSION);
        Map<String, Surrogates> byTeam = new ConcurrentHashMap<>();
        return team ->
                byTeam.computeIfAbsent(team, t -> Surrogates.of(secrets.master().surrogates(t, version)));
    }

    private static UnaryOperator<String> salts(Secrets secrets) {
        Map<String, String> byTeam = new ConcurrentHashMap<>();
        return team -> byTeam.computeIfAbsent(team, secrets.master()::cacheSalt);
    }

    private AccessTokens tokens(Resources resources) {
        return new AccessTokens(
                resources.issuers().stream().map(Assembly::trusted).toList(), clock);
    }

    private static TrustedIssuer trusted(Issuer issuer) {
        return new TrustedIssuer(
                issuer.issuer().toString(),
                issuer.jwksUri(),
                issuer.audience(),
                issuer.clients().stream()
                        .collect(Collectors.toMap(
                                Issuer.Client::clientId,
                                client -> new TrustedIssuer.Seat(client.team(), client.project()))));
    }

    private AttemptLimiter limiter() {
        return new AttemptLimiter(clock, (int) settings.number(Setting.ATTEMPTS), Duration.ofMinutes(1), 10_000);
    }

    private ReadyBlock ready(
            Secrets secrets, Tenants tenants, @Nullable EmbeddedNode node, ConfigurableApplicationContext spring) {
        var ports = spring.getBean(ServerPorts.class);
        return new ReadyBlock(
                settings.has(Setting.TLS_CERTIFICATE) ? "https" : "http",
                settings.text(Setting.BIND),
                ports.data(),
                ports.admin(),
                node == null ? "" : node.chatModel(),
                tenants.firstKey().orElse(null),
                secrets.adminToken(),
                secrets.madeToken(),
                node != null && node.isWiringOnly()
                        ? "no language model could be pulled: the built-in model \"wiring\" answers, which knows nothing"
                                + " and is for wiring only"
                        : null);
    }
}
