// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

/** Values of fields: {@code Name: Anna Weber}, {@code "patient":"Mehmet"}, {@code <name>…</name>}, mail headers. */
final class FieldRule implements Rule {
    private static final int MOST_VALUES = 50;

    @Override
    public void find(Page page, Finds finds) {
        for (int i = 1; i < page.size(); i++) {
            int end = keyEnd(page, i);
            if (end == 0) continue;
            Keys.Meaning meaning = Keys.before(page, end);
            int value = valueStart(page, i + 1);
            if (meaning != Keys.Meaning.NONE && value < page.size()) values(page, meaning, value, finds);
        }
    }

    /** The end (exclusive) of the key whose separator is token {@code i}; 0 if token {@code i} is none. */
    private static int keyEnd(Page page, int i) {
        boolean tag = page.mark(i, '>') && i > 1 && page.mark(i - 2, '<');
        if (!tag && !page.mark(i, ':') && !page.mark(i, '=')) return 0;
        int end = i;
        while (end > 1
                && (page.mark(end - 1, '"')
                        || page.mark(end - 1, '\'')
                        || page.mark(end - 1, '*')
                        || page.mark(end - 1, '\\'))) end--;
        return end;
    }

    private static int valueStart(Page page, int from) {
        int at = from;
        while (at < page.size()
                && (quote(page, at) || page.mark(at, '[') || page.mark(at, '*') || page.mark(at, '\\'))
                && !page.lineStart(at)) at++;
        return at;
    }

    private static boolean quote(Page page, int i) {
        return page.mark(i, '"') || page.mark(i, '\'') || page.mark(i, '“') || page.mark(i, '„') || page.mark(i, '«');
    }

    private static void values(Page page, Keys.Meaning meaning, int from, Finds finds) {
        if (page.lineStart(from)) return;
        int at = Values.find(page, meaning, from, finds);
        for (int n = 0; n < MOST_VALUES && at > from && Values.person(meaning); n++) {
            int next = afterMail(page, at);
            while (quote(page, next)) next++;
            if (!page.mark(next, ',') && !page.mark(next, ';')) return;
            next = valueStart(page, next + 1);
            if (next >= page.size() || page.lineStart(next)) return;
            from = next;
            at = Values.find(page, Keys.Meaning.PERHAPS_PERSON, from, finds);
        }
    }

    /** The token after {@code <address>}, if one stands at {@code i}. */
    private static int afterMail(Page page, int i) {
        if (!page.mark(i, '<')) return i;
        int at = i;
        while (at < page.size() && !page.mark(at, '>') && !page.lineStart(at + 1 < page.size() ? at + 1 : at)) at++;
        return at + 1;
    }
}
