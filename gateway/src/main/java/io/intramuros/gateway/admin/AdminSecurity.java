// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.gateway.config.Setting;
import io.intramuros.gateway.config.Settings;
import io.intramuros.gateway.quota.AttemptLimiter;
import io.intramuros.gateway.steps.AuthFailures;
import io.intramuros.gateway.web.ServerPorts;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HttpBasicSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import reactor.core.publisher.Mono;

/**
 * The security chain of the admin plane. It stands in the parent context, because the parent's filters serve both ports:
 * without a chain of its own a team's key would open this one.
 */
@Configuration(proxyBeanMethods = false)
public class AdminSecurity {
    private static final int SOURCES = 10_000;

    /** Before the data plane's chain, for the admin port alone. */
    @Bean
    @Order(1)
    SecurityWebFilterChain adminChain(
            ServerHttpSecurity http, ServerPorts ports, AdminTokens tokens, AuthFailures journal, Settings settings) {
        int attempts = (int) settings.number(Setting.ATTEMPTS);
        AdminLogin login = new AdminLogin(
                tokens, journal, new AttemptLimiter(InstantSource.system(), attempts, Duration.ofMinutes(1), SOURCES));
        return http.securityMatcher(
                        web -> ports.isData(web.getRequest()) ? MatchResult.notMatch() : MatchResult.match())
                .csrf(CsrfSpec::disable)
                .httpBasic(HttpBasicSpec::disable)
                .formLogin(FormLoginSpec::disable)
                .logout(LogoutSpec::disable)
                .requestCache(RequestCacheSpec::disable)
                .headers(HeaderSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .addFilterAt(filter(login), SecurityWebFiltersOrder.AUTHENTICATION)
                .exceptionHandling(faults -> faults.authenticationEntryPoint(
                                (web, _) -> AdminErrors.write(web, AdminLogin.unknown()))
                        .accessDeniedHandler((web, _) -> AdminErrors.write(web, AdminError.nothingHere())))
                .authorizeExchange(paths -> paths.pathMatchers("/health/**")
                        .permitAll()
                        // Whoever asks a witness shows what a log has signed, and nothing else counts.
                        .pathMatchers(HttpMethod.POST, WitnessApi.PATH)
                        .permitAll()
                        .pathMatchers("/admin/**", "/metrics")
                        .authenticated()
                        // What the data plane serves is there in this context too, and must not be.
                        .anyExchange()
                        .denyAll())
                .build();
    }

    private static AuthenticationWebFilter filter(AdminLogin login) {
        ReactiveAuthenticationManager accepted = Mono::just;
        AuthenticationWebFilter filter = new AuthenticationWebFilter(accepted);
        filter.setServerAuthenticationConverter(login::authenticate);
        filter.setSecurityContextRepository(NoOpServerSecurityContextRepository.getInstance());
        filter.setAuthenticationFailureHandler((failed, why) -> login.refuse(failed.getExchange(), why));
        return filter;
    }
}
