// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GenerationTest {
    private final TextTokenizer tokenizer = new TextTokenizer(Vocabularies.bytes(Optional.empty()));
    private final List<String> pieces = new ArrayList<>();

    @AfterEach
    void close() {
        tokenizer.close();
    }

    @Test
    void run_modelEndsItsText_stops() throws Exception {
        Outcome outcome = run("Yes.", request(100, List.of(), false));

        assertThat(String.join("", pieces)).isEqualTo("Yes.");
        assertThat(outcome).isEqualTo(new Outcome(Outcome.Reason.STOP, 3, 5));
    }

    @Test
    void run_limitOfTokens_endsByLength() throws Exception {
        Outcome outcome = run("Yes.", request(2, List.of(), false));

        assertThat(String.join("", pieces)).isEqualTo("Ye");
        assertThat(outcome).isEqualTo(new Outcome(Outcome.Reason.LENGTH, 3, 2));
    }

    @Test
    void run_stopString_endsBeforeIt() throws Exception {
        Outcome outcome = run("one two three", request(100, List.of(" th", "zzz"), false));

        assertThat(String.join("", pieces)).isEqualTo("one two");
        assertThat(outcome.reason()).isEqualTo(Outcome.Reason.STOP);
    }

    @Test
    void run_charactersOfSeveralTokens_comeWhole() throws Exception {
        run("a\u65e5\ud83d\ude00", request(100, List.of(), false));

        assertThat(pieces).containsExactly("a", "\u65e5", "\ud83d\ude00");
    }

    @Test
    void run_ignoringTheEnd_goesOnToTheLimit() throws Exception {
        Outcome outcome = run("ok", request(10, List.of(), true));

        assertThat(outcome).isEqualTo(new Outcome(Outcome.Reason.LENGTH, 3, 10));
    }

    @Test
    void cancel_whileRunning_endsAndClosesTheSequence() throws Exception {
        var decoder = new ScriptedDecoder("on and on ", true);
        var generation = new Generation(decoder, tokenizer, request(1 << 29, List.of(), false));

        Outcome outcome = generation.run(piece -> {
            pieces.add(piece);
            if (pieces.size() == 25) {
                generation.cancel();
            }
        });

        assertThat(outcome).isEqualTo(new Outcome(Outcome.Reason.CANCELLED, 3, 25));
        assertThat(decoder.sequences()).isZero();
    }

    @Test
    void cancel_beforeTheRun_generatesNothing() throws Exception {
        var generation = new Generation(new ScriptedDecoder("on", true), tokenizer, request(100, List.of(), false));
        generation.cancel();

        assertThat(generation.run(pieces::add)).isEqualTo(new Outcome(Outcome.Reason.CANCELLED, 3, 0));
        assertThat(pieces).isEmpty();
    }

    @Test
    void run_listenerFails_endsAndClosesTheSequence() {
        var decoder = new ScriptedDecoder("on", true);
        var generation = new Generation(decoder, tokenizer, request(100, List.of(), false));

        assertThatThrownBy(() -> generation.run(piece -> {
                    throw new IOException("gone");
                }))
                .isInstanceOf(IOException.class);
        assertThat(decoder.sequences()).isZero();
    }

    private Outcome run(String text, GenerationRequest request) throws IOException, InterruptedException {
        return new Generation(new ScriptedDecoder(text, false), tokenizer, request).run(pieces::add);
    }

    private static GenerationRequest request(int maxTokens, List<String> stops, boolean ignoreEnd) {
        return new GenerationRequest(List.of(5, 6, 7), maxTokens, Sampling.GREEDY, stops, ignoreEnd);
    }
}
