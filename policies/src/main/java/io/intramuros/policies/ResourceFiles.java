// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.Place;
import io.intramuros.policies.yaml.Problems;
import io.intramuros.policies.yaml.YamlText;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files that resources stand in. */
final class ResourceFiles {
    private static final String SETTINGS = "intramuros.yaml";
    private static final int MAX_FILES = 1_000;
    private static final int MAX_FILE_BYTES = 4 << 20;
    private static final int MAX_DEPTH = 16;

    private final List<Path> places;

    private ResourceFiles(List<Path> places) {
        this.places = places;
    }

    static ResourceFiles of(List<Path> places) {
        return new ResourceFiles(List.copyOf(places));
    }

    /** The files' texts in the order of their paths; what cannot be read goes to {@code problems}. */
    List<YamlText> read(Problems problems) {
        List<YamlText> texts = new ArrayList<>();
        for (Path file : list(problems)) {
            try {
                long size = Files.size(file);
                if (size > MAX_FILE_BYTES)
                    problems.add(at(file), "size: " + size + " bytes (expected: at most " + MAX_FILE_BYTES + ")");
                else texts.add(YamlText.decode(file.toString(), Files.readAllBytes(file), problems));
            } catch (IOException unreadable) {
                problems.add(at(file), "cannot be read: " + reason(unreadable));
            }
        }
        return texts;
    }

    /** The files, in the order of their paths. */
    List<Path> list(Problems problems) {
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            try (Stream<Path> tree = Files.walk(place, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
                tree.filter(file -> isResource(place, file))
                        .limit(MAX_FILES + 1L)
                        .sorted()
                        .forEach(files::add);
            } catch (IOException | java.io.UncheckedIOException unreadable) {
                problems.add(at(place), "cannot be read: " + reason(unreadable));
            }
        }
        if (files.size() > MAX_FILES)
            problems.add(at(files.getLast()), "files: more than " + MAX_FILES + " (expected: a folder of resources)");
        return files;
    }

    private static boolean isResource(Path place, Path file) {
        if (place.equals(file)) return Files.isRegularFile(file);
        Path inside = place.relativize(file);
        for (Path part : inside) if (part.toString().startsWith(".")) return false;
        String name = inside.toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.equals(SETTINGS) && Files.isRegularFile(file);
    }

    private static Place at(Path file) {
        return new Place(file.toString(), 1, 1);
    }

    private static String reason(Exception failure) {
        return failure.getClass().getSimpleName();
    }
}
