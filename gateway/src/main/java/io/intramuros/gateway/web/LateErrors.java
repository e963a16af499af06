// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.web;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Hooks;
import reactor.netty.channel.AbortedException;

/**
 * Errors that come when nobody listens any more, which Reactor logs with their whole message. Of a caller that hung up
 * that is no news; of anything else the class is said, since a stranger's message may hold a caller's text.
 */
final class LateErrors {
    private static final Logger LOG = LoggerFactory.getLogger(LateErrors.class);

    static {
        Hooks.onErrorDropped(LateErrors::dropped);
    }

    private LateErrors() {}

    /** Takes them over, for the whole process and once. */
    static void takeOver() {
        LOG.trace("late errors are taken over"); // what does it is this class's being loaded
    }

    /** Whether an error says no more than that a peer is gone. */
    static boolean isHangUp(Throwable error) {
        return error instanceof IOException || error instanceof AbortedException;
    }

    private static void dropped(Throwable error) {
        if (!isHangUp(error))
            LOG.error(
                    "an error came after its exchange had ended: {}",
                    error.getClass().getName());
    }
}
