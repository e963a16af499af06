// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.audit.AuditLog;
import io.intramuros.audit.Retention;
import io.intramuros.audit.Witness;
import io.intramuros.gateway.admin.AdminJournal;
import io.intramuros.gateway.admin.AdminTokens;
import io.intramuros.gateway.admin.Redaction;
import io.intramuros.gateway.config.Setting;
import io.intramuros.gateway.config.Settings;
import io.intramuros.gateway.dialect.Dialects;
import io.intramuros.gateway.node.LiveCatalog;
import io.intramuros.gateway.node.NodeClient;
import io.intramuros.gateway.oauth.AccessTokens;
import io.intramuros.gateway.quota.AttemptLimiter;
import io.intramuros.gateway.steps.AuthFailures;
import io.intramuros.gateway.steps.Journal;
import io.intramuros.gateway.steps.Settle;
import io.intramuros.gateway.steps.Steps;
import io.intramuros.gateway.telemetry.ExchangeMetrics;
import io.intramuros.gateway.telemetry.ExchangeSpans;
import io.intramuros.gateway.tenant.Directory;
import io.intramuros.gateway.tenant.KeyRing;
import io.intramuros.gateway.tenant.Keys;
import io.intramuros.gateway.tenant.Quotas;
import io.intramuros.gateway.tenant.UsageBook;
import io.intramuros.gateway.web.Readiness;
import io.intramuros.redaction.vault.Surrogates;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** What Spring is handed, and Spring's start with it. */
record Handed(
        Settings settings,
        InstantSource clock,
        ExecutorService virtual,
        AuditLog log,
        Journal journal,
        Resources resources,
        Tenants tenants,
        NodeClient client,
        Steps steps,
        AuthFailures failures,
        Secrets secrets,
        Detection detection,
        Function<String, Surrogates> surrogates,
        AuditDuties duties) {

    ConfigurableApplicationContext start(AccessTokens tokens, AttemptLimiter limiter) {
        readable(Setting.TLS_CERTIFICATE);
        readable(Setting.TLS_KEY);
        try {
            return new SpringApplicationBuilder(Application.class)
                    .web(WebApplicationType.REACTIVE)
                    .properties(SpringSettings.of(settings))
                    .initializers(context -> hand((GenericApplicationContext) context, tokens, limiter))
                    .registerShutdownHook(false)
                    .run();
        } catch (RuntimeException e) {
            if (!isPortTaken(e)) throw e;
            throw new StartFailure(
                    "a port is in use (expected: free ones for the data plane and the admin plane; see --port and"
                            + " --admin-port)",
                    e);
        }
    }

    private void readable(Setting file) {
        if (settings.has(file) && !Files.isReadable(Path.of(settings.text(file))))
            throw new StartFailure(
                    file.key() + ": " + settings.text(file) + " cannot be read (expected: a PEM file)", null);
    }

    private void hand(GenericApplicationContext beans, AccessTokens tokens, AttemptLimiter limiter) {
        bean(beans, Settings.class, settings);
        bean(beans, InstantSource.class, clock);
        bean(beans, ExecutorService.class, virtual);
        bean(beans, LiveCatalog.class, resources.catalog());
        bean(beans, NodeClient.class, client);
        bean(beans, Steps.class, steps);
        bean(beans, Dialects.class, Protocols.dialects());
        bean(beans, AuthFailures.class, failures);
        bean(beans, KeyRing.class, tenants.ring());
        bean(beans, AccessTokens.class, tokens);
        admin(beans);
        bean(beans, AttemptLimiter.class, limiter);
        bean(beans, Readiness.class, new Readiness());
        beans.registerBean(ExchangeMetrics.class, () -> new ExchangeMetrics(beans.getBean(MeterRegistry.class)));
        beans.registerBean(ExchangeSpans.class, () -> spans(beans));
        beans.registerBean(
                Settle.class,
                () -> new Settle(journal, beans.getBean(ExchangeMetrics.class), tenants.book(), clock, virtual));
    }

    private ExchangeSpans spans(GenericApplicationContext beans) {
        return settings.has(Setting.TELEMETRY_OTLP)
                ? new ExchangeSpans(beans.getBean(OpenTelemetry.class).getTracer("io.intramuros.gateway"))
                : ExchangeSpans.none();
    }

    private void admin(GenericApplicationContext beans) {
        bean(beans, AdminTokens.class, Administrators.of(settings, secrets.adminToken(), System.getenv()));
        bean(beans, AdminJournal.class, journal::change);
        bean(beans, AuditLog.class, log);
        bean(beans, Witness.class, duties.witness());
        bean(beans, Retention.class, duties.retention());
        bean(beans, Directory.class, tenants.directory());
        bean(beans, Keys.class, tenants.keys());
        bean(beans, Quotas.class, tenants.quotas());
        bean(beans, UsageBook.class, tenants.book());
        bean(beans, Redaction.class, new Redaction(detection.whole(), resources.policies(), surrogates, clock));
    }

    private static <T> void bean(GenericApplicationContext beans, Class<T> type, T object) {
        // No destroy method: whoever opened it closes it.
        beans.registerBean(type, () -> object, definition -> definition.setDestroyMethodName(""));
    }

    private static boolean isPortTaken(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause())
            if (cause instanceof BindException || cause instanceof PortInUseException) return true;
        return false;
    }

    @Override
    public String toString() {
        return "Handed";
    }
}
