// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.policies;

import io.intramuros.policies.yaml.Place;
import io.intramuros.policies.yaml.TextValue;

/** The source of a condition in CEL, not yet checked. */
@TextValue
public record Expression(Place at, String text) {}
