// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.gateway.config.Setting;
import io.intramuros.gateway.config.Settings;
import java.util.HashMap;
import java.util.Map;

/** Our settings as Spring's properties, with what makes it lean: reference figures stand in the module's rationale. */
final class SpringSettings {
    private SpringSettings() {}

    static Map<String, Object> of(Settings settings) {
        Map<String, Object> properties = new HashMap<>();
        listeners(settings, properties);
        tls(settings, properties);
        lean(properties);
        admin(properties);
        telemetry(settings, properties);
        return properties;
    }

    private static void listeners(Settings settings, Map<String, Object> to) {
        to.put("server.port", settings.text(Setting.PORT));
        to.put("server.address", settings.text(Setting.BIND));
        to.put("management.server.port", settings.text(Setting.ADMIN_PORT));
        to.put("management.server.address", settings.text(Setting.BIND));
        to.put("server.forward-headers-strategy", "none");
        to.put("server.shutdown", settings.time(Setting.DRAIN).isZero() ? "immediate" : "graceful");
        to.put("spring.lifecycle.timeout-per-shutdown-phase", settings.text(Setting.DRAIN));
    }

    private static void tls(Settings settings, Map<String, Object> to) {
        if (!settings.has(Setting.TLS_CERTIFICATE)) return;
        String bundle = "spring.ssl.bundle.pem.listener.";
        to.put(bundle + "keystore.certificate", "file:" + settings.text(Setting.TLS_CERTIFICATE));
        to.put(bundle + "keystore.private-key", "file:" + settings.text(Setting.TLS_KEY));
        to.put(bundle + "reload-on-update", "true");
        to.put("server.ssl.bundle", "listener");
        to.put("management.server.ssl.bundle", "listener");
    }

    private static void lean(Map<String, Object> to) {
        String gateway = "spring.cloud.gateway.server.webflux.";
        to.put(gateway + "route-filter-cache-enabled", "true");
        to.put(gateway + "metrics.enabled", "false");
        to.put(gateway + "observability.enabled", "false");
        for (String unused : new String[] {
            "adapt-cached-body", "remove-cached-body", "forward-path", "forward-routing", "websocket-routing"
        }) to.put(gateway + "global-filter." + unused + ".enabled", "false");
        to.put("management.observations.enable.http.server.requests", "false");
        to.put("management.observations.enable.spring.security", "false");
        to.put("spring.main.banner-mode", "off");
        to.put("spring.main.log-startup-info", "false");
        to.put("spring.cloud.compatibility-verifier.enabled", "true");
        to.put("spring.jmx.enabled", "false");
    }

    private static void admin(Map<String, Object> to) {
        to.put("management.endpoints.web.base-path", "/");
        to.put("management.endpoints.web.exposure.include", "health,prometheus");
        to.put("management.endpoints.web.path-mapping.prometheus", "metrics");
        to.put("management.endpoint.health.probes.enabled", "false");
        to.put("management.endpoint.health.show-details", "never");
        to.put("management.endpoint.health.group.live.include", "ping");
        to.put("management.endpoint.health.group.ready.include", "ping,ready");
        to.put("management.endpoint.health.validate-group-membership", "false");
    }

    private static void telemetry(Settings settings, Map<String, Object> to) {
        boolean otlp = settings.has(Setting.TELEMETRY_OTLP);
        to.put("management.tracing.export.enabled", Boolean.toString(otlp));
        to.put("management.otlp.metrics.export.enabled", "false");
        to.put("management.logging.export.enabled", "false");
        if (otlp) {
            to.put("management.opentelemetry.tracing.export.otlp.endpoint", settings.text(Setting.TELEMETRY_OTLP));
            to.put("management.opentelemetry.resource-attributes[service.name]", "intramuros");
            to.put("management.opentelemetry.tracing.export.schedule-delay", "1s");
            // Whether a trace is kept is the caller's word, and where it has none, the collector's.
            to.put("management.tracing.sampling.probability", "1.0");
        }
        String level = settings.text(Setting.LOG_LEVEL);
        // Below info, Spring writes the URLs of requests, with whatever a caller put there.
        to.put("logging.level.root", level.equals("debug") ? "info" : level);
        to.put("logging.level.io.intramuros", level);
        to.put("logging.level.org.hibernate.validator", "error");
        // What keeps us from starting is said once, by us, and in a line.
        for (String report : new String[] {
            "SpringApplication",
            "diagnostics.LoggingFailureAnalysisReporter",
            "web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext"
        }) to.put("logging.level.org.springframework.boot." + report, "off");
        // A machine with nothing but a loopback is no fault.
        to.put("logging.level.org.springframework.cloud.commons.util.InetUtils", "error");
        to.put("logging.level.io.netty.util.internal.MacAddressUtil", "error");
        // It writes the URI of a malformed request in clear.
        to.put("logging.level.reactor.netty.http.server.HttpServerOperations", "error");
        if (settings.text(Setting.LOG_FORMAT).equals("json")) to.put("logging.structured.format.console", "ecs");
    }
}
