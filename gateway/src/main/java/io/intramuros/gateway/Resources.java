// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import io.intramuros.gateway.config.Setting;
import io.intramuros.gateway.config.Settings;
import io.intramuros.gateway.net.DeclaredAddresses;
import io.intramuros.gateway.node.Catalog;
import io.intramuros.gateway.node.LiveCatalog;
import io.intramuros.policies.Issuer;
import io.intramuros.policies.PolicySet;
import io.intramuros.policies.PolicyTests;
import io.intramuros.policies.ResourceSet;
import io.intramuros.policies.ResourceSource;
import io.intramuros.policies.ResourceStore;
import io.intramuros.policies.yaml.Problem;
import io.intramuros.policies.yaml.YamlText;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resources that count now, and what follows from each change of them: the catalog and the declared addresses. */
final class Resources implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ResourceStore store;
    private final LiveCatalog catalog;

    private Resources(ResourceStore store, LiveCatalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /**
     * Reads them, and reads them again when they change.
     *
     * @param embedded the resources that the process makes itself
     * @param detection gets the detectors that the configuration describes, and runs the policies' own tests
     * @param changed hears of the first set and of each new one
     */
    static Resources open(
            Settings settings,
            @Nullable Path folder,
            List<YamlText> embedded,
            Map<String, String> environment,
            Detection detection,
            ResourceRecords changed) {
        ResourceSource source = new ResourceSource(
                List.of(settings.text(Setting.POLICY_PACK)), embedded, folder == null ? List.of() : List.of(folder));
        LiveCatalog catalog = new LiveCatalog(new Catalog(source.load(), environment));
        // A set that is refused had its detectors tried; those of the set that stays are put back.
        AtomicReference<ResourceSet> before = new AtomicReference<>(source.load());
        ResourceStore store = new ResourceStore(
                source,
                set -> {
                    detection.take(set.detectors());
                    return PolicyTests.run(set, detection::counts).problems();
                },
                new ResourceStore.Listener() {
                    @Override
                    public void changed(ResourceSet now) {
                        catalog.set(new Catalog(now, environment));
                        detection.take(now.detectors());
                        ResourceSet earlier = before.getAndSet(now);
                        declare(settings, now);
                        changed.from(earlier, now);
                    }

                    @Override
                    public void refused(List<Problem> problems) {
                        detection.take(before.get().detectors());
                        problems.forEach(problem -> LOG.error("configuration not taken: {}", problem));
                        changed.refused(problems.size());
                    }
                });
        declare(settings, store.current());
        changed.begins(store.current());
        store.start(LOOK);
        return new Resources(store, catalog);
    }

    LiveCatalog catalog() {
        return catalog;
    }

    Supplier<PolicySet> policies() {
        return () -> store.current().policies();
    }

    List<Issuer> issuers() {
        return store.current().issuers();
    }

    ResourceSet current() {
        return store.current();
    }

    @Override
    public void close() {
        store.close();
    }

    private static void declare(Settings settings, ResourceSet set) {
        Set<String> hosts = new HashSet<>();
        set.nodes().forEach(node -> add(node.url(), hosts));
        set.issuers().forEach(issuer -> {
            add(issuer.issuer(), hosts);
            add(issuer.jwksUri(), hosts);
        });
        for (Setting setting : List.of(Setting.REDIS_URI, Setting.TELEMETRY_OTLP))
            if (settings.has(setting)) hosts.addAll(DeclaredHosts.of(settings.text(setting)));
        for (String witness : settings.text(Setting.AUDIT_WITNESSES).split(",", -1))
            hosts.addAll(DeclaredHosts.of(witness));
        String database = settings.text(Setting.DATABASE_URL);
        if (database.startsWith("jdbc:postgresql:")) hosts.addAll(DeclaredHosts.of(database));
        DeclaredAddresses.arm(hosts);
    }

    private static void add(URI uri, Set<String> hosts) {
        if (uri.getHost() != null) hosts.add(uri.getHost());
    }
}
