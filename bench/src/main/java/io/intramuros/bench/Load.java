// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * An open-loop load: requests start at a fixed rate whatever the answers do, and latency counts from the moment at which
 * a request was due, so that a server that stalls cannot hide it.
 */
final class Load {
    private final URI target;
    private final byte[] request;
    private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();

    /**
     * For one target.
     *
     * @param key the bearer token
     * @param stream whether to ask for streams
     */
    Load(URI target, String key, boolean stream) {
        this.target = target;
        byte[] body = ("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\""
                        + "Write to jane.roe@example.com about the invoice that is due next week. ".repeat(13)
                        + "\"}]" + (stream ? ",\"stream\":true" : "") + "}")
                .getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST /v1/chat/completions HTTP/1.1\r\nHost: " + target.getAuthority()
                        + "\r\nAuthorization: Bearer " + key + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        this.request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
    }

    /**
     * What came of a run.
     *
     * @param failed requests without an answer of 200
     * @param p50 milliseconds
     * @param p99 milliseconds
     */
    record Result(int answered, int failed, double p50, double p99) {
        static Result of(long[] sortedNanos, int failed) {
            return new Result(sortedNanos.length, failed, millis(sortedNanos, .5), millis(sortedNanos, .99));
        }

        private static double millis(long[] nanos, double quantile) {
            int index = (int) Math.min(nanos.length - 1L, Math.round(quantile * nanos.length));
            return nanos.length == 0 ? Double.NaN : nanos[index] / 1e6;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d ok, %d failed, p50 %.2f ms, p99 %.2f ms", answered, failed, p50, p99);
        }
    }

    /** Sends {@code count} requests at {@code perSecond}. */
    Result run(int count, double perSecond) throws InterruptedException {
        long[] nanos = new long[count];
        AtomicInteger failed = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(count);
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = began + (long) (i * 1e9 / perSecond);
            while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
            int slot = i;
            Thread.ofVirtual().start(() -> {
                if (ask()) nanos[slot] = System.nanoTime() - due;
                else failed.incrementAndGet();
                ended.countDown();
            });
        }
        if (!ended.await(2, TimeUnit.MINUTES)) throw new IllegalStateException("requests hang (expected: answers)");
        return Result.of(Arrays.stream(nanos).filter(n -> n > 0).sorted().toArray(), failed.get());
    }

    private boolean ask() {
        Connection connection = idle.poll();
        try {
            if (connection == null) connection = new Connection(target);
            boolean good = connection.ask(request);
            idle.add(connection);
            return good;
        } catch (IOException e) {
            return false; // counted as failed
        }
    }

    /** One connection that is kept. */
    private static final class Connection {
        private final Socket socket;
        private final InputStream in;

        Connection(URI target) throws IOException {
            socket = new Socket(InetAddress.getByName(target.getHost()), target.getPort());
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 16_384);
        }

        boolean ask(byte[] request) throws IOException {
            socket.getOutputStream().write(request);
            boolean good = line().startsWith("HTTP/1.1 200");
            int length = -1;
            for (String header = line(); !header.isEmpty(); header = line()) {
                String lower = header.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:"))
                    length = Integer.parseInt(lower.substring(15).strip());
            }
            if (length >= 0) in.skipNBytes(length);
            else chunks();
            return good;
        }

        private void chunks() throws IOException {
            for (int size = size(); size > 0; size = size()) in.skipNBytes(size + 2L);
            line();
        }

        private int size() throws IOException {
            return Integer.parseInt(line(), 16);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) throw new IOException("the server hung up");
                if (b != '\r') line.append((char) b);
            }
            return line.toString();
        }
    }
}
