// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.gateway.Gateway;
import io.intramuros.gateway.UpOptions;
import io.intramuros.gateway.config.DataFolder;
import io.intramuros.gateway.config.Setting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts that cannot be: each ends with status 1, says what is wrong, where, and what to do, and leaves nothing behind. */
class RefusedStartTest {
    private static final String NODE =
            "apiVersion: intramuros.io/v1\nkind: Node\nmetadata: { name: a }\nspec: { type: openai, url: \"http://127.0.0.1:9\" }\n";

    @TempDir
    private Path folder;

    private Path config;
    private Path data;

    @BeforeEach
    void folders() throws IOException {
        config = Files.createDirectories(folder.resolve("config"));
        data = folder.resolve("data");
    }

    private String refused(Map<Setting, String> more) {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.PORT, "0");
        settings.put(Setting.ADMIN_PORT, "0");
        settings.put(Setting.NODE_EMBEDDED, "false");
        settings.putAll(more);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Gateway.up(
                new UpOptions(data, config, true, settings),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(status).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("ready");
        String said = err.toString(StandardCharsets.UTF_8);
        assertThat(said).isNotBlank().doesNotContain("\tat ");
        return said;
    }

    /** The folder's lock is free again, so that the next start needs nothing but the mistake mended. */
    private void nothingIsHeld() {
        DataFolder.open(data).close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            spec: { type: openai, url: "http://127.0.0.1:9", zoen: dc }  | zoen       | zone
            spec: { type: openai, url: "ftp://127.0.0.1:9" }             | url        | http
            spec: { type: openia, url: "http://127.0.0.1:9" }            | type       | openai
            spec: { type: openai, url: "http://127.0.0.1:9", maxConcurrent: many } | maxConcurrent | many
            spec: { type: openai }                                       | url        | resources.yaml
            """)
    void resource_withAFault_namesFilePlaceAndWhatWasMeant(String spec, String where, String what) throws IOException {
        Files.writeString(
                config.resolve("resources.yaml"),
                "apiVersion: intramuros.io/v1\nkind: Node\nmetadata: { name: a }\n" + spec.strip() + "\n");

        String said = refused(Map.of());

        assertThat(said).contains("resources.yaml").contains(where);
        if (!what.equals("many")) assertThat(said).contains(what);
        nothingIsHeld();
    }

    @Test
    void resources_twoOfOneName_areNamed() throws IOException {
        Files.writeString(config.resolve("one.yaml"), NODE);
        Files.writeString(config.resolve("two.yaml"), NODE);

        assertThat(refused(Map.of())).contains("two.yaml").contains("Node").contains("a");
        nothingIsHeld();
    }

    @Test
    void model_ofANodeThatIsNot_isNamed() throws IOException {
        Files.writeString(config.resolve("resources.yaml"), """
                apiVersion: intramuros.io/v1
                kind: Model
                metadata: { name: m }
                spec: { replicas: [ { node: nowhere } ], context: 100, capabilities: [chat] }
                """);

        assertThat(refused(Map.of())).contains("resources.yaml").contains("nowhere");
    }

    @Test
    void policy_whoseOwnTestFails_isNamed() throws IOException {
        Files.writeString(config.resolve("resources.yaml"), """
                apiVersion: intramuros.io/v1
                kind: Policy
                metadata: { name: p }
                spec:
                  request: { default: allow }
                tests:
                  - request: { model: m, text: "Card 4111 1111 1111 1111" }
                    expect: { verdict: block, because: CREDIT_CARD }
                """);

        assertThat(refused(Map.of())).contains("resources.yaml").contains("p");
    }

    @Test
    void yaml_thatIsNone_isNamedWithItsLine() throws IOException {
        Files.writeString(config.resolve("resources.yaml"), NODE + "---\nkind: [\n");

        assertThat(refused(Map.of())).contains("resources.yaml:");
    }

    @Test
    void settings_unknownKey_isNamedWithWhatWasMeant() throws IOException {
        Files.writeString(config.resolve("intramuros.yaml"), "listen: { prot: 1 }\n");

        assertThat(refused(Map.of()))
                .contains("intramuros.yaml")
                .contains("prot")
                .contains("port");
    }

    @ParameterizedTest
    @CsvSource({"PORT", "ADMIN_PORT"})
    void port_inUse_saysSoAndHoldsNothing(Setting which) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(refused(Map.of(which, Integer.toString(taken.getLocalPort()))))
                    .contains("port")
                    .contains("in use")
                    .contains("--port");
        }
        nothingIsHeld();
    }

    @Test
    void dataFolder_ofANewerVersion_isLeftAlone() throws IOException {
        Files.createDirectories(data);
        Files.writeString(data.resolve("version"), "99");

        assertThat(refused(Map.of())).contains("version 99").contains("newer Intramuros");
        assertThat(data.resolve("version")).hasContent("99");
        assertThat(data.resolve("audit")).doesNotExist();
    }

    @Test
    void dataFolder_ofAnotherProcess_isLeftAlone() {
        try (DataFolder held = DataFolder.open(data)) {
            assertThat(refused(Map.of())).contains("another process has it").contains("--data");
            assertThat(held.path().resolve("audit")).doesNotExist();
        }
    }

    @Test
    void dataFolder_thatIsAFile_isSaid() throws IOException {
        Files.writeString(data, "");

        assertThat(refused(Map.of())).contains("data folder").contains("cannot be written");
    }

    @Test
    void configFolder_thatIsNot_isSaid() {
        config = folder.resolve("nowhere");

        assertThat(refused(Map.of())).contains("nowhere");
    }

    @Test
    void certificate_thatIsNot_isSaid() {
        assertThat(refused(Map.of(
                        Setting.TLS_CERTIFICATE,
                        folder.resolve("no.pem").toString(),
                        Setting.TLS_KEY,
                        folder.resolve("no.key").toString())))
                .contains("no.pem");
    }

    @Test
    void production_withoutItsSecrets_saysWhichAreMissing() {
        assertThat(refused(Map.of(Setting.MODE, "production"))).contains("INTRAMUROS_MASTER_KEY");
    }
}
