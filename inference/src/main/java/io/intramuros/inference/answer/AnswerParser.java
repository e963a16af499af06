// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.answer;

import io.intramuros.inference.text.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Takes an answer apart while it comes. However it is cut into pieces, the parts are those of the whole: only what may
 * still become a mark is held back, and the white space before one. For one answer, one thread.
 */
public final class AnswerParser {
    private static final String THINK = "<think>";
    private static final String THOUGHT = "</think>";

    private final Rules rules;
    private final Optional<CallReader> reader;
    private final StringBuilder held = new StringBuilder();
    private final List<AnswerPart> parts = new ArrayList<>();
    private State state;
    private String space = "";
    /** Whether white space that comes next goes: around a thought it does. */
    private boolean fresh;

    private boolean called;
    /** How far a call was looked through for its end, and whether inside a text of its JSON. */
    private int searched;

    private boolean quoted;

    private enum State {
        /** Before anything but white space. */
        START,
        TEXT,
        THINKING,
        CALLING
    }

    /**
     * What the parser looks for.
     *
     * @param calls how calls are written, where there are tools
     * @param thinks whether the model marks its reasoning
     * @param thinking whether the prompt ends inside a thought already
     * @param tools the parameters' JSON schema of each function, by its name
     */
    public record Rules(Optional<CallFormat> calls, boolean thinks, boolean thinking, Map<String, JsonNode> tools) {
        /** Copies the map. */
        public Rules {
            tools = Map.copyOf(tools);
        }

        /**
         * The rules for a model's template and a prompt that it wrote.
         *
         * @param prompt its text; its end counts
         */
        public static Rules of(String template, String prompt, Map<String, JsonNode> tools) {
            return new Rules(
                    tools.isEmpty() ? Optional.empty() : CallFormat.of(template),
                    template.contains(THOUGHT),
                    prompt.stripTrailing().endsWith(THINK),
                    tools);
        }
    }

    /**
     * Makes one.
     *
     * @param ids gives each call a name of its own
     */
    public AnswerParser(Rules rules, Supplier<String> ids) {
        this.rules = rules;
        this.reader = rules.calls.map(format -> new CallReader(format, rules.tools, ids));
        this.state = rules.thinking ? State.THINKING : State.START;
        this.fresh = rules.thinking;
    }

    /** More of the answer; gives the parts that are sure by now. */
    public List<AnswerPart> push(String text) {
        held.append(text);
        advance(false);
        return taken();
    }

    /** The end of the answer; gives what is left. */
    public List<AnswerPart> finish() {
        advance(true);
        if (!called && !fresh && !space.isEmpty() && state != State.THINKING) {
            parts.add(new AnswerPart.Content(space)); // white space at the end belongs to what is said
        }
        return taken();
    }

    private List<AnswerPart> taken() {
        List<AnswerPart> out = List.copyOf(parts);
        parts.clear();
        return out;
    }

    private void advance(boolean end) {
        boolean more = true;
        while (more) {
            more = switch (state) {
                case START -> start(end);
                case TEXT -> text(end);
                case THINKING -> thinking(end);
                case CALLING -> calling(end);
            };
        }
    }

    /** Decides by the first characters whether the whole answer is a call. */
    private boolean start(boolean end) {
        int first = 0;
        while (first < held.length() && Character.isWhitespace(held.charAt(first))) {
            first++;
        }
        if (first == held.length() && !end) {
            return false;
        }
        boolean bare = rules.calls.filter(CallFormat.BARE::equals).isPresent()
                && first < held.length()
                && held.charAt(first) == '{';
        state = bare ? State.CALLING : State.TEXT;
        return true;
    }

    private boolean text(boolean end) {
        Mark mark = firstOf(
                rules.thinks ? THINK : "", rules.calls.map(CallFormat::open).orElse(""));
        if (mark.at < 0) {
            int safe = end ? held.length() : held.length() - mark.begun;
            content(held.substring(0, safe));
            held.delete(0, safe);
            return false;
        }
        content(held.substring(0, mark.at));
        held.delete(0, mark.at + mark.text.length());
        space = "";
        boolean thought = mark.text.equals(THINK);
        fresh |= thought;
        state = thought ? State.THINKING : State.CALLING;
        return true;
    }

    private boolean thinking(boolean end) {
        Mark mark = firstOf(THOUGHT, "");
        if (mark.at < 0) {
            int safe = end ? held.length() : held.length() - mark.begun;
            reasoning(held.substring(0, safe));
            held.delete(0, safe);
            return false;
        }
        reasoning(held.substring(0, mark.at));
        held.delete(0, mark.at + THOUGHT.length());
        space = "";
        fresh = true;
        state = State.START;
        return true;
    }

    private boolean calling(boolean end) {
        CallFormat format = rules.calls.orElseThrow();
        int close = closing(format, end);
        if (close < 0 && end && quoted) {
            close = held.indexOf(format.close()); // broken JSON, in which every mark counts
        }
        if (close < 0 && !end) {
            return false;
        }
        searched = 0;
        quoted = false;
        String payload = held.substring(0, close < 0 ? held.length() : close);
        held.delete(0, close < 0 ? held.length() : close + format.close().length());
        List<ToolCall> calls = reader.orElseThrow().read(payload);
        calls.forEach(call -> parts.add(new AnswerPart.Call(call)));
        if (calls.isEmpty()) {
            boolean marked = format != CallFormat.BARE;
            content((marked ? format.open() : "") + payload + (close < 0 ? "" : format.close()));
        } else {
            called = true;
        }
        state = State.TEXT;
        return !held.isEmpty();
    }

    /** Where the call ends, or -1. A mark inside a text of its JSON is text. */
    private int closing(CallFormat format, boolean end) {
        String mark = format.close();
        if (mark.isEmpty()) {
            return -1;
        }
        // Only what is new is looked at: a long call comes in many pieces. A mark or an escape may still be cut in two.
        int ahead = end ? 1 : Math.max(2, mark.length());
        while (searched + ahead <= held.length()) {
            char c = held.charAt(searched);
            if (!quoted && c == mark.charAt(0) && held.indexOf(mark, searched) == searched) {
                return searched;
            }
            boolean escape = quoted && c == '\\';
            quoted ^= c == '"' && format != CallFormat.PARAMETERS;
            searched += escape ? 2 : 1;
        }
        return -1;
    }

    /** Says something; white space waits for what follows it. */
    private void content(String text) {
        String all = space + text;
        int end = all.length();
        while (end > 0 && Character.isWhitespace(all.charAt(end - 1))) {
            end--;
        }
        space = all.substring(end);
        String now = all.substring(0, end);
        if (fresh) {
            now = now.stripLeading();
        }
        if (!now.isEmpty()) {
            parts.add(new AnswerPart.Content(now));
            fresh = false;
        }
    }

    private void reasoning(String text) {
        int before = parts.size();
        content(text);
        for (int i = before; i < parts.size(); i++) {
            if (parts.get(i) instanceof AnswerPart.Content(var thought)) {
                parts.set(i, new AnswerPart.Reasoning(thought));
            }
        }
    }

    /**
     * A mark in what is held.
     *
     * @param at where, or -1
     * @param begun how many characters at the end may be the beginning of one
     */
    private record Mark(int at, String text, int begun) {}

    /** The first of two marks; an empty one is none. */
    private Mark firstOf(String one, String other) {
        Mark found = new Mark(-1, "", 0);
        for (String mark : List.of(one, other)) {
            if (mark.isEmpty()) {
                continue;
            }
            int at = held.indexOf(mark);
            if (at >= 0 && (found.at < 0 || at < found.at)) {
                found = new Mark(at, mark, 0);
            } else if (at < 0 && found.at < 0) {
                found = new Mark(-1, "", Math.max(found.begun, begun(mark)));
            }
        }
        return found;
    }

    private int begun(String mark) {
        for (int length = Math.min(mark.length() - 1, held.length()); length > 0; length--) {
            if (mark.startsWith(held.substring(held.length() - length))) {
                return length;
            }
        }
        return 0;
    }
}
