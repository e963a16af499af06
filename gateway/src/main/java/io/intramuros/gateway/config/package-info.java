// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** Settings, keys and the data folder. */
@NullMarked
package io.intramuros.gateway.config;

import org.jspecify.annotations.NullMarked;
