// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings of one run: what the command line says, else the environment, else the file, else the default. */
public final class Settings {
    /** The name of the file in a configuration folder. */
    public static final String FILE = "intramuros.yaml";

    private final Map<Setting, String> values;

    private Settings(Map<Setting, String> values) {
        this.values = values;
    }

    /**
     * A value and where it stands, for messages.
     *
     * @param where file and line
     */
    public record Given(String value, String where) {}

    /**
     * Puts them together.
     *
     * @param command by key, from the command line
     * @param environment gives a variable's value or null
     * @param file by key, from {@code intramuros.yaml}
     * @throws InvalidSettings naming every value that is wrong
     */
    public static Settings of(
            Map<Setting, String> command, Function<String, @Nullable String> environment, Map<Setting, Given> file) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        List<String> faults = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            Given given = given(setting, command, environment, file);
            if (!setting.accepts(given.value()))
                faults.add(given.where() + ": " + setting.key() + ": \"" + shown(setting, given.value())
                        + "\" (expected: " + setting.rule() + ")");
            values.put(setting, given.value());
        }
        if (!faults.isEmpty()) throw new InvalidSettings(faults);
        return new Settings(values);
    }

    /**
     * Puts them together, with the file of a configuration folder.
     *
     * @param folder or null where there is none
     * @throws InvalidSettings naming every value that is wrong
     */
    public static Settings load(Map<Setting, String> command, @Nullable Path folder) {
        Map<Setting, Given> file = folder == null ? Map.of() : SettingsFile.read(folder.resolve(FILE));
        return of(command, System::getenv, file);
    }

    private static Given given(
            Setting setting,
            Map<Setting, String> command,
            Function<String, @Nullable String> environment,
            Map<Setting, Given> file) {
        String commanded = command.get(setting);
        if (commanded != null) return new Given(commanded, "command line");
        String exported = environment.apply(setting.env());
        if (exported != null && !exported.isEmpty()) return new Given(exported, setting.env());
        return file.getOrDefault(setting, new Given(setting.fallback(), "default"));
    }

    private static String shown(Setting setting, String value) {
        return setting == Setting.DATABASE_PASSWORD ? "…" : value;
    }

    /** A text; empty where nothing was given and nothing is the default. */
    public String text(Setting setting) {
        return values.getOrDefault(setting, setting.fallback());
    }

    /** A whole number. */
    public long number(Setting setting) {
        return Long.parseLong(text(setting));
    }

    /** A duration. */
    public Duration time(Setting setting) {
        return Duration.parse(text(setting));
    }

    /** A yes or no. */
    public boolean flag(Setting setting) {
        return Boolean.parseBoolean(text(setting));
    }

    /** Whether something was given at all. */
    public boolean has(Setting setting) {
        return !text(setting).isEmpty();
    }

    /** Whether the process runs in production mode. */
    public boolean isProduction() {
        return text(Setting.MODE).equals("production");
    }
}
