// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.oauth;

import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jwt.JWTParser;
import io.intramuros.gateway.tenant.Caller;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Checks JWT access tokens (RFC 9068) against the declared issuers. The team comes from the issuer's declared list of
 * clients, never from what a token claims. Blocks while an issuer's keys are fetched; safe for several threads.
 */
public final class AccessTokens {
    private static final TokenVerdict INVALID = new TokenVerdict.Bad(
            "The access token is not valid here: its signature, type, audience or time is not as the issuer's"
                    + " declaration asks.");

    private final Map<String, IssuerKeys> issuers;

    public AccessTokens(List<TrustedIssuer> issuers, InstantSource clock) {
        this.issuers = issuers.stream()
                .map(issuer -> new IssuerKeys(issuer, clock))
                .collect(Collectors.toUnmodifiableMap(keys -> keys.issuer().issuer(), Function.identity()));
    }

    /** Checks one token. */
    public TokenVerdict check(String token) {
        Optional<IssuerKeys> keys = issuer(token).flatMap(name -> Optional.ofNullable(issuers.get(name)));
        if (keys.isEmpty()) return new TokenVerdict.Bad("The access token is of no issuer that is declared here.");
        try {
            return seat(keys.get().issuer(), keys.get().decode(token));
        } catch (BadJwtException _) {
            return INVALID;
        } catch (JwtException e) {
            // A key id that the issuer did not have a moment ago is not asked for again so soon.
            return isAskedTooOften(e) ? INVALID : new TokenVerdict.Undecided();
        }
    }

    private static boolean isAskedTooOften(Throwable e) {
        Throwable cause = e;
        while (cause != null && !(cause instanceof RateLimitReachedException)) cause = cause.getCause();
        return cause != null;
    }

    private static TokenVerdict seat(TrustedIssuer issuer, Jwt token) {
        String client = token.getClaimAsString("client_id");
        if (client == null) client = token.getClaimAsString("azp");
        TrustedIssuer.Seat seat = client == null ? null : issuer.clients().get(client);
        return client == null || seat == null
                ? new TokenVerdict.Bad(
                        "The access token's client has no team here; its issuer's declaration names those"
                                + " that have.")
                : new TokenVerdict.Good(
                        new Caller(Caller.Kind.OAUTH, client, seat.team(), seat.project(), List.of("*")));
    }

    /** The issuer that an unchecked token names, to find the keys to check it with. */
    private static Optional<String> issuer(String token) {
        try {
            return Optional.ofNullable(JWTParser.parse(token).getJWTClaimsSet().getIssuer());
        } catch (ParseException | IllegalArgumentException _) {
            return Optional.empty(); // no token at all
        }
    }
}
