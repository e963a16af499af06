// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import java.util.ArrayList;
import java.util.List;

/** Cells of simple tables (CSV, Markdown, tabs) under a head that says what they hold. */
final class TableRule implements Rule {
    private static final String SEPARATORS = "|;\t,";
    private static final int MOST_COLUMNS = 64;
    private static final int LONGEST_HEAD = 32;

    @Override
    public void find(Page page, Finds finds) {
        String text = page.text();
        if (text.indexOf('\n') < 0) return;
        String[] lines = text.split("\n", -1);
        int offset = 0;
        Cells head = Cells.NONE;
        for (String line : lines) {
            head = head.use(page, line, offset, finds);
            offset += line.length() + 1;
        }
    }

    /** The head of the table that a line stands in; {@link #NONE} outside of tables. */
    private record Cells(char separator, List<Keys.Meaning> columns) {
        static final Cells NONE = new Cells('\0', List.of());

        Cells use(Page page, String line, int offset, Finds finds) {
            if (columns.isEmpty()) return head(line);
            List<int[]> cells = cut(line, separator);
            if (cells.size() != columns.size()) {
                if (separator != ',' || cells.size() < columns.size()) return head(line);
                cells = cells.subList(0, columns.size());
            }
            for (int c = 0; c < cells.size(); c++) {
                if (columns.get(c) == Keys.Meaning.NONE) continue;
                int token = page.tokenFrom(offset + cells.get(c)[0]);
                if (token < page.size() && page.start(token) < offset + cells.get(c)[1])
                    Values.find(page, columns.get(c), token, finds);
            }
            return this;
        }

        private static Cells head(String line) {
            for (int s = 0; s < SEPARATORS.length(); s++) {
                List<int[]> cells = cut(line, SEPARATORS.charAt(s));
                if (cells.size() < 2
                        || cells.size() > MOST_COLUMNS
                        || cells.stream().anyMatch(c -> c[1] - c[0] > LONGEST_HEAD)) continue;
                List<Keys.Meaning> columns = new ArrayList<>();
                for (int[] cell : cells) columns.add(Keys.of(line.substring(cell[0], cell[1])));
                if (columns.stream().anyMatch(c -> c != Keys.Meaning.NONE))
                    return new Cells(SEPARATORS.charAt(s), List.copyOf(columns));
            }
            return NONE;
        }

        /** Start and end of each cell without blanks and quotes; the empty ones at a Markdown row's ends are left out. */
        private static List<int[]> cut(String line, char separator) {
            List<int[]> cells = new ArrayList<>();
            int start = 0;
            for (int at = 0; at <= line.length(); at++) {
                if (at < line.length() && line.charAt(at) != separator) continue;
                int[] cell = trimmed(line, start, at);
                boolean edge = separator == '|' && cell[0] == cell[1] && (start == 0 || at == line.length());
                if (!edge) cells.add(cell);
                start = at + 1;
            }
            return cells;
        }

        private static int[] trimmed(String line, int start, int end) {
            int from = start;
            int to = end;
            while (from < to && " \"'*\r".indexOf(line.charAt(from)) >= 0) from++;
            while (to > from && " \"'*\r".indexOf(line.charAt(to - 1)) >= 0) to--;
            return new int[] {from, to};
        }
    }
}
