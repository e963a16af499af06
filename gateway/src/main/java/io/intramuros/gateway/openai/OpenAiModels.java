// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.openai;

import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.policies.Model;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Models as the OpenAI API lists them. */
public final class OpenAiModels {
    /** Clients want a time of creation, and a model here has none that means anything. */
    private static final long CREATED = 0;

    private OpenAiModels() {}

    /** The list; aliases stand in it too, since clients check for the name that they will ask for. */
    public static byte[] list(List<Model> models) {
        ObjectNode root = StrictJson.object();
        root.put("object", "list");
        ArrayNode data = root.putArray("data");
        for (Model model : models) {
            data.add(tree(model.name()));
            model.aliases().forEach(alias -> data.add(tree(alias)));
        }
        return StrictJson.write(root);
    }

    /** One model. */
    public static byte[] one(String name) {
        return StrictJson.write(tree(name));
    }

    private static ObjectNode tree(String name) {
        ObjectNode model = StrictJson.object();
        model.put("id", name);
        model.put("object", "model");
        model.put("created", CREATED);
        model.put("owned_by", "intramuros");
        return model;
    }
}
