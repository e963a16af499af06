// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.ConfigurationException;
import io.intramuros.policies.yaml.Place;
import io.intramuros.policies.yaml.Problem;
import io.intramuros.policies.yaml.Problems;
import io.intramuros.policies.yaml.YamlText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The resources of a running process: read at the start, read again when their files change, exchanged as a whole. A set
 * with a fault is reported and not taken; the one before it stays. Safe for use by several threads at once.
 */
public final class ResourceStore implements AutoCloseable {
    private final ResourceSource source;
    private final Function<ResourceSet, List<Problem>> check;
    private final Listener listener;
    private final AtomicReference<ResourceSet> current;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Map<Path, String> stamps;
    private Map<Path, String> settling;
    private List<YamlText> content;

    /** Hears of changes, on the thread that polls. */
    public interface Listener {
        /** A new set is in use. */
        void changed(ResourceSet now);

        /** A new set has faults and is not in use. Told once for each change of the files. */
        void refused(List<Problem> problems);
    }

    /**
     * Reads the first set.
     *
     * @param check says what else is wrong with a set, such as failing tests of policies; empty for nothing
     * @throws ConfigurationException where the first set has faults
     */
    public ResourceStore(ResourceSource source, Function<ResourceSet, List<Problem>> check, Listener listener) {
        this.source = source;
        this.check = check;
        this.listener = listener;
        this.stamps = source.stamps();
        this.settling = stamps;
        Problems problems = new Problems();
        this.content = source.content(problems);
        this.current = new AtomicReference<>(checked(content, problems));
    }

    /** The set in use. One exchange should ask once and keep what it got. */
    public ResourceSet current() {
        return current.get();
    }

    /**
     * Looks whether files changed, and takes the new set where it is right. A change is read when two calls in a row see
     * the same: half of a file that is being written could be a set that is right and lacks policies.
     *
     * @return whether a new set is in use
     */
    public synchronized boolean poll() {
        Map<Path, String> seen = source.stamps();
        boolean settled = seen.equals(settling);
        settling = seen;
        if (!settled || seen.equals(stamps)) return false;
        Problems problems = new Problems();
        List<YamlText> read = source.content(problems);
        if (!source.stamps().equals(seen)) return false;
        stamps = seen;
        return take(read, problems);
    }

    private boolean take(List<YamlText> read, Problems problems) {
        if (read.equals(content) && problems.count() == 0) return false;
        content = read;
        try {
            current.set(checked(read, problems));
        } catch (ConfigurationException wrong) {
            listener.refused(wrong.problems());
            return false;
        }
        listener.changed(current());
        return true;
    }

    /** Polls until {@link #close}. */
    public void start(Duration every) {
        Thread.ofVirtual().name("resources").start(() -> watch(every));
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void watch(Duration every) {
        try {
            while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) pollOrReport();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** A fault of ours in one poll must not end all polling unseen. */
    private void pollOrReport() {
        try {
            poll();
        } catch (RuntimeException bug) {
            listener.refused(List.of(new Problem(new Place("<resources>", 1, 1), "reading failed: " + bug)));
        }
    }

    private ResourceSet checked(List<YamlText> texts, Problems problems) {
        ResourceSet set = new ResourceLoader(problems).load(texts);
        List<Problem> more = check.apply(set);
        if (!more.isEmpty()) throw new ConfigurationException(more);
        return set;
    }
}
