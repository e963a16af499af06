// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.gateway.chat.Answer;
import io.intramuros.gateway.chat.ChatEvent;
import io.intramuros.gateway.chat.ChatEvent.CallArguments;
import io.intramuros.gateway.chat.ChatEvent.CallBegun;
import io.intramuros.gateway.chat.ChatEvent.Counted;
import io.intramuros.gateway.chat.ChatEvent.Ended;
import io.intramuros.gateway.chat.ChatEvent.Said;
import io.intramuros.gateway.chat.ChatEvent.Thought;
import io.intramuros.gateway.chat.Part;
import io.intramuros.gateway.chat.StopReason;
import io.intramuros.gateway.chat.Tokens;
import io.intramuros.gateway.exchange.AnswerText;
import io.intramuros.gateway.exchange.BrokenAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestoredEventsTest {
    /** Holds everything back until the end, and writes it in capitals. */
    private static final AnswerText.Filters CAPITALS = form -> new AnswerText() {
        private final StringBuilder held = new StringBuilder();

        @Override
        public String accept(String piece) {
            held.append(piece);
            return "";
        }

        @Override
        public String finish() {
            return held.toString().toUpperCase(java.util.Locale.ROOT);
        }
    };

    private final List<ChatEvent> out = new ArrayList<>();
    private final RestoredEvents restored = new RestoredEvents(CAPITALS, out::add);

    private static Ended ended(StopReason reason) {
        return new Ended(reason, Optional.empty());
    }

    @Test
    void accept_partsOneAfterTheOther_comeOutWholeBeforeTheNextBegins() {
        for (ChatEvent event : List.of(
                new Thought("so "),
                new Thought("it is"),
                new Said("a"),
                new Said("b"),
                new CallBegun(0, "id0", "f"),
                new CallArguments(0, "{\"x\":"),
                new CallArguments(0, "1}"),
                new CallBegun(1, "id1", "g"),
                new CallArguments(1, "{}"),
                ended(StopReason.CALLS),
                new Counted(new Tokens(1, 2, 0, 0)))) restored.accept(event);

        assertThat(out)
                .containsExactly(
                        new Thought("SO IT IS"),
                        new Said("AB"),
                        new CallBegun(0, "id0", "f"),
                        new CallArguments(0, "{\"X\":1}"),
                        new CallBegun(1, "id1", "g"),
                        new CallArguments(1, "{}"),
                        ended(StopReason.CALLS),
                        new Counted(new Tokens(1, 2, 0, 0)));
    }

    @Test
    void accept_stopAfterACall_isTheCallsReason() {
        restored.accept(new CallBegun(0, "id", "f"));
        restored.accept(ended(StopReason.STOP));

        assertThat(out).last().isEqualTo(ended(StopReason.CALLS));
    }

    @Test
    void accept_secondEnd_isPassedOver() {
        restored.accept(ended(StopReason.LENGTH));
        restored.accept(ended(StopReason.STOP));

        assertThat(out).containsExactly(ended(StopReason.LENGTH));
    }

    @Test
    void accept_stopSequence_isRestoredToo() {
        restored.accept(new Ended(StopReason.STOP, Optional.of("end")));

        assertThat(out).containsExactly(new Ended(StopReason.STOP, Optional.of("END")));
    }

    @Test
    void accept_wordsAfterTheEndOrOfAnotherCall_areNoAnswer() {
        restored.accept(new CallBegun(0, "id", "f"));
        assertThatThrownBy(() -> restored.accept(new CallArguments(1, "{}"))).isInstanceOf(BrokenAnswer.class);
        restored.accept(ended(StopReason.STOP));
        assertThatThrownBy(() -> restored.accept(new Said("more"))).isInstanceOf(BrokenAnswer.class);
        restored.accept(new Said(""));
    }

    @Test
    void collected_events_areTheWholeAnswer() {
        Collected collected = new Collected();
        for (ChatEvent event : List.of(
                new Thought("t"),
                new Said("a"),
                new Said("b"),
                new CallBegun(0, "i", "f"),
                new CallArguments(0, "{"),
                new CallArguments(0, "}"),
                ended(StopReason.CALLS),
                new Counted(new Tokens(3, 4, 1, 2)))) collected.accept(event);

        Answer.Told told = collected.told();
        assertThat(told.parts())
                .containsExactly(new Part.Thinking("t"), new Part.Text("ab"), new Part.Call("i", "f", "{}"));
        assertThat(told.message().text()).isEqualTo("ab");
        assertThat(told.message().thinking()).isEqualTo("t");
        assertThat(told.message().calls()).hasSize(1);
        assertThat(told.reason()).isEqualTo(StopReason.CALLS);
        assertThat(told.tokens().total()).isEqualTo(7);
    }

    @Test
    void toString_ofWhatPeopleAndModelsSay_saysNothingOfIt() {
        assertThat(List.of(new Said("secret"), new Thought("secret"), new CallArguments(0, "secret"))
                        .toString())
                .doesNotContain("secret");
        assertThat(List.of(new Part.Text("secret"), new Part.Call("i", "f", "secret"), new Part.Thinking("secret"))
                        .toString())
                .doesNotContain("secret");
    }
}
