// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

/** Whether a request may go on. */
public sealed interface Verdict {
    /** It may. */
    record Allow() implements Verdict {}

    /**
     * It may not.
     *
     * @param because what is forbidden: an entity type, {@link #MODEL}, {@link #ZONES} or {@link #POLICY_ERROR}
     * @param policy the name of the policy that forbids it
     */
    record Deny(Code code, String because, String policy) implements Verdict {}

    /** The model is not among those allowed. */
    String MODEL = "model";

    /** The policies together leave no zone. */
    String ZONES = "zones";

    /** A condition could not be evaluated, so nobody knows what the policy says. */
    String POLICY_ERROR = "policy_error";

    /** How the refusal is told to the caller. */
    enum Code {
        MODEL_NOT_ALLOWED,
        POLICY_BLOCKED;

        /** The code as errors spell it: {@code model_not_allowed}. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
