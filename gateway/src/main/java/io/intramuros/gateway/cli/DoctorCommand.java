// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code intramuros doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Look for what commonly goes wrong; exit 1 where something is.")
final class DoctorCommand implements Callable<Integer> {
    private static final int LEAST_JDK = 25;
    private static final long LEAST_FREE_BYTES = 1L << 30;

    private final Terminal terminal;
    private final ObjectNode report = AdminClient.object();
    private final ArrayNode checks = report.putArray("checks");

    @Mixin
    private Form form = new Form();

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int jdk = Runtime.version().feature();
        check("jdk", jdk >= LEAST_JDK, Integer.toString(jdk), "install a JDK of at least " + LEAST_JDK);
        data(terminal.data());
        gateway();
        boolean sound = checks.valueStream().allMatch(check -> check.path("ok").asBoolean());
        report.put("ok", sound);
        Answer.show(terminal, form, report, all -> table(all.path("checks")));
        return sound ? Exit.OK : Exit.FAILED;
    }

    private static Table table(JsonNode checks) {
        Table table = new Table("check", "", "found", "what to do");
        for (JsonNode check : checks)
            table.row(
                    check.path("check").asString(),
                    check.path("ok").asBoolean() ? "ok" : "WRONG",
                    check.path("found").asString(),
                    check.path("todo").asString(""));
        return table;
    }

    private void check(String name, boolean ok, String found, String todo) {
        ObjectNode check = checks.addObject().put("check", name).put("ok", ok).put("found", found);
        if (!ok) check.put("todo", todo);
    }

    private void data(Path folder) {
        if (!Files.isDirectory(folder)) {
            check("data folder", true, folder + " is not there; the gateway is elsewhere or has not run", "");
            return;
        }
        check(
                "data folder",
                Files.isWritable(folder),
                folder.toString(),
                "let this user write it, or set INTRAMUROS_DATA");
        try {
            FileStore disk = Files.getFileStore(folder);
            long free = disk.getUsableSpace();
            check("disk", free >= LEAST_FREE_BYTES, (free >> 20) + " MiB free", "make room: the audit log needs it");
        } catch (IOException e) {
            check("disk", false, e.getClass().getSimpleName(), "see that the disk is there");
        }
    }

    private void gateway() {
        try {
            AdminClient admin = terminal.admin();
            int ready = admin.status("/health/ready");
            check("gateway", ready == 200, "ready: " + ready, "see its log");
            check(
                    "admin token",
                    true,
                    admin.get(AdminClient.path("teams")).path("teams").size() + " teams",
                    "");
            for (JsonNode node : admin.get(AdminClient.path("nodes")).path("nodes"))
                check(
                        "node " + node.path("name").asString(),
                        node.path("state").asString().equals("available"),
                        node.path("url").asString(),
                        "see that it runs and that this host can reach it");
            check(
                    "models",
                    !admin.get(AdminClient.path("models")).path("models").isEmpty(),
                    admin.get(AdminClient.path("models")).path("models").size() + " models",
                    "declare a model in the configuration folder");
            JsonNode log = admin.post(AdminClient.path("audit", "verify"));
            check(
                    "audit log",
                    log.path("ok").asBoolean(),
                    log.path("says").asString(),
                    "keep it as it is, and find out why");
        } catch (CommandFailed e) {
            check("gateway", false, String.valueOf(e.getMessage()), "as it says");
        }
    }
}
