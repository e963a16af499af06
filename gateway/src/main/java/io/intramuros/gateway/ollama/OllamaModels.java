// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.ollama;

import io.intramuros.gateway.dialect.JsonLines;
import io.intramuros.gateway.dialect.StrictJson;
import io.intramuros.policies.Model;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Models as Ollama describes them. What only a folder of models could know, as sizes and layers, is empty. */
public final class OllamaModels {
    /** The version of the API that is spoken here; clients ask for it to know what they may use. */
    private static final String API = "0.13.0";

    private static final String LONG_AGO = "1970-01-01T00:00:00Z";
    private static final String FOR_EVER = "2318-01-01T00:00:00Z";

    private OllamaModels() {}

    /** {@code /api/version}. */
    public static byte[] version() {
        return StrictJson.write(StrictJson.object().put("version", API));
    }

    /** {@code /api/tags}: aliases stand in it too, since clients check for the name that they will ask for. */
    public static byte[] tags(List<Model> models) {
        ObjectNode root = StrictJson.object();
        ArrayNode list = root.putArray("models");
        for (Model model : models) {
            list.add(tag(model.name(), model));
            model.aliases().forEach(alias -> list.add(tag(alias, model)));
        }
        return StrictJson.write(root);
    }

    /** {@code /api/ps}: what is served is loaded, as far as a caller can tell. */
    public static byte[] running(List<Model> models) {
        ObjectNode root = StrictJson.object();
        ArrayNode list = root.putArray("models");
        for (Model model : models)
            list.add(tag(model.name(), model)
                    .put("expires_at", FOR_EVER)
                    .put("size_vram", 0)
                    .put("context_length", model.context()));
        return StrictJson.write(root);
    }

    /** {@code /api/show}. */
    public static byte[] show(Model model) {
        boolean inserts = model.capabilities().contains(Model.Capability.INSERT);
        ObjectNode root = StrictJson.object()
                .put("license", "")
                .put("modelfile", "")
                .put("parameters", "num_ctx                        " + model.context())
                // Editors offer to fill gaps where the template speaks of one.
                .put("template", inserts ? "{{ .Prompt }}{{ .Suffix }}" : "{{ .Prompt }}");
        details(model, root.putObject("details"));
        root.putObject("model_info")
                .put("general.architecture", "intramuros")
                .put("general.basename", model.name())
                .put("intramuros.context_length", model.context());
        capabilities(model, root.putArray("capabilities"));
        return StrictJson.write(root.put("modified_at", LONG_AGO));
    }

    /**
     * {@code /api/pull} of a model that is there: nothing is to be done, and it is said in the same words.
     *
     * @param stream whether the caller wants to watch
     */
    public static byte[] pulled(Model model, boolean stream) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        if (stream) {
            JsonLines.write(StrictJson.object().put("status", "pulling manifest"), out);
            JsonLines.write(
                    StrictJson.object()
                            .put("status", "pulling " + digest(model.name()).substring(0, 12))
                            .put("digest", "sha256:" + digest(model.name()))
                            .put("total", 1)
                            .put("completed", 1),
                    out);
            for (String status : List.of("verifying sha256 digest", "writing manifest"))
                JsonLines.write(StrictJson.object().put("status", status), out);
        }
        JsonLines.write(StrictJson.object().put("status", "success"), out);
        return out.toByteArray();
    }

    private static ObjectNode tag(String name, Model model) {
        ObjectNode tag = StrictJson.object()
                .put("name", name)
                .put("model", name)
                .put("modified_at", LONG_AGO)
                .put("size", 0)
                .put("digest", digest(model.name()));
        details(model, tag.putObject("details"));
        capabilities(model, tag.putArray("capabilities"));
        return tag;
    }

    private static void details(Model model, ObjectNode to) {
        to.put("parent_model", "").put("format", "").put("family", "intramuros");
        to.putArray("families").add("intramuros");
        to.put("parameter_size", "").put("quantization_level", "").put("context_length", model.context());
    }

    private static void capabilities(Model model, ArrayNode to) {
        for (Model.Capability capability : Model.Capability.values()) {
            if (!model.capabilities().contains(capability)) continue;
            switch (capability) {
                case CHAT -> to.add("completion");
                case TOOLS -> to.add("tools");
                case INSERT -> to.add("insert");
                case EMBEDDING -> to.add("embedding");
                case COMPLETION, RERANK, CLASSIFY -> {
                    // no words of Ollama's
                }
            }
        }
    }

    /** No digest of a file, since there is none here; but one for each name, as clients want. */
    private static String digest(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: not here (expected: every JDK has it)", e);
        }
    }
}
