// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.node;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads what a call needs from Netty's request. */
final class Requests {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** The header by which the gateway says whose request it is. */
    private static final String TENANT = "x-intramuros-tenant";

    /** The header by which it says {@code batch} where nobody sits and waits, else {@code interactive}. */
    private static final String PRIORITY = "x-intramuros-priority";

    private Requests() {}

    static String path(HttpRequest request) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** Copies a request out of Netty's buffers; the gateway's request id is kept where it is well formed. */
    static Call.Incoming incoming(FullHttpRequest request) {
        String given = request.headers().get("x-request-id", "");
        String id = ID.matcher(given).matches() ? given : UUID.randomUUID().toString();
        byte[] body = ByteBufUtil.getBytes(request.content());
        return new Call.Incoming(
                request.method().name(), path(request), body, id, sender(request), HttpUtil.isKeepAlive(request));
    }

    /** The gateway alone reaches this node, so it is believed; a name that is not well formed counts as none. */
    private static Call.Sender sender(HttpRequest request) {
        String given = request.headers().get(TENANT, "");
        boolean background = request.headers().get(PRIORITY, "").equals("batch");
        return new Call.Sender(ID.matcher(given).matches() ? given : "", background);
    }
}
