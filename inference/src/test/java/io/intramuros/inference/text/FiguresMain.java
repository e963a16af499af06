// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import com.sun.management.OperatingSystemMXBean;
import io.intramuros.inference.engine.Decoder;
import io.intramuros.inference.engine.DecoderSettings;
import io.intramuros.inference.engine.ModelConversion;
import io.intramuros.inference.engine.OrtDecoder;
import io.intramuros.inference.gguf.GgufFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures the engine on a GGUF file, and asks it questions whose answers are known. Arguments: the file, a folder for
 * the converted model, and the number of rounds. Medians and single readings are printed; the README says how to run it.
 */
public final class FiguresMain {
    private static final int TOKENS = 48;
    private static final int STREAMS = 8;
    private static final int PREFIX = 256;

    private static final Map<String, String> QUESTIONS = Map.ofEntries(
            Map.entry("What is the capital of France?", "Paris"),
            Map.entry("What is the capital of Germany?", "Berlin"),
            Map.entry("What is the capital of Italy?", "Rome"),
            Map.entry("What is the capital of Japan?", "Tokyo"),
            Map.entry("What is the capital of Spain?", "Madrid"),
            Map.entry("Who wrote Romeo and Juliet?", "Shakespeare"),
            Map.entry("How many days are in a week?", "seven|7"),
            Map.entry("How many months are in a year?", "twelve|12"),
            Map.entry("What is the largest planet in the solar system?", "Jupiter"),
            Map.entry("What planet do we live on?", "Earth"),
            Map.entry("What is the chemical symbol for water?", "H2O"),
            Map.entry("At what temperature does water freeze in degrees Celsius?", "0|zero"),
            Map.entry("What is 2 + 2?", "4|four"),
            Map.entry("Which ocean lies between Europe and America?", "Atlantic"),
            Map.entry("Who painted the Mona Lisa?", "Leonardo|Vinci"),
            Map.entry("What colour is the sky on a clear day?", "blue"),
            Map.entry("What gas do plants absorb from the air?", "carbon dioxide"),
            Map.entry("How many continents are there?", "seven|7"),
            Map.entry("What is the opposite of hot?", "cold"),
            Map.entry("Which animal is known as man's best friend?", "dog"),
            Map.entry("What is the currency of the United States?", "dollar"),
            Map.entry("In which country are the pyramids of Giza?", "Egypt"),
            Map.entry("What is the boiling point of water in degrees Celsius?", "100"),
            Map.entry("What language is spoken in Brazil?", "Portuguese"));

    private FiguresMain() {}

    /** Measures, and prints one line for each figure. */
    public static void main(String... arguments) throws Exception {
        Path gguf = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[2]);
        Path converted = ModelConversion.convert(gguf, Path.of(arguments[1]), (bytes, of) -> {});
        long began = System.nanoTime();
        try (OrtDecoder decoder = OrtDecoder.load(converted, DecoderSettings.defaults());
                TextTokenizer tokenizer = tokenizer(gguf);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            print("load, seconds", List.of(seconds(began)));
            List<Double> alone = new ArrayList<>();
            List<Double> together = new ArrayList<>();
            List<Double> aloneProcessor = new ArrayList<>();
            List<Double> togetherProcessor = new ArrayList<>();
            List<Double> reuse = new ArrayList<>();
            List<Double> prompts = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                long processor = processorNanos();
                alone.add(TOKENS / decode(decoder, ids(20, round)));
                double one = (processorNanos() - processor) / 1e6 / TOKENS;
                processor = processorNanos();
                together.add(STREAMS * TOKENS / together(decoder, threads, round));
                aloneProcessor.add(one);
                togetherProcessor.add((processorNanos() - processor) / 1e6 / (STREAMS * TOKENS));
                double cold = prompt(decoder, ids(PREFIX, 1000 + round));
                prompts.add(PREFIX / cold);
                int[] again = Arrays.copyOf(ids(PREFIX, 1000 + round), PREFIX + 8);
                reuse.add(prompt(decoder, again) / cold);
            }
            print("decode alone, tokens/s", alone);
            print("decode of " + STREAMS + " streams together, tokens/s", together);
            print("processor time of a token alone, ms", aloneProcessor);
            print("processor time of a token of " + STREAMS + " streams, ms", togetherProcessor);
            print("prompt of " + PREFIX + ", tokens/s", prompts);
            print("first token with that prefix known, part of cold", reuse);
            ask(decoder, tokenizer);
        }
    }

    private static double together(Decoder decoder, ExecutorService threads, int round) throws Exception {
        List<Callable<Double>> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            int[] ids = ids(20, 100 * round + i);
            streams.add(() -> decode(decoder, ids));
        }
        double longest = 0;
        for (Future<Double> stream : threads.invokeAll(streams)) {
            longest = Math.max(longest, stream.get());
        }
        return longest;
    }

    /** Seconds for the tokens after the first, each chosen from the scores as a generation does. */
    private static double decode(Decoder decoder, int... prompt) {
        var sampler = new Sampler(Sampling.GREEDY);
        try (Decoder.Sequence sequence = decoder.open(new Decoder.Plan("", prompt.length + TOKENS))) {
            int token = sampler.next(sequence.append(prompt));
            long began = System.nanoTime();
            for (int i = 0; i < TOKENS; i++) {
                token = sampler.next(sequence.append(new int[] {token}));
            }
            return seconds(began);
        }
    }

    private static double prompt(Decoder decoder, int... ids) {
        long began = System.nanoTime();
        try (Decoder.Sequence sequence = decoder.open(new Decoder.Plan("", ids.length + 1))) {
            sequence.append(ids);
            return seconds(began);
        }
    }

    private static void ask(Decoder decoder, TextTokenizer tokenizer) throws Exception {
        var template = new ChatTemplate(tokenizer);
        int right = 0;
        for (Map.Entry<String, String> question : QUESTIONS.entrySet()) {
            int[] ids = template.render(List.of(new ChatMessage(ChatMessage.Role.USER, question.getKey())));
            var request =
                    new GenerationRequest(Arrays.stream(ids).boxed().toList(), 48, Sampling.GREEDY, List.of(), false);
            var text = new StringBuilder();
            new Generation(decoder, tokenizer, request).run(text::append);
            String answer = text.toString().toLowerCase(Locale.ROOT);
            boolean known = Arrays.stream(
                            question.getValue().toLowerCase(Locale.ROOT).split("\\|", -1))
                    .anyMatch(answer::contains);
            right += known ? 1 : 0;
            System.out.println((known ? "right: " : "wrong: ") + question.getKey() + " "
                    + text.toString().strip());
        }
        System.out.println("questions: " + right + " of " + QUESTIONS.size() + " right");
    }

    private static TextTokenizer tokenizer(Path gguf) throws Exception {
        try (GgufFile file = GgufFile.open(gguf)) {
            return new TextTokenizer(GgufVocabulary.read(file.metadata()));
        }
    }

    private static int[] ids(int count, int seed) {
        int[] ids = new int[count];
        Arrays.setAll(ids, i -> 1000 + Math.floorMod(seed * 7919 + i * 104_729, 40_000));
        return ids;
    }

    /** What all threads of the process took, which a busy machine changes less than the clock. */
    private static long processorNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : System.nanoTime();
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void print(String what, List<Double> readings) {
        List<Double> sorted = readings.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "%s: %.3f %s%n",
                what,
                sorted.get(sorted.size() / 2),
                readings.stream()
                        .map(reading -> String.format(Locale.ROOT, "%.3f", reading))
                        .toList());
    }
}
