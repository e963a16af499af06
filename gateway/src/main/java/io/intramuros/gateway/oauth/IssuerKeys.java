// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.oauth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * One issuer's keys and rules. Spring's defaults take a token for any audience, without an end, or that is an ID token,
 * and ask the issuer anew for every unknown key id; none of that here.
 */
final class IssuerKeys {
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);
    private static final int FETCH_MILLIS = 2_000;
    private static final int MAX_JWKS_BYTES = 512 * 1024;
    private static final long REFRESH_MILLIS = 10_000;
    private static final long KEEP_MILLIS = 5 * 60_000;

    private final TrustedIssuer issuer;
    private final NimbusJwtDecoder decoder;

    IssuerKeys(TrustedIssuer issuer, InstantSource clock) {
        this.issuer = issuer;
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt")));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), keys(issuer)));
        // The validators below check what the claims say; Spring makes up an iat where there is none.
        processor.setJWTClaimsSetVerifier((claims, _) -> {
            if (claims.getIssueTime() == null) throw new BadJWTException("iat is missing");
        });
        this.decoder = new NimbusJwtDecoder(processor);
        JwtTimestampValidator time = new JwtTimestampValidator(SKEW);
        time.setClock(clock.withZone(ZoneOffset.UTC));
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                time,
                new JwtIssuerValidator(issuer.issuer()),
                rule(
                        "aud",
                        jwt -> jwt.getAudience() != null && jwt.getAudience().contains(issuer.audience())),
                rule("exp", IssuerKeys::isShortLived)));
    }

    TrustedIssuer issuer() {
        return issuer;
    }

    Jwt decode(String token) {
        return decoder.decode(token);
    }

    private static JWKSource<SecurityContext> keys(TrustedIssuer issuer) {
        try {
            return JWKSourceBuilder.create(
                            issuer.jwksUri().toURL(),
                            new DefaultResourceRetriever(FETCH_MILLIS, FETCH_MILLIS, MAX_JWKS_BYTES))
                    .cache(KEEP_MILLIS, FETCH_MILLIS)
                    .rateLimited(REFRESH_MILLIS)
                    .outageTolerant(Duration.ofHours(1).toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("jwksUri: " + issuer.jwksUri() + " (expected: an http URL)", e);
        }
    }

    private static boolean isShortLived(Jwt jwt) {
        Instant until = jwt.getExpiresAt();
        Instant from = jwt.getIssuedAt();
        return until != null && from != null && Duration.between(from, until).compareTo(LONGEST_LIFE) <= 0;
    }

    private static OAuth2TokenValidator<Jwt> rule(String claim, Predicate<Jwt> holds) {
        OAuth2Error error = new OAuth2Error("invalid_token", claim + " is not as declared", null);
        return jwt ->
                holds.test(jwt) ? OAuth2TokenValidatorResult.success() : OAuth2TokenValidatorResult.failure(error);
    }
}
