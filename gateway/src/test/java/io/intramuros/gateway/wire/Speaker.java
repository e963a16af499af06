// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A client of one dialect, by hand: what it sends, and what it makes of what it gets. */
interface Speaker {
    /** The dialect's name. */
    String dialect();

    /** Where its chats go. */
    String path();

    /** A chat of one user's message. */
    String say(String model, String text, boolean stream);

    /** A chat with this text in every place that can hold one: system, user, a call's arguments, its result. */
    String everywhere(String model, String text, boolean stream);

    /** The same with one more field that a sampler knows, by the dialect's name: the most tokens of the answer. */
    String capped(String model, String text, int tokens);

    Heard whole(String body);

    Heard stream(String body);

    /** The kind of error, in the dialect's place for it. */
    String error(JsonNode body);

    /** The word for an answer that was cut because it may not be longer. */
    String lengthWord();

    /** The word for an answer that ends in a call of a tool. */
    String callsWord();

    /** Headers of the dialect, beside the key. */
    default Map<String, String> headers() {
        return Map.of();
    }

    /** A request with the key. */
    default HttpRequest request(URI url, String key, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(30))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers().forEach(request::header);
        return request.build();
    }
}
