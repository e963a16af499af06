// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.gateway.dialect.StrictJson;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the parts of the API share: paths, the media type, and the writing of answers. */
final class Api {
    static final String ROOT = "/admin/v1";
    static final String TEAMS = ROOT + "/teams";
    static final String KEYS = ROOT + "/keys";
    static final String QUOTAS = ROOT + "/quotas";
    static final String AUDIT = ROOT + "/audit";
    static final String JSON = "application/json";

    private Api() {}

    /** One object. */
    static <T> byte[] one(T value, BiConsumer<? super T, ObjectNode> fill) {
        ObjectNode object = StrictJson.object();
        fill.accept(value, object);
        return StrictJson.write(object);
    }

    /** An object with one list of objects. */
    static <T> byte[] list(String name, List<T> values, BiConsumer<? super T, ObjectNode> fill) {
        ObjectNode object = StrictJson.object();
        list(object, name, values, fill);
        return StrictJson.write(object);
    }

    /** Adds a list of objects. */
    static <T> void list(ObjectNode to, String name, List<T> values, BiConsumer<? super T, ObjectNode> fill) {
        ArrayNode list = to.putArray(name);
        for (T value : values) fill.accept(value, list.addObject());
    }

    /** Adds a list of texts. */
    static void texts(ObjectNode to, String name, Iterable<String> values) {
        ArrayNode list = to.putArray(name);
        values.forEach(list::add);
    }
}
