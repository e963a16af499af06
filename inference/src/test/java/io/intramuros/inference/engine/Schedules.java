// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs generated schedules: several sequences at the same time, some of which begin alike, come late or are cancelled;
 * and says how many differ from what they are alone.
 */
final class Schedules implements AutoCloseable {
    private final Decoder together;
    private final Decoder alone;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<List<Integer>, List<Integer>> known = new ConcurrentHashMap<>();

    Schedules(Decoder together, Decoder alone) {
        this.together = together;
        this.alone = alone;
    }

    /** What one sequence does: waits for others' steps, reads its prompt, and makes tokens until one cancels it. */
    private record Part(List<Integer> prompt, int tokens, int cancelAfter, String tenant, int late) {}

    /** The sequences of one schedule whose tokens are not those that they have alone. */
    int wrong(long seed) throws Exception {
        var random = new Random(seed);
        int count = 1 + random.nextInt(6);
        List<Integer> beginning = ids(random, random.nextInt(40));
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Integer> prompt = new ArrayList<>(random.nextBoolean() ? beginning : List.of());
            prompt.addAll(ids(random, 1 + random.nextInt(24)));
            int tokens = 1 + random.nextInt(14);
            int cancelAfter = random.nextInt(5) == 0 ? random.nextInt(tokens) : tokens;
            parts.add(new Part(prompt, tokens, cancelAfter, "t" + random.nextInt(2), random.nextInt(400)));
        }
        var start = new CyclicBarrier(count);
        List<Callable<Boolean>> runs = parts.stream()
                .map(part -> (Callable<Boolean>) () -> {
                    start.await();
                    return run(part);
                })
                .toList();
        int wrong = 0;
        for (Future<Boolean> right : threads.invokeAll(runs)) {
            wrong += get(right) ? 0 : 1;
        }
        return wrong;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static boolean get(Future<Boolean> right) throws InterruptedException {
        try {
            return right.get();
        } catch (ExecutionException e) {
            throw new AssertionError("a sequence failed", e);
        }
    }

    private boolean run(Part part) {
        for (int i = 0; i < part.late; i++) {
            Thread.onSpinWait();
        }
        List<Integer> expected = known.computeIfAbsent(part.prompt, _ -> List.of());
        if (expected.size() < part.tokens) {
            expected = generate(alone, part, part.tokens);
            known.put(part.prompt, expected);
        }
        List<Integer> found = generate(together, part, part.cancelAfter);
        return found.equals(expected.subList(0, found.size())) && found.size() == part.cancelAfter;
    }

    /** The likeliest tokens; ends by a cancellation where they are fewer than the part wants. */
    private static List<Integer> generate(Decoder decoder, Part part, int tokens) {
        var plan = new Decoder.Plan(part.tenant, part.prompt.size() + part.tokens);
        List<Integer> made = new ArrayList<>();
        try (Decoder.Sequence sequence = open(decoder, plan)) {
            int[] next = part.prompt.stream().mapToInt(Integer::intValue).toArray();
            while (made.size() < tokens) {
                made.add(likeliest(sequence.append(next)));
                next = new int[] {made.getLast()};
            }
            if (tokens < part.tokens) {
                sequence.cancel();
                assertCancelled(sequence, next);
            }
        }
        return made;
    }

    private static void assertCancelled(Decoder.Sequence sequence, int[] next) {
        try {
            sequence.append(next.length == 0 ? new int[] {1} : next);
            throw new AssertionError("a cancelled sequence went on");
        } catch (CancelledException expected) {
            assert expected.getMessage() != null;
        }
    }

    private static Decoder.Sequence open(Decoder decoder, Decoder.Plan plan) {
        synchronized (decoder) {
            return decoder.open(plan);
        }
    }

    static int likeliest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    private List<Integer> ids(Random random, int count) {
        return random.ints(count, 0, together.vocabulary()).boxed().toList();
    }
}
