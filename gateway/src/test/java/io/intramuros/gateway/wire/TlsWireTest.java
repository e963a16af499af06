// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.gateway.RecordingUpstream;
import io.intramuros.gateway.config.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both listeners with a certificate of their own, made here by the JDK's {@code keytool}. */
class TlsWireTest {
    private static final String HELLO = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    private static final char[] PASSWORD = "for this test".toCharArray();
    private static final Duration RELOAD_LIMIT = Duration.ofSeconds(40);

    @TempDir
    static Path folder;

    private static Identity first;
    private static RecordingUpstream node;
    private static LiveGateway gateway;

    /** A key pair with its self-signed certificate. */
    private record Identity(String keyPem, X509Certificate certificate) {
        static Identity make(String name) throws IOException, InterruptedException, GeneralSecurityException {
            Path store = folder.resolve(name + ".p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "listener",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=" + name,
                            "-ext",
                            "san=ip:127.0.0.1",
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            new String(PASSWORD))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(keytool.exitValue()).as(said).isZero();
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD);
            }
            return new Identity(
                    pem("PRIVATE KEY", keys.getKey("listener", PASSWORD).getEncoded()),
                    (X509Certificate) keys.getCertificate("listener"));
        }

        void write() throws IOException, GeneralSecurityException {
            replace("key.pem", keyPem);
            replace("certificate.pem", pem("CERTIFICATE", certificate.getEncoded()));
        }

        /** As a careful administrator does: never half a file. */
        private static void replace(String name, String pem) throws IOException {
            Path next = folder.resolve(name + ".next");
            Files.writeString(next, pem);
            Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        private static String pem(String type, byte[] der) {
            return "-----BEGIN " + type + "-----\n"
                    + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                            .encodeToString(der)
                    + "\n-----END " + type + "-----\n";
        }

        /** A client that trusts this identity and no other. */
        SSLContext trusting() throws IOException, GeneralSecurityException {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry("listener", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        }
    }

    @BeforeAll
    static void start() throws IOException, InterruptedException, GeneralSecurityException {
        first = Identity.make("first");
        first.write();
        node = new RecordingUpstream(
                (_, reply) -> reply.json(200, RecordingUpstream.completion("\"over TLS\"", "", 1, 1)));
        gateway = LiveGateway.start(
                folder,
                List.of(node.url()),
                "",
                Map.of(
                        Setting.TLS_CERTIFICATE,
                                folder.resolve("certificate.pem").toString(),
                        Setting.TLS_KEY, folder.resolve("key.pem").toString()));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        node.close();
    }

    private static HttpRequest chat(String scheme) {
        return HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + gateway.port() + "/v1/chat/completions"))
                .timeout(Duration.ofSeconds(20))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + gateway.key())
                .POST(HttpRequest.BodyPublishers.ofString(HELLO))
                .build();
    }

    private static HttpRequest liveness(String scheme, int port) {
        return HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + port + "/health/live"))
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient client(Identity trusted) throws IOException, GeneralSecurityException {
        return HttpClient.newBuilder().sslContext(trusted.trusting()).build();
    }

    @Test
    void https_onBothListeners_answers() throws Exception {
        try (HttpClient client = client(first)) {
            HttpResponse<String> answer = send(client, chat("https"));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("over TLS");
            assertThat(send(client, liveness("https", gateway.adminPort())).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void https_clientThatTrustsOthers_doesNotConnect() throws Exception {
        try (HttpClient client = client(Identity.make("stranger"))) {
            assertThatThrownBy(() -> send(client, chat("https"))).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void http_onBothListeners_isNotSpoken() throws Exception {
        node.forget();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> send(client, chat("http"))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> send(client, liveness("http", gateway.adminPort())))
                    .isInstanceOf(IOException.class);
        }
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void certificate_replaced_isShownToNewConnectionsOfBothListeners() throws Exception {
        Identity next = Identity.make("next");
        next.write();
        try {
            assertThat(awaitShown(gateway.port(), next)).isEqualTo(next.certificate());
            assertThat(awaitShown(gateway.adminPort(), next)).isEqualTo(next.certificate());
            try (HttpClient client = client(next)) {
                assertThat(send(client, chat("https")).statusCode()).isEqualTo(200);
            }
        } finally {
            first.write();
            awaitShown(gateway.port(), first);
            awaitShown(gateway.adminPort(), first);
        }
    }

    /** The certificate that a listener shows: the wanted one, or what it still shows at the limit. */
    private static X509Certificate awaitShown(int port, Identity wanted) throws Exception {
        Instant until = Instant.now().plus(RELOAD_LIMIT);
        X509Certificate shown = shown(port);
        while (!shown.equals(wanted.certificate()) && Instant.now().isBefore(until)) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            shown = shown(port);
        }
        return shown;
    }

    private static X509Certificate shown(int port) throws Exception {
        SSLContext anyone = SSLContext.getInstance("TLS");
        anyone.init(null, new javax.net.ssl.TrustManager[] {new Curious()}, null);
        try (SSLSocket socket = (SSLSocket) anyone.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** Looks at a certificate without asking who signed it. */
    private static final class Curious implements javax.net.ssl.X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException("a client's only");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // what is shown is what is asked
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
