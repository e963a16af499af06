// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.quota;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** Stands between a client and a server on this machine, and stops or cuts what flows when it is told to. */
final class FaultProxy implements AutoCloseable {
    private static final int ALL = 1000;

    private final ServerSocket door;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Semaphore answers = new Semaphore(ALL, true);

    FaultProxy(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("fault-proxy").start(this::serve);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Lets requests through, but holds all answers back until {@link #resume}. */
    void stallAnswers() {
        answers.acquireUninterruptibly(ALL);
    }

    void resume() {
        answers.release(ALL);
    }

    /** Cuts every connection there is. */
    void cut() {
        sockets.forEach(FaultProxy::closed);
        sockets.clear();
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(server);
                Thread.ofVirtual().start(() -> pump(client, server, false));
                Thread.ofVirtual().start(() -> pump(server, client, true));
            } catch (IOException e) {
                if (!door.isClosed()) cut();
            }
        }
    }

    private void pump(Socket from, Socket to, boolean held) {
        byte[] buffer = new byte[16_384];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (held) answers.acquireUninterruptibly();
                out.write(buffer, 0, n);
                out.flush();
                if (held) answers.release();
            }
        } catch (IOException e) {
            sockets.remove(from); // cut: the other side sees its own end
        }
    }

    private static void closed(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("socket did not close", e);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }
}
