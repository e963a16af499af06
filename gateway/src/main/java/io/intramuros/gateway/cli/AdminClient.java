// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A client of the admin API. What goes wrong becomes one line that says what to do. */
final class AdminClient {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final int MOST_TOKEN_BYTES = 4_096;

    private final URI url;
    private final String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    private AdminClient(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    /** With the address and token that the environment and the data folder give. */
    static AdminClient of(Terminal terminal) {
        String written = terminal.variable("INTRAMUROS_ADMIN_URL", "http://127.0.0.1:8081");
        return new AdminClient(address(written), token(terminal));
    }

    static URI address(String written) {
        try {
            URI url = URI.create(written);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme())))
                return url;
        } catch (IllegalArgumentException _) {
            // said below, as for every other text that is no address
        }
        throw new CommandFailed(Exit.USAGE, "INTRAMUROS_ADMIN_URL: no address (expected: as http://127.0.0.1:8081)");
    }

    private static String token(Terminal terminal) {
        String given = terminal.variable("INTRAMUROS_ADMIN_TOKEN", "");
        if (!given.isEmpty()) return given;
        Path file = terminal.data().resolve("admin-token");
        try {
            if (Files.size(file) <= MOST_TOKEN_BYTES)
                return Files.readString(file).strip();
        } catch (IOException _) {
            // said below: there is no token to be had
        }
        throw new CommandFailed(
                Exit.NO_PERMISSION,
                "no admin token: INTRAMUROS_ADMIN_TOKEN is not set and " + file
                        + " cannot be read; set one of INTRAMUROS_ADMIN_TOKEN and INTRAMUROS_DATA");
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static String pretty(JsonNode tree) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    }

    /** A path with parts that may hold any character. */
    static String path(String... parts) {
        StringBuilder path = new StringBuilder("/admin/v1");
        for (String part : parts) path.append('/').append(encoded(part));
        return path.toString();
    }

    /** A path with a query; empty values are left out. */
    static String query(String path, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonNode get(String path) {
        return call("GET", path, BodyPublishers.noBody());
    }

    JsonNode post(String path) {
        return call("POST", path, BodyPublishers.noBody());
    }

    JsonNode post(String path, ObjectNode body) {
        return call("POST", path, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    JsonNode put(String path, ObjectNode body) {
        return call("PUT", path, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    void delete(String path) {
        call("DELETE", path, BodyPublishers.noBody());
    }

    /** The status of a path that needs no token. */
    int status(String path) {
        return send(request(path).GET().build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Copies an answer as it comes. */
    void copy(String path, OutputStream to) {
        HttpRequest request =
                request(path).header("authorization", "Bearer " + token).GET().build();
        HttpResponse<InputStream> answer = send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 200) throw refused(answer.statusCode(), body.readAllBytes());
            body.transferTo(to);
            to.flush();
        } catch (IOException e) {
            throw new CommandFailed(Exit.UNAVAILABLE, "the answer broke off; try again", e);
        }
    }

    private JsonNode call(String method, String path, BodyPublisher body) {
        HttpRequest request = request(path)
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .method(method, body)
                .build();
        HttpResponse<byte[]> answer = send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 300) throw refused(answer.statusCode(), answer.body());
        return answer.body().length == 0 ? object() : parse(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).timeout(ANSWER);
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new CommandFailed(
                    Exit.UNAVAILABLE,
                    "no gateway answers at " + url + "; start one with: intramuros up, or set INTRAMUROS_ADMIN_URL",
                    e);
        } catch (IOException e) {
            throw new CommandFailed(
                    Exit.UNAVAILABLE,
                    "the gateway at " + url + " did not answer (" + e.getClass().getSimpleName() + "); see its log",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(Exit.FAILED, "interrupted", e);
        }
    }

    private CommandFailed refused(int status, byte[] body) {
        JsonNode error = parse(body).path("error");
        String message = error.path("message").asString("status " + status + " from " + url);
        String id = error.path("request_id").asString("");
        return new CommandFailed(
                status == 401 ? Exit.NO_PERMISSION : Exit.FAILED, message + (id.isEmpty() ? "" : " [" + id + "]"));
    }

    private JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new CommandFailed(
                    Exit.FAILED, "what answers at " + url + " is no Intramuros; check INTRAMUROS_ADMIN_URL", e);
        }
    }

    @Override
    public String toString() {
        return "AdminClient[" + url + "]";
    }
}
