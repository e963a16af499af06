// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.Problems;
import io.intramuros.policies.yaml.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a process takes its resources from.
 *
 * @param packs names of {@link Packs}
 * @param texts resources that the process itself makes, such as its child node
 * @param places files and folders, as for {@link ResourceSet#load}
 */
public record ResourceSource(List<String> packs, List<YamlText> texts, List<Path> places) {
    public ResourceSource {
        packs = List.copyOf(packs);
        texts = List.copyOf(texts);
        places = List.copyOf(places);
    }

    /**
     * Reads all: packs first, then texts, then files in the order of their paths.
     *
     * @throws io.intramuros.policies.yaml.ConfigurationException with everything that is wrong
     */
    public ResourceSet load() {
        Problems problems = new Problems();
        return new ResourceLoader(problems).load(content(problems));
    }

    /** Everything that is read, in its order. */
    List<YamlText> content(Problems problems) {
        List<YamlText> all = new ArrayList<>(Packs.read(packs, problems));
        all.addAll(texts);
        all.addAll(ResourceFiles.of(places).read(problems));
        return all;
    }

    /** What tells cheaply that a file may have changed: where links lead to, its inode, time and size. */
    Map<Path, String> stamps() {
        Map<Path, String> stamps = new LinkedHashMap<>();
        for (Path file : ResourceFiles.of(places).list(new Problems())) stamps.put(file, stamp(file));
        return stamps;
    }

    private static String stamp(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return file.toRealPath() + " " + attributes.fileKey() + " " + attributes.lastModifiedTime() + " "
                    + attributes.size();
        } catch (IOException vanishing) {
            // A file that goes away while it is looked at has changed; reading it will say what is wrong.
            return "unreadable: " + vanishing.getClass().getSimpleName();
        }
    }
}
