// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

/**
 * A template that cannot be read, or that did not come to its end. Unchecked, since any operator of a template can
 * fail; whoever renders one catches it once. The message holds no text of the conversation.
 */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String reason;

    /** Why it ended. */
    public enum Kind {
        /** The source is not a template. */
        SYNTAX,
        /** The template itself refused the conversation ({@code raise_exception}). */
        REFUSED,
        /** Something was used that is not there. */
        UNDEFINED,
        /** An operation on values that do not allow it. */
        OPERATION,
        /** More work or more text than allowed. */
        LIMIT
    }

    private TemplateException(Kind kind, String message, String reason) {
        super(message);
        this.kind = kind;
        this.reason = reason;
    }

    static TemplateException syntax(int line, String message) {
        String text = "template, line " + line + ": " + message;
        return new TemplateException(Kind.SYNTAX, text, text);
    }

    /** A refusal, with what the caller is told. */
    public static TemplateException refused(String reason) {
        return new TemplateException(Kind.REFUSED, "template: refused the conversation", reason);
    }

    static TemplateException undefined(String what) {
        return new TemplateException(Kind.UNDEFINED, "template: " + what + " is undefined", what);
    }

    static TemplateException operation(String message) {
        return new TemplateException(Kind.OPERATION, "template: " + message, message);
    }

    static TemplateException limit(String message) {
        return new TemplateException(Kind.LIMIT, "template: " + message, message);
    }

    /** Why it ended. */
    public Kind kind() {
        return kind;
    }

    /** What the template says to the caller; may repeat the caller's own text, so it goes to the caller alone. */
    public String reason() {
        return reason;
    }
}
