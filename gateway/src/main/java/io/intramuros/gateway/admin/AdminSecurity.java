// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.gateway.web.ServerPorts;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HttpBasicSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The security chain of the admin plane. It stands in the parent context, because the parent's filters serve both ports:
 * without a chain of its own a team's key would open this one.
 */
@Configuration(proxyBeanMethods = false)
public class AdminSecurity {
    private static final String SCHEME = "Bearer ";
    /** Before the data plane's chain, for the admin port alone. */
    @Bean
    @Order(1)
    SecurityWebFilterChain adminChain(ServerHttpSecurity http, ServerPorts ports, AdminTokens tokens) {
        return http.securityMatcher(
                        web -> ports.isData(web.getRequest()) ? MatchResult.notMatch() : MatchResult.match())
                .csrf(CsrfSpec::disable)
                .httpBasic(HttpBasicSpec::disable)
                .formLogin(FormLoginSpec::disable)
                .logout(LogoutSpec::disable)
                .requestCache(RequestCacheSpec::disable)
                .headers(HeaderSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .addFilterAt(filter(tokens), SecurityWebFiltersOrder.AUTHENTICATION)
                .exceptionHandling(
                        faults -> faults.authenticationEntryPoint((web, _) -> AdminErrors.write(web, unknown()))
                                .accessDeniedHandler((web, _) -> AdminErrors.write(web, AdminError.nothingHere())))
                .authorizeExchange(paths -> paths.pathMatchers("/health/**")
                        .permitAll()
                        .pathMatchers("/admin/**", "/metrics")
                        .authenticated()
                        // What the data plane serves is there in this context too, and must not be.
                        .anyExchange()
                        .denyAll())
                .build();
    }

    private static AuthenticationWebFilter filter(AdminTokens tokens) {
        ReactiveAuthenticationManager accepted = Mono::just;
        AuthenticationWebFilter filter = new AuthenticationWebFilter(accepted);
        filter.setServerAuthenticationConverter(web -> authenticate(web, tokens));
        filter.setSecurityContextRepository(NoOpServerSecurityContextRepository.getInstance());
        filter.setAuthenticationFailureHandler((failed, _) -> AdminErrors.write(failed.getExchange(), unknown()));
        return filter;
    }

    private static Mono<Authentication> authenticate(ServerWebExchange web, AdminTokens tokens) {
        List<String> given = web.getRequest().getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION);
        if (given.isEmpty()) return Mono.empty();
        Optional<String> name = given.size() == 1 && given.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? tokens.nameOf(given.getFirst().substring(SCHEME.length()).strip())
                : Optional.empty();
        return name.<Mono<Authentication>>map(known -> Mono.just(new AdminAuthentication(known)))
                .orElseGet(() -> Mono.error(new BadCredentialsException("admin token: not known")));
    }

    private static AdminError unknown() {
        return new AdminError(
                401,
                "invalid_admin_token",
                "This needs the admin token: send Authorization: Bearer, with INTRAMUROS_ADMIN_TOKEN or what"
                        + " DATA/admin-token holds.");
    }
}
