// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Rows with aligned columns. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /** Begins one with the heads of its columns. */
    Table(String... heads) {
        rows.add(List.of(heads));
    }

    /** Adds a row. */
    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /**
     * A table of objects.
     *
     * @param columns the names of fields, a dot leading into an object; they are the heads as well
     */
    static Table of(JsonNode list, String... columns) {
        Table table = new Table(columns);
        list.forEach(each -> table.rows.add(
                Arrays.stream(columns).map(column -> cell(each, column)).toList()));
        return table;
    }

    /** One object, a field a line. */
    static Table fields(JsonNode object) {
        Table table = new Table();
        table.rows.clear();
        object.properties().forEach(each -> table.row(each.getKey(), text(each.getValue())));
        return table;
    }

    private static String cell(JsonNode object, String column) {
        JsonNode at = object;
        for (String name : column.split("\\.", -1)) at = at.path(name);
        return at.isMissingNode() || at.isNull() || (at.isArray() && at.isEmpty()) ? "-" : text(at);
    }

    private static String text(JsonNode value) {
        if (value.isArray())
            return String.join(",", value.valueStream().map(Table::text).toList());
        if (value.isObject())
            return String.join("/", value.valueStream().map(Table::text).toList());
        return value.asString();
    }

    @Override
    public String toString() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows)
            for (int i = 0; i < row.size(); i++) widths[i] = Math.max(widths[i], length(row.get(i)));
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++)
                line.append(row.get(i)).append(" ".repeat(widths[i] - length(row.get(i)) + 2));
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
