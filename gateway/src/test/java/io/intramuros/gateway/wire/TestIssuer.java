// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** Spring's authorization server on a free port, which gives access tokens as RFC 9068 asks. */
final class TestIssuer implements AutoCloseable {
    static final String AUDIENCE = "intramuros";

    /** Has a seat at the gateway. */
    static final String KNOWN = "batch-jobs";

    /** Has none. */
    static final String UNKNOWN = "somebody-else";

    /** Has a seat, but is given tokens that live for two hours. */
    static final String LONG_LIVED = "long-lived";

    private static final String SECRET = "-of-the-test";

    private final ServletWebServerApplicationContext spring;

    private TestIssuer(ServletWebServerApplicationContext spring) {
        this.spring = spring;
    }

    static TestIssuer start() {
        return new TestIssuer((ServletWebServerApplicationContext) new SpringApplicationBuilder(Server.class)
                .web(WebApplicationType.SERVLET)
                .properties(Map.of(
                        "server.port", "0",
                        "server.address", "127.0.0.1",
                        "spring.main.banner-mode", "off",
                        "spring.jmx.enabled", "false",
                        "logging.level.root", "warn"))
                .run());
    }

    String url() {
        return "http://127.0.0.1:" + spring.getWebServer().getPort();
    }

    String jwks() {
        return url() + "/oauth2/jwks";
    }

    /** The pair it signs with. */
    RSAKey key() {
        return spring.getBean(RSAKey.class);
    }

    /** How often its public keys were asked for. */
    int fetches() {
        return spring.getBean(Fetches.class).count.get();
    }

    /** A token by the client-credentials grant, as any client gets it. */
    String token(String client) throws IOException, InterruptedException {
        String basic =
                Base64.getEncoder().encodeToString((client + ":" + client + SECRET).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/oauth2/token"))
                .timeout(Duration.ofSeconds(30))
                .header("authorization", "Basic " + basic)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) throw new IOException("token: status " + answer.statusCode());
            return LiveGateway.JSON.readTree(answer.body()).path("access_token").asString();
        }
    }

    @Override
    public void close() {
        spring.close();
    }

    /** Counts requests for the keys. */
    static final class Fetches {
        private final AtomicInteger count = new AtomicInteger();
    }

    /** The application: what an authorization server needs, and nothing that the gateway brings to the class path. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        SecurityAutoConfiguration.class,
        ServletWebSecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class,
        OAuth2AuthorizationServerAutoConfiguration.class,
        OAuth2AuthorizationServerJwtAutoConfiguration.class
    })
    static class Server {
        @Bean
        RSAKey key() throws JOSEException {
            return new RSAKeyGenerator(2048).keyID("first").generate();
        }

        @Bean
        JWKSource<SecurityContext> keys(RSAKey key) {
            return new ImmutableJWKSet<>(new JWKSet(key));
        }

        @Bean
        Fetches fetches() {
            return new Fetches();
        }

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        Filter counting(Fetches fetches) {
            return (request, response, chain) -> {
                if (request instanceof HttpServletRequest http
                        && http.getRequestURI().equals("/oauth2/jwks")) fetches.count.incrementAndGet();
                chain.doFilter(request, response);
            };
        }

        @Bean
        RegisteredClientRepository clients() {
            return new InMemoryRegisteredClientRepository(
                    client(KNOWN, Duration.ofMinutes(5)),
                    client(UNKNOWN, Duration.ofMinutes(5)),
                    client(LONG_LIVED, Duration.ofHours(2)));
        }

        private static RegisteredClient client(String id, Duration life) {
            return RegisteredClient.withId(UUID.randomUUID().toString())
                    .clientId(id)
                    .clientSecret("{noop}" + id + SECRET)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                    .tokenSettings(
                            TokenSettings.builder().accessTokenTimeToLive(life).build())
                    .build();
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> accessTokens() {
            return context -> {
                context.getJwsHeader().type("at+jwt");
                context.getClaims()
                        .audience(java.util.List.of(AUDIENCE))
                        .claim("client_id", context.getRegisteredClient().getClientId());
            };
        }
    }
}
