// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Variables by name; what is not here is looked for outside. */
final class Scope {
    private final Optional<Scope> outside;
    private final Map<String, Value> variables = new HashMap<>();

    private Scope(Optional<Scope> outside) {
        this.outside = outside;
    }

    static Scope outermost(Map<String, Value> variables) {
        var scope = new Scope(Optional.empty());
        scope.variables.putAll(variables);
        return scope;
    }

    Scope inner() {
        return new Scope(Optional.of(this));
    }

    Value get(String name) {
        for (Optional<Scope> at = Optional.of(this); at.isPresent(); at = at.get().outside) {
            Value found = at.get().variables.get(name);
            if (found != null) {
                return found;
            }
        }
        return new Value.Undefined(name);
    }

    void set(String name, Value value) {
        variables.put(name, value);
    }
}
