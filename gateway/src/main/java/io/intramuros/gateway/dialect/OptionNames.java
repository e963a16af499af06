// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import io.intramuros.gateway.chat.Given;
import io.intramuros.gateway.chat.Option;
import io.intramuros.gateway.chat.Options;
import io.intramuros.gateway.exchange.InexpressibleException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What one protocol calls the options that more than one knows; of the same shape in all of them. */
public final class OptionNames {
    private final Map<String, Option> options;
    private final Map<Option, String> names = new EnumMap<>(Option.class);
    private final Set<String> elsewhere;

    /**
     * For a protocol.
     *
     * @param options by their names
     * @param elsewhere fields that are no options, or are read by somebody else
     */
    public OptionNames(Map<String, Option> options, Set<String> elsewhere) {
        this.options = Map.copyOf(options);
        this.elsewhere = Set.copyOf(elsewhere);
        options.forEach((name, option) -> names.put(option, name));
    }

    /** What is read out of one object of a request; more can be added. */
    public static final class Taken {
        private final Map<Option, Given> known = new EnumMap<>(Option.class);
        private final List<Given> others = new ArrayList<>();

        /** Adds an option. */
        public Taken with(Option option, String field, JsonNode value) {
            known.put(option, new Given(field, value));
            return this;
        }

        /** Adds a field that only the caller's protocol knows. */
        public Taken other(String field, JsonNode value) {
            others.add(new Given(field, value));
            return this;
        }

        /** All of it. */
        public Options options() {
            return new Options(known, others);
        }
    }

    /**
     * Takes the options of an object.
     *
     * @param at what stands before the field's name in a refusal, as {@code options.}
     */
    public Taken read(ObjectNode object, String at, Taken into) {
        for (var member : object.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            Optional<Option> option = Optional.ofNullable(options.get(name));
            if (value.isNull() || elsewhere.contains(name)) continue;
            if (option.isPresent()) into.with(option.get(), at + name, shaped(option.get(), value));
            else if (!saysNothing(value)) into.other(at + name, value);
        }
        return into;
    }

    /**
     * Writes options under this protocol's names.
     *
     * @param done those that were written already
     * @throws InexpressibleException for the first that has no name here
     */
    public void write(Options given, ObjectNode to, Set<Option> done) throws InexpressibleException {
        for (var option : given.known().entrySet()) {
            String name = names.get(option.getKey());
            if (name != null) to.set(name, option.getValue().value());
            else if (!done.contains(option.getKey())) throw unknown(option.getValue());
        }
        if (!given.others().isEmpty()) throw unknown(given.others().getFirst());
    }

    /** The names, for documents. */
    public Map<String, Option> names() {
        return new HashMap<>(options);
    }

    private static InexpressibleException unknown(Given given) {
        return new InexpressibleException(
                given.field(), "cannot be passed on to the kind of node that serves this model; leave it out");
    }

    private static JsonNode shaped(Option option, JsonNode value) {
        if (option != Option.STOP || value.isArray()) return value;
        ArrayNode list = StrictJson.array();
        list.add(value);
        return list;
    }

    /** Whether a value asks for nothing, as {@code false} and empty lists do. */
    private static boolean saysNothing(JsonNode value) {
        return (value.isBoolean() && !value.booleanValue()) || (value.isContainer() && value.isEmpty());
    }
}
