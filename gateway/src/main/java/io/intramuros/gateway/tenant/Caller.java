// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.util.List;

/**
 * The authenticated identity of a request, with its place in the tree.
 *
 * @param kind how it proved itself
 * @param id the key's id, or the OAuth2 client id; never the secret
 * @param team the tenant
 * @param project within the team
 * @param models globs of the models that it may use; {@code *} for all
 */
public record Caller(Kind kind, String id, String team, String project, List<String> models) {
    /** How a caller proved itself. */
    public enum Kind {
        KEY,
        OAUTH
    }

    public Caller {
        models = List.copyOf(models);
    }
}
