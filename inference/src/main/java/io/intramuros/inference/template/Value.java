// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A value of a template, as Python has it. */
sealed interface Value {
    /** Python's {@code None}. */
    enum None implements Value {
        NONE
    }

    /** What is not there; {@code what} names it in errors, and is the template's own word. */
    record Undefined(String what) implements Value {}

    /** A truth value. */
    record Bool(boolean value) implements Value {
        static final Bool TRUE = new Bool(true);
        static final Bool FALSE = new Bool(false);

        static Bool of(boolean value) {
            return value ? TRUE : FALSE;
        }
    }

    /** An integer of any size. */
    record Int(BigInteger value) implements Value {
        static Int of(long value) {
            return new Int(BigInteger.valueOf(value));
        }
    }

    /** A float. */
    record Real(double value) implements Value {}

    /** A text; equal to another by its characters alone. */
    final class Str implements Value {
        static final Str EMPTY = new Str("", Origin.TEMPLATE, false);

        private final String text;
        private final Origin origin;
        private final boolean markup;

        Str(String text, Origin origin, boolean markup) {
            this.text = text;
            this.origin = origin;
            this.markup = markup;
        }

        /** A text that the template wrote. */
        static Str own(String text) {
            return new Str(text, Origin.TEMPLATE, false);
        }

        /** A text that came with the conversation. */
        static Str foreign(String text) {
            return new Str(text, Origin.CONVERSATION, false);
        }

        String text() {
            return text;
        }

        Origin origin() {
            return origin;
        }

        /** Whether it is marked as safe: what is added to it is then escaped for HTML, as Python's markupsafe does. */
        boolean markup() {
            return markup;
        }

        Str part(int from, int to) {
            return new Str(text.substring(from, to), origin.part(from, to), false);
        }

        /** Another text made of this one, whose parts can no longer be told apart. */
        Str with(String other) {
            return new Str(other, origin.coarse(), false);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Str str && str.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        @Override
        public String toString() {
            return "Str[" + text.length() + " chars]";
        }
    }

    /** Items in order. */
    record Seq(List<Value> items, Kind kind) implements Value {
        /** What Python calls it. */
        enum Kind {
            LIST,
            TUPLE,
            /** What filters such as {@code map} give: no length, no index, always true. */
            GENERATOR,
            /** Keys, values or items of a mapping: no index. */
            VIEW
        }

        static Seq list(List<Value> items) {
            return new Seq(items, Kind.LIST);
        }

        static Seq tuple(List<Value> items) {
            return new Seq(items, Kind.TUPLE);
        }

        static Seq generator(List<Value> items) {
            return new Seq(items, Kind.GENERATOR);
        }

        static Seq view(List<Value> items) {
            return new Seq(items, Kind.VIEW);
        }

        boolean indexed() {
            return kind == Kind.LIST || kind == Kind.TUPLE;
        }
    }

    /** Keys and values in order. */
    record Mapping(Map<Value, Value> entries) implements Value {}

    /** The one kind of value that a template can change. */
    record Namespace(Map<String, Value> fields) implements Value {
        Namespace() {
            this(new LinkedHashMap<>());
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** What {@code loop} is inside a loop. */
    record Loop(LoopState state) implements Value {}

    /** Something that can be called. */
    record Function(String name, Body body) implements Value {
        /** What a call does. */
        interface Body {
            Value call(Arguments arguments);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(name);
        }
    }
}
