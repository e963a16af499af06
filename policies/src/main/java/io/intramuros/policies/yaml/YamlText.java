// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML with the name that messages give it.
 *
 * @param name a path, or a word in angle brackets for what is not a file
 * @param yaml one or more documents
 */
public record YamlText(String name, String yaml) {
    /** Largest file that is read, in code points. A ConfigMap holds 1 MiB in all. */
    static final int MAX_SIZE = 1 << 20;

    /** Takes the bytes of a file, which must be UTF-8. */
    public static YamlText decode(String name, byte[] bytes, Problems problems) {
        try {
            return new YamlText(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException notUtf8) {
            problems.add(new Place(name, 1, 1), "not UTF-8 (" + notUtf8.getMessage() + ")");
            return new YamlText(name, "");
        }
    }

    /** The documents as far as they can be read; what is wrong goes to {@code problems}. */
    public List<YamlNode> documents(Problems problems) {
        EventTree tree = new EventTree(name, problems);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(MAX_SIZE)
                .setParseComments(false)
                .build();
        try {
            for (var event : new Parse(settings).parseString(yaml)) {
                if (!tree.take(event)) break;
            }
        } catch (MarkedYamlEngineException syntax) {
            problems.add(EventTree.place(name, syntax.getProblemMark()), syntax.getProblem());
        } catch (YamlEngineException limit) {
            problems.add(new Place(name, 1, 1), String.valueOf(limit.getMessage()));
        }
        return tree.documents();
    }
}
