// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import java.util.List;
import java.util.Optional;

/** What a fresh installation gets, so that there is something to try it with. */
public final class FirstKey {
    private static final String TEAM = "default";
    private static final String KEY = "first";

    private FirstKey() {}

    /** On an installation without teams: a team and project {@code default}, and a key {@code first}, which is returned. */
    public static Optional<ApiKey> of(Directory directory, Keys keys, Witness<? super ApiKey> witness) {
        if (!directory.teams().isEmpty()) return Optional.empty();
        directory.addTeam(TEAM, TEAM);
        return Optional.of(keys.create(new NewKey(TEAM, Directory.DEFAULT_PROJECT, KEY, List.of("*"), null), witness));
    }
}
