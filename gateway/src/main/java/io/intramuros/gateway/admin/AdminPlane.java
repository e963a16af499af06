// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.audit.AuditLog;
import io.intramuros.audit.Retention;
import io.intramuros.audit.Witness;
import io.intramuros.gateway.node.LiveCatalog;
import io.intramuros.gateway.node.NodeClient;
import io.intramuros.gateway.tenant.Directory;
import io.intramuros.gateway.tenant.Keys;
import io.intramuros.gateway.tenant.Quotas;
import io.intramuros.gateway.tenant.UsageBook;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * Puts the admin plane together, in the context of the management port alone: on the data port {@code /admin} does not
 * exist. Every handler is plain blocking Java on a virtual thread.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
public class AdminPlane {
    @Bean
    WebFluxConfigurer blockingHandlers(ExecutorService virtual) {
        return new WebFluxConfigurer() {
            @Override
            public void configureBlockingExecution(BlockingExecutionConfigurer blocking) {
                blocking.setExecutor(new TaskExecutorAdapter(virtual)).setControllerMethodPredicate(_ -> true);
            }
        };
    }

    @Bean
    AdminErrors adminErrors() {
        return new AdminErrors();
    }

    @Bean
    Records adminRecords(AdminJournal journal) {
        return new Records(journal);
    }

    @Bean
    AccessRecords accessRecords(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers,
            Records records,
            ExecutorService virtual) {
        return new AccessRecords(handlers, records, virtual);
    }

    @Bean
    TeamsApi teamsApi(Directory directory, Records records) {
        return new TeamsApi(directory, records);
    }

    @Bean
    KeysApi keysApi(Keys keys, Records records, InstantSource clock) {
        return new KeysApi(keys, records, clock);
    }

    @Bean
    QuotasApi quotasApi(Quotas quotas, Records records) {
        return new QuotasApi(quotas, records);
    }

    @Bean
    UsageApi usageApi(UsageBook book, InstantSource clock) {
        return new UsageApi(book, clock);
    }

    @Bean
    AuditApi auditApi(AuditLog log, Records records) {
        return new AuditApi(log, records);
    }

    @Bean
    AuditExports auditExports(AuditLog log, Records records, ExecutorService virtual) {
        return new AuditExports(log, records, virtual);
    }

    @Bean
    AuditHolds auditHolds(AuditLog log, Retention least) {
        return new AuditHolds(log, least);
    }

    @Bean
    WitnessApi witnessApi(Witness witness) {
        return new WitnessApi(witness);
    }

    @Bean
    PoliciesApi policiesApi(Redaction redaction, Records records) {
        return new PoliciesApi(redaction, records);
    }

    @Bean
    InfrastructureApi infrastructureApi(LiveCatalog catalog, NodeClient client) {
        return new InfrastructureApi(catalog, client);
    }

    @Bean
    OpenApi openApi() {
        return new OpenApi();
    }
}
