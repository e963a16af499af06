// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

/** Counts what one rendering takes, and ends it at a limit. For one rendering, one thread. */
final class Meter {
    private final Limits limits;
    private long steps;
    private long characters;
    private int depth;

    Meter(Limits limits) {
        this.limits = limits;
    }

    void step() {
        if (++steps > limits.steps()) {
            throw TemplateException.limit("more than " + limits.steps() + " steps");
        }
    }

    /** Charges for text or items before they are made. */
    void make(long count) {
        characters += count;
        if (characters > limits.characters()) {
            throw TemplateException.limit("more than " + limits.characters() + " characters");
        }
    }

    void enter() {
        if (++depth > limits.depth()) {
            throw TemplateException.limit("nested deeper than " + limits.depth());
        }
    }

    void leave() {
        depth--;
    }
}
