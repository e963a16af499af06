// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** A collector that takes traces by OTLP over HTTP, in Protocol Buffers. */
final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<SpanSeen> spans = new LinkedBlockingQueue<>();
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();

    /**
     * A span as it came.
     *
     * @param service the resource's name
     * @param status 2 is an error
     * @param attributes numbers as decimal text
     */
    record SpanSeen(
            String service,
            String trace,
            String span,
            String parent,
            String name,
            long kind,
            long status,
            Map<String, String> attributes) {}

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** The next span, waited for. */
    SpanSeen next() throws InterruptedException {
        SpanSeen span = spans.poll(30, TimeUnit.SECONDS);
        if (span == null) throw new AssertionError("no span within 30 s");
        return span;
    }

    /** Every byte that came, uncompressed. */
    List<byte[]> bodies() {
        return bodies;
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    private void take(HttpExchange http) throws IOException {
        byte[] body = http.getRequestBody().readAllBytes();
        if ("gzip".equals(http.getRequestHeaders().getFirst("content-encoding")))
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        bodies.add(body);
        Proto.read(body).messages(1).forEach(resource -> {
            String service = attributes(resource.messages(1).findFirst().orElseThrow(), 1)
                    .getOrDefault("service.name", "");
            resource.messages(2).flatMap(scope -> scope.messages(2)).forEach(span -> spans.add(seen(service, span)));
        });
        http.sendResponseHeaders(200, -1);
        http.close();
    }

    private static SpanSeen seen(String service, Proto span) {
        return new SpanSeen(
                service,
                span.hex(1),
                span.hex(2),
                span.hex(4),
                span.text(5),
                span.number(6),
                span.messages(15).findFirst().map(status -> status.number(3)).orElse(0L),
                attributes(span, 9));
    }

    private static Map<String, String> attributes(Proto holder, int number) {
        return holder.messages(number).collect(Collectors.toMap(attribute -> attribute.text(1), attribute -> {
            Proto value = attribute.messages(2).findFirst().orElseThrow();
            String text = value.text(1);
            return text.isEmpty() ? Long.toString(value.number(3)) : text;
        }));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
