// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the YAML key that fills a component of a record. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
    /** What the key means, with its unit: for the settings reference and for editors. */
    String value();

    /** The key as written, where it cannot be the component's name. */
    String name() default "";

    /** The value where the key is absent, as it would be written; empty for none. */
    String fallback() default "";

    /** Smallest number allowed. */
    long min() default Long.MIN_VALUE;

    /** Largest number allowed. */
    long max() default Long.MAX_VALUE;

    /** Refuses an empty list, for lists where absent means all and empty could be read as none. */
    boolean filled() default false;
}
