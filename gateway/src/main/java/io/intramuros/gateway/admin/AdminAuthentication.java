// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** An administrator who showed a token. */
final class AdminAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1;

    private final String administrator;

    AdminAuthentication(String administrator) {
        super(AuthorityUtils.NO_AUTHORITIES);
        this.administrator = administrator;
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return administrator;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AdminAuthentication same && same.administrator.equals(administrator);
    }

    @Override
    public int hashCode() {
        return administrator.hashCode();
    }
}
