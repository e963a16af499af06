// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * SentencePiece's BPE: of all neighbours whose joined text is a token, those of the best score are joined first, the
 * leftmost of equals. What no token has is written in bytes. User-defined tokens are cut out of the text before.
 *
 * <p>Source of the algorithm: sentencepiece's bpe_model.cc and llama.cpp's {@code llm_tokenizer_spm}.
 */
final class SentencePieceEncoder implements Encoder {
    private static final char SPACE = '\u2581';

    private final Map<String, Integer> ids = new HashMap<>();
    private final float[] scores;
    private final int[] bytes = new int[256];
    private final int unknown;
    private final boolean spacePrefix;
    private final Map<Character, List<String>> wholes = new HashMap<>();
    private final Map<String, Integer> wholeIds = new HashMap<>();

    SentencePieceEncoder(Vocabulary vocabulary) {
        scores = new float[vocabulary.tokens().size()];
        Arrays.fill(bytes, -1);
        int none = -1;
        for (int id = 0; id < scores.length; id++) {
            scores[id] = vocabulary.scores().get(id);
            String text = vocabulary.tokens().get(id);
            if (vocabulary.isByte(id)) {
                bytes[SentencePieces.value(text)] = id;
            } else if (vocabulary.isUnknown(id)) {
                none = id;
            } else if (vocabulary.isUserDefined(id) && !vocabulary.isMark(id) && !text.isEmpty()) {
                whole(text.replace(SPACE, ' '), id);
            } else if (!vocabulary.isControl(id) && !vocabulary.isMark(id)) {
                ids.putIfAbsent(text, id);
            }
        }
        unknown = none;
        spacePrefix = vocabulary.special().spacePrefix();
        wholes.values()
                .forEach(texts ->
                        texts.sort(Comparator.comparingInt(String::length).reversed()));
    }

    private void whole(String text, int id) {
        wholes.computeIfAbsent(text.charAt(0), _ -> new ArrayList<>()).add(text);
        wholeIds.put(text, id);
    }

    @Override
    public int[] encode(String text, boolean starts) {
        var out = new Ids();
        String all = spacePrefix && starts ? " " + text : text;
        int from = 0;
        int at = 0;
        while (at < all.length()) {
            String found = wholeAt(all, at);
            if (found.isEmpty()) {
                at++;
                continue;
            }
            plain(all.substring(from, at), out);
            out.add(wholeIds.getOrDefault(found, unknown));
            at += found.length();
            from = at;
        }
        plain(all.substring(from), out);
        return out.toArray();
    }

    private String wholeAt(String text, int at) {
        List<String> candidates = wholes.get(text.charAt(at));
        return candidates == null
                ? ""
                : candidates.stream()
                        .filter(whole -> text.startsWith(whole, at))
                        .findFirst()
                        .orElse("");
    }

    /** Encodes text without user-defined tokens. */
    private void plain(String text, Ids out) {
        if (!text.isEmpty()) {
            new Pieces(text.replace(' ', SPACE)).joinAll(out);
        }
    }

    /** A text while its pieces are joined: a doubly linked list over the starts of the pieces. */
    private final class Pieces {
        private final String text;
        private final int[] ends;
        private final int[] before;
        private final PriorityQueue<Pair> queue = new PriorityQueue<>(
                Comparator.comparingDouble((Pair pair) -> -pair.score).thenComparingInt(Pair::left));

        private record Pair(int left, int right, int end, float score) {}

        Pieces(String text) {
            this.text = text;
            this.ends = new int[text.length()];
            this.before = new int[text.length() + 1];
            int last = -1;
            for (int at = 0; at < text.length(); ) {
                int next = at + Character.charCount(text.codePointAt(at));
                ends[at] = next;
                before[at] = last;
                last = at;
                at = next;
            }
            before[text.length()] = last;
        }

        void joinAll(Ids out) {
            for (int at = 0; at < text.length(); at = ends[at]) {
                offer(at);
            }
            for (Pair pair = queue.poll(); pair != null; pair = queue.poll()) {
                // Where one of the two has been joined with another piece since, the pair is no more.
                if (ends[pair.left] == pair.right && ends[pair.right] == pair.end) {
                    join(pair);
                }
            }
            for (int at = 0; at < text.length(); at = ends[at]) {
                add(text.substring(at, ends[at]), out);
            }
        }

        private void join(Pair pair) {
            ends[pair.left] = pair.end;
            ends[pair.right] = 0;
            before[pair.end] = pair.left;
            offer(pair.left);
            if (before[pair.left] >= 0) {
                offer(before[pair.left]);
            }
        }

        /** Queues a piece with the one behind it, where a token has their text. */
        private void offer(int left) {
            int right = ends[left];
            if (right >= text.length()) {
                return;
            }
            Integer id = ids.get(text.substring(left, ends[right]));
            if (id != null) {
                queue.add(new Pair(left, right, ends[right], scores[id]));
            }
        }
    }

    private void add(String piece, Ids out) {
        Integer id = ids.get(piece);
        if (id != null) {
            out.add(id);
            return;
        }
        for (byte b : piece.getBytes(StandardCharsets.UTF_8)) {
            int known = bytes[b & 0xff];
            if (known < 0 && unknown < 0) {
                throw new IllegalArgumentException("tokenizer: neither byte tokens nor an unknown one");
            }
            out.add(known < 0 ? unknown : known);
        }
    }

    @Override
    public void close() {
        // Holds only memory of Java's.
    }
}
