// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.config;

import io.intramuros.policies.yaml.Problems;
import io.intramuros.policies.yaml.Suggestion;
import io.intramuros.policies.yaml.YamlNode;
import io.intramuros.policies.yaml.YamlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code intramuros.yaml}; a key that is no setting is an error with its place and the key that was meant. */
final class SettingsFile {
    private final Map<String, Setting> known = new HashMap<>();
    private final Map<Setting, Settings.Given> given = new EnumMap<>(Setting.class);
    private final Problems problems = new Problems();

    private SettingsFile() {
        for (Setting setting : Setting.values()) known.put(setting.key(), setting);
    }

    /** What the file says; nothing where there is no file. */
    static Map<Setting, Settings.Given> read(Path file) {
        if (!Files.exists(file)) return Map.of();
        SettingsFile reading = new SettingsFile();
        try {
            YamlText text = YamlText.decode(file.getFileName().toString(), Files.readAllBytes(file), reading.problems);
            for (YamlNode document : text.documents(reading.problems)) reading.take("", document);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
        List<String> faults = new ArrayList<>();
        reading.problems.list().forEach(problem -> faults.add(problem.toString()));
        if (!faults.isEmpty()) throw new InvalidSettings(faults);
        return reading.given;
    }

    private void take(String key, YamlNode node) {
        switch (node) {
            case YamlNode.Mapping mapping ->
                mapping.entries().forEach((name, entry) -> entry(key.isEmpty() ? name : key + "." + name, entry));
            case YamlNode.Scalar scalar -> scalar(key, scalar);
            case YamlNode.Sequence list -> problems.add(list.at(), key + ": a list (expected: one value)");
        }
    }

    private void entry(String key, YamlNode.Entry entry) {
        boolean section = known.keySet().stream().anyMatch(name -> name.startsWith(key + "."));
        if (known.containsKey(key) || section) take(key, entry.value());
        else problems.add(entry.at(), key + ": no setting" + Suggestion.of(key, known.keySet()));
    }

    private void scalar(String key, YamlNode.Scalar scalar) {
        Setting setting = known.get(key);
        if (setting != null)
            given.put(setting, new Settings.Given(scalar.text(), scalar.at().toString()));
        else if (!scalar.isNull())
            problems.add(scalar.at(), (key.isEmpty() ? "the file" : key) + ": one value (expected: settings below it)");
    }
}
