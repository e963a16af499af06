// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.JsonSchema;
import io.intramuros.redaction.EntityType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schema of resource files, from the records that they fill: what editors complete and check by. */
public final class ResourceSchema {
    private ResourceSchema() {}

    /** The schema of one document of a resource file. */
    public static String json() {
        JsonSchema schemas = new JsonSchema(type -> type == EntityType.class);
        List<Object> kinds = ResourceLoader.KINDS.entrySet().stream()
                .<Object>map(kind -> document(schemas, kind.getKey(), kind.getValue()))
                .toList();
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Intramuros resource");
        schema.put("oneOf", kinds);
        return JsonSchema.text(schema);
    }

    private static Map<String, Object> document(JsonSchema schemas, String kind, Class<? extends Record> spec) {
        Map<String, Object> instead = new LinkedHashMap<>();
        instead.put("apiVersion", Map.of("const", ResourceLoader.API_VERSION));
        instead.put("kind", Map.of("const", kind));
        instead.put("spec", schemas.of(spec, Map.of()));
        // Only a Policy may carry tests.
        if (spec != Policy.class) instead.put("tests", Map.of("maxItems", 0));
        return schemas.of(ResourceLoader.Envelope.class, instead);
    }
}
