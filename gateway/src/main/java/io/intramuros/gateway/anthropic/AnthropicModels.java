// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.anthropic;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.policies.Model;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Models as the Messages API lists them. */
public final class AnthropicModels {
    /** Clients want a time of creation, and a model here has none that means anything. */
    private static final String CREATED = "1970-01-01T00:00:00Z";

    private AnthropicModels() {}

    /** The list, of one page; aliases stand in it too, since clients check for the name that they will ask for. */
    public static byte[] list(List<Model> models) {
        ObjectNode root = StrictJson.object();
        ArrayNode data = root.putArray("data");
        List<String> names = new ArrayList<>();
        for (Model model : models) {
            names.add(model.name());
            names.addAll(model.aliases());
        }
        names.forEach(name -> data.add(tree(name)));
        root.put("has_more", false);
        root.put("first_id", names.isEmpty() ? null : names.getFirst());
        root.put("last_id", names.isEmpty() ? null : names.getLast());
        return StrictJson.write(root);
    }

    /** One model. */
    public static byte[] one(String name) {
        return StrictJson.write(tree(name));
    }

    private static ObjectNode tree(String name) {
        return StrictJson.object()
                .put("type", "model")
                .put("id", name)
                .put("display_name", name)
                .put("created_at", CREATED);
    }
}
