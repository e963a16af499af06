// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Watches a stream of bytes for stop strings and lets out only what cannot be the beginning of one. The first string
 * to be complete ends the stream; of two that end together the longer one. For one stream and one thread.
 *
 * <p>Each string is followed by its Knuth-Morris-Pratt automaton; the longest prefix that any of them has matched is
 * what must wait. Bytes, not characters: a token may end inside a character, and a stop string inside a token.
 */
final class StopMatcher {
    private final byte[][] patterns;
    private final int[][] falls;
    private final int[] matched;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private boolean stopped;

    StopMatcher(List<String> stops) {
        patterns = stops.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
        falls = Arrays.stream(patterns).map(StopMatcher::falls).toArray(int[][]::new);
        matched = new int[patterns.length];
    }

    /** Takes bytes in and gives those out that are no part of a stop string; nothing after one was found. */
    byte[] push(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        for (byte b : bytes) {
            if (stopped) {
                break;
            }
            waiting.write(b);
            release(out, advance(b));
        }
        return out.toByteArray();
    }

    /** Whether a stop string was found. */
    boolean stopped() {
        return stopped;
    }

    /** The bytes that waited for a stop string that never came; empty after a stop. */
    byte[] finish() {
        byte[] rest = stopped ? new byte[0] : waiting.toByteArray();
        waiting.reset();
        return rest;
    }

    /** Feeds one byte to every automaton; gives the longest prefix matched, and marks the end where one is whole. */
    private int advance(byte b) {
        int longest = 0;
        int whole = 0;
        for (int p = 0; p < patterns.length; p++) {
            byte[] pattern = patterns[p];
            int state = matched[p];
            while (state > 0 && pattern[state] != b) {
                state = falls[p][state - 1];
            }
            state = pattern[state] == b ? state + 1 : 0;
            matched[p] = state;
            longest = Math.max(longest, state);
            whole = state == pattern.length ? Math.max(whole, state) : whole;
        }
        stopped = whole > 0;
        return stopped ? whole : longest;
    }

    private void release(ByteArrayOutputStream out, int kept) {
        byte[] held = waiting.toByteArray();
        out.write(held, 0, held.length - kept);
        waiting.reset();
        waiting.write(held, held.length - kept, kept);
    }

    private static int[] falls(byte[] pattern) {
        int[] falls = new int[pattern.length];
        for (int i = 1, state = 0; i < pattern.length; i++) {
            while (state > 0 && pattern[i] != pattern[state]) {
                state = falls[state - 1];
            }
            state = pattern[i] == pattern[state] ? state + 1 : 0;
            falls[i] = state;
        }
        return falls;
    }
}
