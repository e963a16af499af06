// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.oauth;

import io.intramuros.gateway.tenant.Caller;

/** What an access token is worth. */
public sealed interface TokenVerdict {
    /** It proves who calls. */
    record Good(Caller caller) implements TokenVerdict {}

    /**
     * It does not.
     *
     * @param why for the caller; says nothing that the token does not say itself
     */
    record Bad(String why) implements TokenVerdict {}

    /** Nobody can say, as the issuer's keys are not to be had. */
    record Undecided() implements TokenVerdict {}
}
