// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Filters that go over the items of a value. */
final class SequenceFilters {
    private static final Set<String> NAMES = Set.of(
            "batch",
            "dictsort",
            "first",
            "groupby",
            "items",
            "join",
            "last",
            "list",
            "map",
            "max",
            "min",
            "reject",
            "rejectattr",
            "reverse",
            "select",
            "selectattr",
            "slice",
            "sort",
            "sum",
            "unique");

    /** Those that take {@code none} for no items. */
    private static final Set<String> LENIENT = Set.of("map", "select", "reject", "selectattr", "rejectattr");

    private final Filters filters;
    private final Members members;
    private final Meter meter;

    SequenceFilters(Filters filters, Members members, Meter meter) {
        this.filters = filters;
        this.members = members;
        this.meter = meter;
    }

    static boolean knows(String name) {
        return NAMES.contains(name);
    }

    Value apply(String name, Value value, Arguments arguments) {
        if (name.equals("items")) {
            return items(value);
        }
        if (name.equals("reverse") && value instanceof Value.Str str) {
            return str.with(new StringBuilder(str.text()).reverse().toString());
        }
        boolean lenient = LENIENT.contains(name) && !Operators.truth(value);
        List<Value> items = lenient ? List.of() : Operators.iterate(value);
        meter.make(items.size());
        return switch (name) {
            case "list" -> Value.Seq.list(items);
            case "first" -> items.isEmpty() ? new Value.Undefined("the first of no items") : items.getFirst();
            case "last" -> items.isEmpty() ? new Value.Undefined("the last of no items") : items.getLast();
            case "join" -> joined(items, arguments.only(name, "d", "attribute"));
            case "map" -> Value.Seq.generator(mapped(items, arguments));
            case "select", "reject" -> Value.Seq.generator(picked(items, name.equals("select"), arguments));
            case "selectattr", "rejectattr" ->
                Value.Seq.generator(pickedBy(items, name.equals("selectattr"), arguments));
            case "reverse" -> Value.Seq.generator(items.reversed());
            case "sort" ->
                Value.Seq.list(sorted(items, arguments.only(name, "reverse", "case_sensitive", "attribute")));
            case "unique" -> Value.Seq.generator(unique(items, arguments.only(name, "case_sensitive", "attribute")));
            case "min", "max" -> most(items, name.equals("max"), arguments.only(name, "case_sensitive", "attribute"));
            case "sum" -> sum(items, arguments.only(name, "attribute", "start"));
            case "dictsort" -> dictsort(value, arguments.only(name, "case_sensitive", "by", "reverse"));
            case "groupby" -> grouped(items, arguments);
            case "batch" -> batches(items, arguments.only(name, "linecount", "fill_with"));
            default -> columns(items, arguments.only(name, "slices", "fill_with"));
        };
    }

    private static Value items(Value value) {
        return switch (value) {
            case Value.Undefined _ -> Value.Seq.generator(List.of());
            case Value.Mapping mapping -> Value.Seq.generator(((Value.Seq) Members.items(mapping)).items());
            default -> throw TemplateException.operation("items: not a mapping");
        };
    }

    private Value joined(List<Value> items, Arguments arguments) {
        Value.Str between = Printed.str(arguments.get(0, "d", Value.Str.EMPTY));
        Value attribute = arguments.get(1, "attribute", Value.None.NONE);
        return Printed.joined(items.stream().map(item -> by(item, attribute)).toList(), between, meter);
    }

    /** The part of an item that an attribute names; the item itself where it names none. */
    private Value by(Value item, Value attribute) {
        if (attribute instanceof Value.None) {
            return item;
        }
        if (Operators.isInteger(attribute)) {
            return members.item(item, attribute);
        }
        Value found = item;
        for (String part : Operators.text(attribute, "attribute").text().split("\\.", -1)) {
            boolean number =
                    !part.isEmpty() && part.length() < 9 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            found = members.item(found, number ? Value.Int.of(Integer.parseInt(part)) : Value.Str.own(part));
        }
        return found;
    }

    private List<Value> mapped(List<Value> items, Arguments arguments) {
        Value attribute = arguments.named().get("attribute");
        List<Value> out = new ArrayList<>();
        for (Value item : items) {
            meter.step();
            if (attribute == null) {
                String filter = arguments.text(0, "filter").text();
                if (!Filters.knows(filter)) {
                    throw TemplateException.operation("map: no such filter");
                }
                out.add(filters.apply(filter, item, arguments.rest(1)));
            } else {
                Value found = by(item, attribute);
                out.add(found instanceof Value.Undefined ? arguments.named().getOrDefault("default", found) : found);
            }
        }
        return out;
    }

    private List<Value> picked(List<Value> items, boolean wanted, Arguments arguments) {
        return items.stream().filter(item -> passes(item, arguments) == wanted).toList();
    }

    private List<Value> pickedBy(List<Value> items, boolean wanted, Arguments arguments) {
        Value attribute = arguments.required(0, "attribute");
        return items.stream()
                .filter(item -> passes(by(item, attribute), arguments.rest(1)) == wanted)
                .toList();
    }

    private boolean passes(Value item, Arguments arguments) {
        meter.step();
        if (arguments.positional().isEmpty()) {
            return Operators.truth(item);
        }
        String test = arguments.text(0, "test").text();
        if (!Tests.knows(test)) {
            throw TemplateException.operation("select: no such test");
        }
        return Tests.holds(test, item, arguments.rest(1));
    }

    private List<Value> sorted(List<Value> items, Arguments arguments) {
        boolean cased = arguments.flag(1, "case_sensitive");
        Value attribute = arguments.get(2, "attribute", Value.None.NONE);
        List<Value> sorted = new ArrayList<>(items);
        Comparator<Value> order =
                (a, b) -> Operators.compare(folded(by(a, attribute), cased), folded(by(b, attribute), cased));
        sorted.sort(arguments.flag(0, "reverse") ? order.reversed() : order);
        return sorted;
    }

    private static Value folded(Value value, boolean cased) {
        return !cased && value instanceof Value.Str str ? str.with(str.text().toLowerCase(Locale.ROOT)) : value;
    }

    private List<Value> unique(List<Value> items, Arguments arguments) {
        Map<Value, Value> seen = new LinkedHashMap<>();
        for (Value item : items) {
            Value part = by(item, arguments.get(1, "attribute", Value.None.NONE));
            seen.putIfAbsent(Operators.key(folded(part, arguments.flag(0, "case_sensitive"))), item);
        }
        return List.copyOf(seen.values());
    }

    private Value most(List<Value> items, boolean max, Arguments arguments) {
        if (items.isEmpty()) {
            return new Value.Undefined("the least or greatest of no items");
        }
        boolean cased = arguments.flag(0, "case_sensitive");
        Value attribute = arguments.get(1, "attribute", Value.None.NONE);
        Comparator<Value> order =
                (a, b) -> Operators.compare(folded(by(a, attribute), cased), folded(by(b, attribute), cased));
        return max ? Collections.max(items, order) : Collections.min(items, order);
    }

    private Value sum(List<Value> items, Arguments arguments) {
        var arithmetic = new Arithmetic(meter);
        Value sum = arguments.get(1, "start", Value.Int.of(0));
        for (Value item : items) {
            sum = arithmetic.apply("+", sum, by(item, arguments.get(0, "attribute", Value.None.NONE)));
        }
        return sum;
    }

    private Value dictsort(Value value, Arguments arguments) {
        if (!(value instanceof Value.Mapping mapping)) {
            throw TemplateException.operation("dictsort: not a mapping");
        }
        boolean byValue = arguments.get(1, "by", Value.Str.own("key")).equals(Value.Str.own("value"));
        Arguments sorting = new Arguments(
                List.of(
                        Value.Bool.of(arguments.flag(2, "reverse")),
                        Value.Bool.of(arguments.flag(0, "case_sensitive")),
                        Value.Int.of(byValue ? 1 : 0)),
                Map.of());
        return Value.Seq.list(sorted(Operators.iterate(Members.items(mapping)), sorting));
    }

    private Value grouped(List<Value> items, Arguments arguments) {
        Value attribute = arguments.required(0, "attribute");
        Value absent = arguments.get(1, "default", new Value.Undefined("the attribute of a group"));
        Map<Value, List<Value>> groups = new LinkedHashMap<>();
        Arguments sorting = new Arguments(List.of(Value.Bool.FALSE, Value.Bool.FALSE, attribute), Map.of());
        for (Value item : sorted(items, sorting)) {
            Value key = by(item, attribute);
            groups.computeIfAbsent(key instanceof Value.Undefined ? absent : key, _ -> new ArrayList<>())
                    .add(item);
        }
        return Value.Seq.list(groups.entrySet().stream()
                .map(group -> (Value) Value.Seq.tuple(List.of(group.getKey(), Value.Seq.list(group.getValue()))))
                .toList());
    }

    private Value batches(List<Value> items, Arguments arguments) {
        int size = positive(arguments.number(0, "linecount", 0));
        List<Value> batches = new ArrayList<>();
        for (int from = 0; from < items.size(); from += size) {
            List<Value> batch = new ArrayList<>(items.subList(from, Math.min(items.size(), from + size)));
            if (arguments.count() > 1) {
                meter.make(size);
                while (batch.size() < size) {
                    batch.add(arguments.required(1, "fill_with"));
                }
            }
            batches.add(Value.Seq.list(batch));
        }
        return Value.Seq.generator(batches);
    }

    private Value columns(List<Value> items, Arguments arguments) {
        int count = positive(arguments.number(0, "slices", 0));
        meter.make(count);
        List<Value> columns = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < count; i++) {
            int size = items.size() / count + (i < items.size() % count ? 1 : 0);
            List<Value> column = new ArrayList<>(items.subList(from, from + size));
            if (arguments.count() > 1 && i >= items.size() % count) {
                column.add(arguments.required(1, "fill_with"));
            }
            columns.add(Value.Seq.list(column));
            from += size;
        }
        return Value.Seq.generator(columns);
    }

    private static int positive(int size) {
        if (size < 1) {
            throw TemplateException.operation("batch: a size below 1");
        }
        return size;
    }
}
