// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.vault.Surrogates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FindingsCacheTest {
    private static final Surrogates BLUE = Surrogates.of(new byte[32]);
    private static final Surrogates RED = Surrogates.of("sixteen bytes or so".getBytes(UTF_8));
    private static final String TURN = "My name is Hans and so it stays.";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final FindingsCache cache = new FindingsCache(100_000, Duration.ofMinutes(10), now::get);
    private final List<String> searched = Collections.synchronizedList(new ArrayList<>());

    private List<Finding> search(String text) {
        searched.add(text);
        int at = text.indexOf("Hans");
        return at < 0 ? List.of() : List.of(new Finding(EntityType.PERSON, null, at, at + 4, 0.7, "test"));
    }

    private List<Finding> find(Surrogates tenant, String text) {
        return cache.find(tenant, text, this::search);
    }

    @Test
    void find_sameTextAgain_isNotSearchedAgain() {
        List<Finding> first = find(BLUE, TURN);

        assertThat(find(BLUE, TURN))
                .isEqualTo(first)
                .singleElement()
                .satisfies(found -> assertThat(found.start()).isEqualTo(11));
        assertThat(searched).hasSize(1);
        assertThat(cache.hits()).isEqualTo(1);
        assertThat(cache.misses()).isEqualTo(1);
    }

    @Test
    void find_textOfAnotherTenant_isSearched() {
        find(BLUE, TURN);
        find(RED, TURN);

        assertThat(searched).hasSize(2);
    }

    @Test
    void find_shortText_isSearchedEachTime() {
        find(BLUE, "Hans");
        find(BLUE, "Hans");

        assertThat(searched).hasSize(2);
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void clear_whatWasKnown_isSearchedAgain() {
        find(BLUE, TURN);
        cache.clear();
        find(BLUE, TURN);

        assertThat(searched).hasSize(2);
    }

    @Test
    void clear_duringASearch_keepsNothingOfIt() {
        cache.find(BLUE, TURN, text -> {
            cache.clear();
            return search(text);
        });

        assertThat(cache.bytes()).isZero();
        find(BLUE, TURN);
        assertThat(searched).hasSize(2);
    }

    @Test
    void find_afterItsTime_searchesAgain() {
        find(BLUE, TURN);
        now.set(Instant.EPOCH.plus(Duration.ofMinutes(9)));
        find(BLUE, TURN);
        now.set(Instant.EPOCH.plus(Duration.ofMinutes(18)));
        find(BLUE, TURN);
        assertThat(searched).as("asked for in time").hasSize(1);

        now.set(Instant.EPOCH.plus(Duration.ofMinutes(40)));
        find(BLUE, TURN);
        assertThat(searched).hasSize(2);
    }

    @Test
    void put_moreThanItMayTake_forgetsTheOldest() {
        for (int i = 0; i < 5_000; i++) find(BLUE, "Turn " + i + " of a conversation with Hans");
        assertThat(cache.bytes()).isBetween(90_000L, 100_000L);

        searched.clear();
        find(BLUE, "Turn 4999 of a conversation with Hans");
        assertThat(searched).isEmpty();
        find(BLUE, "Turn 0 of a conversation with Hans");
        assertThat(searched).hasSize(1);
    }

    @Test
    void find_textWithVeryManyFindings_isNotKept() {
        List<Finding> many = Collections.nCopies(200, new Finding(EntityType.PERSON, null, 0, 1, 0.7, "test"));

        assertThat(cache.find(BLUE, TURN, _ -> many)).hasSize(200);
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void find_noRoom_remembersNothing() {
        FindingsCache none = new FindingsCache(0, Duration.ofMinutes(1), now::get);
        none.find(BLUE, TURN, this::search);
        none.find(BLUE, TURN, this::search);

        assertThat(searched).hasSize(2);
        assertThatThrownBy(() -> new FindingsCache(-1, Duration.ZERO, now::get))
                .hasMessage("most bytes: -1 (expected: 0 or more)");
    }

    @Test
    void redact_growingConversation_searchesOnlyTheNewTurnAndSaysTheSame() {
        Detector counting = new Detector() {
            @Override
            public String name() {
                return "counting";
            }

            @Override
            public void find(String text, Consumer<Finding> found) {
                search(text).forEach(found);
            }
        };
        Conversation cold = Conversation.enforcing(
                Redactor.of(List.of(counting)), new ActionPlan(Map.of(), Action.PSEUDONYMIZE), BLUE);
        Conversation warm = cold.with(cache);
        List<Slot> turns = new ArrayList<>();
        for (int turn = 0; turn < 6; turn++) {
            turns.add(Slot.text("Turn " + turn + ": Hans said the weather is fine"));
            assertThat(texts(warm.redact(turns))).isEqualTo(texts(cold.redact(turns)));
        }
        assertThat(searched).as("21 without the cache, 6 with it").hasSize(27);
        assertThat(cache.toString()).isEqualTo("FindingsCache[6 texts]");
    }

    private static List<String> texts(Outcome outcome) {
        return outcome instanceof Outcome.Redacted redacted
                ? redacted.slots().stream().map(RedactedSlot::text).toList()
                : List.of();
    }
}
