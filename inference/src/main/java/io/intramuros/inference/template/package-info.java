// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

/** Chat templates: an interpreter of the part of Jinja2 that they are written in, with bounds on work and size. */
@NullMarked
package io.intramuros.inference.template;

import org.jspecify.annotations.NullMarked;
