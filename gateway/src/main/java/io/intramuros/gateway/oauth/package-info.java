// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** Access tokens of declared issuers. */
@NullMarked
package io.intramuros.gateway.oauth;

import org.jspecify.annotations.NullMarked;
