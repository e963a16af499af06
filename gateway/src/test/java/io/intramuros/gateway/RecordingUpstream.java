// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An OpenAI server by raw sockets, which records what it is sent and answers as the test's script says: by pieces of any
 * size, slowly, never, or until it dies.
 */
public final class RecordingUpstream implements AutoCloseable {
    private final ServerSocket server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Long> hangUps = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile Script script;

    /** A request as it came. */
    public record Request(String line, Map<String, String> headers, String body) {}

    /** What it answers; throwing ends the connection. */
    @FunctionalInterface
    public interface Script {
        void answer(Request request, Reply reply) throws Exception;
    }

    /** The answer's end of the connection. */
    public static final class Reply {
        private final Socket socket;
        private final OutputStream out;

        private Reply(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        /** A whole JSON answer. */
        public void json(int status, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            raw("HTTP/1.1 " + status + " X\r\ncontent-type: application/json\r\ncontent-length: " + bytes.length
                    + "\r\n\r\n");
            out.write(bytes);
            out.flush();
        }

        /** The head of a stream. */
        public void streamHead() throws IOException {
            raw("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n");
        }

        /** One chunk of the stream, sent at once. */
        public void chunk(byte[] bytes) throws IOException {
            raw(Integer.toHexString(bytes.length) + "\r\n");
            out.write(bytes);
            raw("\r\n");
        }

        /** One chunk of text. */
        public void chunk(String text) throws IOException {
            chunk(text.getBytes(StandardCharsets.UTF_8));
        }

        /** The same text in chunks of {@code size} bytes. */
        public void pieces(String text, int size) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length; i += size)
                chunk(java.util.Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + size)));
        }

        /** The end of the stream. */
        public void end() throws IOException {
            raw("0\r\n\r\n");
        }

        /** Breaks the connection with a reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Waits until the peer hangs up. */
        public void awaitHangUp() throws IOException {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // a pipelined byte is no hang-up
            }
        }

        /** Whether the connection still takes bytes. */
        public void raw(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }

    public RecordingUpstream(Script script) {
        this.script = script;
        try {
            this.server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** A chat completion as a server writes it. */
    public static String completion(String contentJson, String moreOfMessage, int in, int out) {
        return """
                {"id":"x","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":\
                {"role":"assistant","content":%s%s},"finish_reason":"stop"}],\
                "usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d}}""".formatted(contentJson, moreOfMessage, in, out, in + out);
    }

    /** An event of a chat stream with one delta. */
    public static String delta(String deltaJson, String finishJson) {
        return "data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                + "[{\"index\":0,\"delta\":" + deltaJson + ",\"finish_reason\":" + finishJson + "}]}\n\n";
    }

    /** The last events of a chat stream: usage and the end. */
    public static String usageAndDone(int in, int out) {
        return "data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],"
                + "\"usage\":{\"prompt_tokens\":" + in + ",\"completion_tokens\":" + out + ",\"total_tokens\":"
                + (in + out) + "}}\n\ndata: [DONE]\n\n";
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    public void script(Script next) {
        this.script = next;
    }

    public List<Request> requests() {
        return requests;
    }

    public void forget() {
        requests.clear();
        hangUps.clear();
    }

    /** The connections open now. */
    public int open() {
        return open.get();
    }

    /** Waits for the next connection that ended while it was answering; false where none did in time. */
    public boolean awaitHangUp(Duration limit) throws InterruptedException {
        return hangUps.poll(limit.toMillis(), TimeUnit.MILLISECONDS) != null;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) socket.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket socket) {
        open.incrementAndGet();
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Request request = read(in); request != null; request = read(in)) {
                requests.add(request);
                try {
                    script.answer(request, new Reply(socket));
                } catch (SocketException e) {
                    hangUps.add(System.nanoTime());
                    return;
                }
            }
        } catch (Exception e) {
            hangUps.add(System.nanoTime());
        } finally {
            open.decrementAndGet();
            sockets.remove(socket);
        }
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) return null;
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(line, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            line.write(b);
        }
        return null;
    }
}
