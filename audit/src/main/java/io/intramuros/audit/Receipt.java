// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.audit;

/** The log has a record, durably, at this index. */
public record Receipt(long index) {}
