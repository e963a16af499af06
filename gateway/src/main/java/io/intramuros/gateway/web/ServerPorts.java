// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Tells the data plane from the admin plane: both run the same filters, on ports of their own. */
public final class ServerPorts implements ApplicationListener<WebServerInitializedEvent> {
    private final AtomicInteger data = new AtomicInteger(-1);
    private final AtomicInteger admin = new AtomicInteger(-1);

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        boolean management = "management".equals(event.getApplicationContext().getServerNamespace());
        (management ? admin : data).set(event.getWebServer().getPort());
    }

    /** Whether a request came in on the data plane. */
    public boolean isData(ServerHttpRequest request) {
        var local = request.getLocalAddress();
        return local != null && local.getPort() == data.get();
    }

    /** The port of the data plane; -1 before it listens. */
    public int data() {
        return data.get();
    }

    /** The port of the admin plane; -1 before it listens. */
    public int admin() {
        return admin.get();
    }
}
