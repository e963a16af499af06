// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.node;

import java.time.Duration;

/**
 * How long a node may take.
 *
 * @param connect for the connection
 * @param firstByte from the request to the first byte of the answer's body
 * @param idle between two pieces of an answer, while we ask for more
 * @param judgedCalls of how many calls half must fail for the node to be left alone, and how many then try it again
 * @param rest how long it is left alone
 * @param clientStall how long a caller may take nothing while there is something
 */
public record NodeLimits(
        Duration connect, Duration firstByte, Duration idle, int judgedCalls, Duration rest, Duration clientStall) {}
