// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.tenant;

import io.intramuros.gateway.quota.Limit;
import java.util.List;

/** Says which limits hold for a caller. */
@FunctionalInterface
public interface LimitSource {
    /** The limits of every level of the caller's place in the tree, for one model. */
    List<Limit> limitsFor(Caller caller, String model);
}
