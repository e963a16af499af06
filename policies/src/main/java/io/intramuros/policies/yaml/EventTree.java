// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Builds the documents of one file from the parser's events. Without recursion, so that depth is a limit of ours. */
final class EventTree {
    static final int MAX_DEPTH = 32;
    static final int MAX_NODES = 50_000;

    private final String file;
    private final Problems problems;
    private final List<YamlNode> documents = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private int nodes;

    EventTree(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    List<YamlNode> documents() {
        return documents;
    }

    static Place place(String file, Optional<Mark> mark) {
        return mark.map(m -> new Place(file, m.getLine() + 1, m.getColumn() + 1))
                .orElse(new Place(file, 1, 1));
    }

    /** Takes the next event; false where nothing more can be read. */
    boolean take(Event event) {
        Place at = place(file, event.getStartMark());
        if (event instanceof NodeEvent node && !admit(node, at)) return false;
        switch (event) {
            case ScalarEvent scalar -> close(new YamlNode.Scalar(at, scalar.getValue(), scalar.isPlain()));
            case MappingStartEvent _ -> open.push(new OpenMapping(at));
            case CollectionStartEvent _ -> open.push(new OpenSequence(at));
            case CollectionEndEvent _ -> close(open.pop().built());
            default -> {}
        }
        return true;
    }

    private boolean admit(NodeEvent event, Place at) {
        if (event instanceof AliasEvent || event.getAnchor().isPresent()) {
            problems.add(at, "anchors and aliases are not read (expected: the value written out)");
            return false;
        }
        if (tagOf(event).isPresent()) {
            problems.add(at, "tag: " + tagOf(event).get() + " (expected: no tag)");
            return false;
        }
        if (open.size() >= MAX_DEPTH) problems.add(at, "depth: more than " + MAX_DEPTH + " levels");
        if (++nodes > MAX_NODES) problems.add(at, "size: more than " + MAX_NODES + " values in one file");
        return open.size() < MAX_DEPTH && nodes <= MAX_NODES;
    }

    private static Optional<String> tagOf(NodeEvent event) {
        return switch (event) {
            case ScalarEvent scalar -> scalar.getTag().filter(tag -> !tag.equals("!"));
            case CollectionStartEvent collection -> collection.getTag();
            default -> Optional.empty();
        };
    }

    private void close(YamlNode node) {
        Open parent = open.peek();
        if (parent == null) documents.add(node);
        else parent.take(node);
    }

    /** A collection whose end has not come. */
    private interface Open {
        void take(YamlNode node);

        YamlNode built();
    }

    /** A list whose end has not come. */
    private static final class OpenSequence implements Open {
        private final Place at;
        private final List<YamlNode> items = new ArrayList<>();

        OpenSequence(Place at) {
            this.at = at;
        }

        @Override
        public void take(YamlNode node) {
            items.add(node);
        }

        @Override
        public YamlNode built() {
            return new YamlNode.Sequence(at, items);
        }
    }

    /** A map whose end has not come. */
    private final class OpenMapping implements Open {
        private final Place at;
        private final Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        private @Nullable YamlNode key;

        OpenMapping(Place at) {
            this.at = at;
        }

        @Override
        public void take(YamlNode node) {
            YamlNode waiting = key;
            key = waiting == null ? node : null;
            if (waiting != null) put(waiting, node);
        }

        private void put(YamlNode keyNode, YamlNode value) {
            if (!(keyNode instanceof YamlNode.Scalar scalar)) {
                problems.add(keyNode.at(), "key: " + keyNode.kind() + " (expected: text)");
            } else if (entries.putIfAbsent(scalar.text(), new YamlNode.Entry(scalar.at(), value)) != null) {
                problems.add(scalar.at(), scalar.text() + ": stands twice in this map");
            }
        }

        @Override
        public YamlNode built() {
            return new YamlNode.Mapping(at, entries);
        }
    }
}
