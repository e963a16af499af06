// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import static io.intramuros.policies.Samples.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.policies.yaml.ConfigurationException;
import io.intramuros.policies.yaml.Place;
import io.intramuros.policies.yaml.Problem;
import io.intramuros.policies.yaml.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceStoreTest {
    private static final YamlText OWN =
            new YamlText("<own>", Samples.resource("Node", "own", "type: onnx\nurl: http://127.0.0.1:1\n"));

    @TempDir
    Path folder;

    private final List<String> heard = new ArrayList<>();
    private final ResourceStore.Listener listener = new ResourceStore.Listener() {
        @Override
        public void changed(ResourceSet now) {
            heard.add("changed to " + names(now));
        }

        @Override
        public void refused(List<Problem> problems) {
            problems.forEach(problem -> heard.add(problem.message()));
        }
    };

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), policy("a", "{}\n"));
    }

    @Test
    void poll_fileAdded_isTakenWhenTwoPollsSeeTheSame() throws IOException {
        try (ResourceStore store = store()) {
            assertThat(names(store.current())).containsExactly("a");
            Files.writeString(folder.resolve("b.yaml"), policy("b", "{}\n"));

            assertThat(store.poll()).isFalse();
            assertThat(store.poll()).isTrue();

            assertThat(names(store.current())).containsExactly("a", "b");
            assertThat(store.current().nodes()).extracting(Node::name).containsExactly("own");
            assertThat(heard).containsExactly("changed to [a, b]");
            assertThat(store.poll()).isFalse();
        }
    }

    @Test
    void poll_fileStillGrowing_isNotReadYet() throws IOException {
        try (ResourceStore store = store()) {
            Files.writeString(folder.resolve("a.yaml"), "");
            store.poll();
            Files.writeString(folder.resolve("a.yaml"), policy("c", "{}\n"));
            store.poll();
            assertThat(names(store.current())).containsExactly("a");

            store.poll();

            assertThat(heard).containsExactly("changed to [c]");
        }
    }

    @Test
    void poll_fileWrong_keepsTheOldSetAndReportsOnce() throws IOException {
        try (ResourceStore store = store()) {
            Files.writeString(folder.resolve("a.yaml"), policy("a", "mod: observe\n"));
            ResourceSet before = store.current();

            for (int i = 0; i < 4; i++) assertThat(store.poll()).isFalse();

            assertThat(store.current()).isSameAs(before);
            assertThat(heard).containsExactly("mod: unknown key (did you mean \"mode\"?)");
        }
    }

    @Test
    void poll_wrongFileMended_isTaken() throws IOException {
        try (ResourceStore store = store()) {
            change(store, "a.yaml", "kind: x\n");
            heard.clear();
            change(store, "a.yaml", policy("d", "{}\n"));

            assertThat(heard).containsExactly("changed to [d]");
        }
    }

    @Test
    void poll_touchedButTheSame_changesNothing() throws IOException {
        try (ResourceStore store = store()) {
            change(store, "a.yaml", policy("a", "{}\n") + "# more\n");
            heard.clear();
            Files.setLastModifiedTime(folder.resolve("a.yaml"), java.nio.file.attribute.FileTime.fromMillis(1));

            assertThat(store.poll()).isFalse();
            assertThat(store.poll()).isFalse();
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void poll_checkFails_keepsTheOldSet() throws IOException {
        var source = new ResourceSource(List.of(), List.of(), List.of(folder));
        try (ResourceStore store = new ResourceStore(
                source,
                set -> names(set).contains("bad")
                        ? List.of(new Problem(new Place("t", 1, 1), "test failed"))
                        : List.of(),
                listener)) {
            change(store, "a.yaml", policy("bad", "{}\n"));

            assertThat(names(store.current())).containsExactly("a");
            assertThat(heard).containsExactly("test failed");
        }
    }

    @Test
    void poll_configMapSwapsItsLink_isTaken() throws IOException {
        Path volume = Files.createDirectories(folder.resolve("volume"));
        version(volume, "..one", "a");
        Files.createSymbolicLink(volume.resolve("policy.yaml"), Path.of("..data/policy.yaml"));
        var source = new ResourceSource(List.of(), List.of(), List.of(volume));
        try (ResourceStore store = new ResourceStore(source, _ -> List.of(), listener)) {
            assertThat(names(store.current())).containsExactly("a");

            version(volume, "..two", "b");
            store.poll();
            store.poll();

            assertThat(names(store.current())).containsExactly("b");
        }
    }

    /** What kubelet does: a new folder, then one rename of the link to it. */
    private static void version(Path volume, String name, String policy) throws IOException {
        Files.writeString(Files.createDirectories(volume.resolve(name)).resolve("policy.yaml"), policy(policy, "{}\n"));
        Path fresh = Files.createSymbolicLink(volume.resolve("..data_tmp"), Path.of(name));
        Files.move(fresh, volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void store_firstSetWrong_isNotMade() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "kind: x\n");

        assertThatThrownBy(this::store).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void start_fileChanged_isTakenInTheBackground() throws Exception {
        var changes = new LinkedBlockingQueue<List<String>>();
        var hearing = new ResourceStore.Listener() {
            @Override
            public void changed(ResourceSet now) {
                changes.add(names(now));
            }

            @Override
            public void refused(List<Problem> problems) {
                throw new AssertionError(problems.toString());
            }
        };
        var source = new ResourceSource(List.of(), List.of(), List.of(folder));
        try (ResourceStore store = new ResourceStore(source, _ -> List.of(), hearing)) {
            store.start(Duration.ofMillis(10));
            Path next = Files.writeString(folder.resolve(".next"), policy("z", "{}\n"));
            Files.move(next, folder.resolve("a.yaml"), StandardCopyOption.ATOMIC_MOVE);

            assertThat(changes.poll(20, TimeUnit.SECONDS)).containsExactly("z");
        }
    }

    private void change(ResourceStore store, String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
        store.poll();
        store.poll();
    }

    private ResourceStore store() {
        return new ResourceStore(
                new ResourceSource(List.of(), List.of(OWN), List.of(folder)), _ -> List.of(), listener);
    }

    private static List<String> names(ResourceSet set) {
        return set.policies().policies().stream().map(Policy::name).toList();
    }
}
