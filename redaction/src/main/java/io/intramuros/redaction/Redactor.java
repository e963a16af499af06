// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction;

/** Finds and takes out personal data. */
public final class Redactor {}
