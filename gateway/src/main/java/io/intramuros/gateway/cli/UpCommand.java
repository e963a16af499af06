// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import io.intramuros.gateway.Gateway;
import io.intramuros.gateway.UpOptions;
import io.intramuros.gateway.config.Setting;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code intramuros up}: the one command that loads the gateway itself. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start the gateway in the foreground; SIGTERM or Ctrl-C drains and stops it.")
final class UpCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder (INTRAMUROS_DATA, else ./data)")
    private @Nullable Path data;

    @Option(names = "--config", paramLabel = "DIR", description = "The folder of intramuros.yaml and resource files")
    private @Nullable Path config;

    @Option(names = "--port", paramLabel = "PORT", description = "The data plane's port (8080)")
    private @Nullable String port;

    @Option(names = "--admin-port", paramLabel = "PORT", description = "The admin plane's port (8081)")
    private @Nullable String adminPort;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "The address of both (127.0.0.1)")
    private @Nullable String bind;

    @Option(names = "--offline", description = "Never try to pull a model")
    private boolean offline;

    UpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return Gateway.up(options(), terminal.out(), terminal.err());
    }

    UpOptions options() {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        if (port != null) settings.put(Setting.PORT, port);
        if (adminPort != null) settings.put(Setting.ADMIN_PORT, adminPort);
        if (bind != null) settings.put(Setting.BIND, bind);
        return new UpOptions(data == null ? terminal.data() : data, config, offline, settings);
    }
}
