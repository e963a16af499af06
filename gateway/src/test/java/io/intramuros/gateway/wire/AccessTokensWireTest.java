// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access tokens of a real authorization server, and forgeries with and without its key. */
class AccessTokensWireTest {
    private static final String HELLO = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");
    private static final int STRANGE_KEYS = 40;

    @TempDir
    static Path folder;

    private static TestIssuer issuer;
    private static RecordingUpstream node;
    private static LiveGateway gateway;

    @BeforeAll
    static void start() {
        issuer = TestIssuer.start();
        node = new RecordingUpstream((_, reply) -> reply.json(200, RecordingUpstream.completion("\"hi\"", "", 7, 3)));
        String declared = """
                apiVersion: intramuros.io/v1
                kind: Issuer
                metadata: { name: test-issuer }
                spec:
                  issuer: "%s"
                  jwksUri: "%s"
                  audience: %s
                  clients:
                    - { clientId: %s, team: research, project: nightly }
                    - { clientId: %s, team: research }
                ---
                """.formatted(
                        issuer.url(), issuer.jwks(), TestIssuer.AUDIENCE, TestIssuer.KNOWN, TestIssuer.LONG_LIVED);
        gateway = LiveGateway.start(folder, List.of(node.url()), declared, Map.of(Setting.ATTEMPTS, "100000"));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        node.close();
        issuer.close();
    }

    @BeforeEach
    void forget() {
        node.forget();
    }

    private static LiveGateway.Answer chat(String token) {
        return gateway.post("/v1/chat/completions", HELLO, token);
    }

    @Test
    void token_byClientCredentials_isServedInItsDeclaredTeam() throws Exception {
        LiveGateway.Answer answer = chat(issuer.token(TestIssuer.KNOWN));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var record = new Recorded(gateway.data()).of(answer.headers().get("x-request-id"), "request.completed");
        assertThat(record.text("team")).isEqualTo("research");
        assertThat(record.text("project")).isEqualTo("nightly");
        assertThat(record.text("ms")).matches("\\d{1,5}");
        assertThat(record.text("key")).isEqualTo(TestIssuer.KNOWN);
        assertThat(node.requests()).hasSize(1);
        assertThat(node.requests().getFirst().headers()).doesNotContainKey("authorization");
    }

    @Test
    void token_signedHereAsTheIssuerDoes_isServed() throws Exception {
        assertThat(chat(signed(_ -> {})).status()).isEqualTo(200);
    }

    @Test
    void token_ofAClientWithoutASeat_is401() throws Exception {
        assertRefused(issuer.token(TestIssuer.UNKNOWN));
    }

    @Test
    void token_thatLivesForTwoHours_is401() throws Exception {
        assertRefused(issuer.token(TestIssuer.LONG_LIVED));
    }

    @Test
    void token_withTeamClaimsOfItsOwn_staysInTheDeclaredTeam() throws Exception {
        LiveGateway.Answer answer =
                chat(signed(claims -> claims.claim("team", "board").claim("project", "secret")));

        var record = new Recorded(gateway.data()).of(answer.headers().get("x-request-id"), "request.completed");
        assertThat(record.text("team")).isEqualTo("research");
    }

    @Test
    void token_withoutAnAge_is401() throws Exception {
        assertRefused(signed(claims -> claims.expirationTime(null)));
        assertRefused(signed(claims -> claims.issueTime(null)));
        assertRefused(signed(claims -> claims.issueTime(null).expirationTime(ago(Duration.ofDays(-3650)))));
    }

    @Test
    void token_withWrongClaims_is401() throws Exception {
        assertRefused(signed(claims -> claims.audience("another-service")));
        assertRefused(signed(claims -> claims.audience((String) null)));
        assertRefused(signed(
                claims -> claims.issueTime(ago(Duration.ofMinutes(20))).expirationTime(ago(Duration.ofSeconds(45)))));
        assertRefused(signed(claims -> claims.notBeforeTime(ago(Duration.ofMinutes(-10)))));
        assertRefused(signed(claims -> claims.issuer("https://login.example.com")));
        assertRefused(signed(claims -> claims.issuer(null)));
        assertRefused(signed(claims -> claims.claim("client_id", null)));
        assertRefused(signed(claims -> claims.claim("client_id", List.of(TestIssuer.KNOWN, "x"))));
    }

    @Test
    void token_thatIsAnIdToken_is401() throws Exception {
        assertRefused(sign(JWSAlgorithm.RS256, JOSEObjectType.JWT, issuer.key().getKeyID(), rsa(), claims()));
        assertRefused(sign(JWSAlgorithm.RS256, null, issuer.key().getKeyID(), rsa(), claims()));
    }

    @Test
    void token_byAnotherAlgorithm_is401() throws Exception {
        assertRefused(new PlainJWT(claims().build()).serialize());
        String kid = issuer.key().getKeyID();
        assertRefused(sign(JWSAlgorithm.RS512, ACCESS_TOKEN, kid, rsa(), claims()));
        byte[] asSecret = issuer.key().toRSAPublicKey().getEncoded();
        assertRefused(sign(JWSAlgorithm.HS256, ACCESS_TOKEN, kid, new MACSigner(asSecret), claims()));
    }

    @Test
    void token_byAnotherKeyUnderTheSameId_is401() throws Exception {
        RSAKey other = new RSAKeyGenerator(2048).generate();
        String kid = issuer.key().getKeyID();
        assertRefused(sign(JWSAlgorithm.RS256, ACCESS_TOKEN, kid, new RSASSASigner(other), claims()));
        SignedJWT carriesItsKey = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(ACCESS_TOKEN)
                        .jwk(other.toPublicJWK())
                        .build(),
                claims().build());
        carriesItsKey.sign(new RSASSASigner(other));
        assertRefused(carriesItsKey.serialize());
    }

    @Test
    void token_changedAfterSigning_is401() throws Exception {
        String[] good = signed(_ -> {}).split("\\.", -1);
        String[] other = signed(claims -> claims.subject("root")).split("\\.", -1);

        assertRefused(good[0] + "." + other[1] + "." + good[2]);
        assertRefused(good[0] + "." + good[1] + ".");
        assertRefused("a.b.c");
    }

    @Test
    void tokens_ofManyUnknownKeys_askTheIssuerFewTimesAndGoodOnesStillCount() throws Exception {
        assertThat(chat(signed(_ -> {})).status()).isEqualTo(200);
        node.forget();
        int before = issuer.fetches();
        long start = System.nanoTime();

        for (int i = 0; i < STRANGE_KEYS; i++)
            assertRefused(
                    sign(JWSAlgorithm.RS256, ACCESS_TOKEN, UUID.randomUUID().toString(), rsa(), claims()));

        long tens = Duration.ofNanos(System.nanoTime() - start).toSeconds() / 10 + 1;
        // Nimbus lets two through in each of its intervals.
        assertThat(issuer.fetches() - before).isLessThanOrEqualTo((int) (2 * tens));
        assertThat(chat(signed(_ -> {})).status()).isEqualTo(200);
    }

    @Test
    void token_refused_standsInNoLogLine() throws Exception {
        String refused = signed(claims -> claims.audience("another-service"));
        try (Captured log = Captured.everything()) {
            assertRefused(refused);
            assertRefused(new PlainJWT(claims().build()).serialize());

            assertThat(log.text()).isNotEmpty();
            for (String part : refused.split("\\.", -1))
                assertThat(log.text().contains(part))
                        .as("a part of the token is in a log line")
                        .isFalse();
        }
    }

    private static void assertRefused(String token) {
        LiveGateway.Answer answer = chat(token);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("invalid_api_key");
        assertThat(answer.body()).doesNotContain(token);
        assertThat(node.requests()).isEmpty();
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer.url())
                .subject(TestIssuer.KNOWN)
                .audience(TestIssuer.AUDIENCE)
                .claim("client_id", TestIssuer.KNOWN)
                .issueTime(ago(Duration.ofSeconds(1)))
                .expirationTime(ago(Duration.ofMinutes(-5)));
    }

    private static Date ago(Duration time) {
        return Date.from(Instant.now().minus(time));
    }

    /** With the issuer's own key, but claims as the test likes. */
    private static String signed(Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
        JWTClaimsSet.Builder claims = claims();
        change.accept(claims);
        return sign(JWSAlgorithm.RS256, ACCESS_TOKEN, issuer.key().getKeyID(), rsa(), claims);
    }

    private static JWSSigner rsa() throws JOSEException {
        return new RSASSASigner(issuer.key());
    }

    private static String sign(
            JWSAlgorithm algorithm, JOSEObjectType type, String kid, JWSSigner signer, JWTClaimsSet.Builder claims)
            throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm).type(type).keyID(kid).build(), claims.build());
        token.sign(signer);
        return token.serialize();
    }
}
