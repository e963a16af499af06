// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Place;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Restoring obeys the law of streams over a million generated ways of cutting; {@code -Dsplit.law.times=100} tries a
 * hundred times as many.
 */
class SplitLawTest {
    private static final long SEED = 20_260_101;
    private static final long WAYS = 520_000L * Integer.getInteger("split.law.times", 1);

    @ParameterizedTest(name = "{0}")
    @EnumSource(Place.class)
    void restorer_everyWayOfCutting_givesWhatTheWholeMustBecome(Place place) {
        Vault vault = new Vault(Surrogates.of(new byte[32]));
        SplitLaw.Verdict verdict = run(place, vault, () -> restoring(vault, place), WAYS);

        assertThat(verdict.breach()).isEmpty();
        assertThat(verdict.ways()).isGreaterThanOrEqualTo(WAYS);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Place.class)
    void mutantThatHoldsNothingBack_everyWayOfCutting_isCaught(Place place) {
        Vault vault = new Vault(Surrogates.of(new byte[32]));

        assertThat(run(place, vault, () -> new NoHoldBack(vault, place), 50_000).breach())
                .isPresent();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Place.class)
    void mutantThatReplacesPlainly_everyWayOfCutting_isCaught(Place place) {
        Vault vault = new Vault(Surrogates.of(new byte[32]));

        assertThat(run(place, vault, () -> new PlainReplace(vault), 50_000).breach())
                .isPresent();
    }

    /** The checker has no mercy with what loses a character either. */
    @Test
    void mutantThatForgetsTheEnd_everyWayOfCutting_isCaught() {
        Vault vault = new Vault(Surrogates.of(new byte[32]));
        Supplier<SplitLaw.Passage> forgetful = () -> {
            SplitLaw.Passage right = restoring(vault, Place.TEXT);
            return passage(right::accept, () -> "");
        };

        assertThat(run(Place.TEXT, vault, forgetful, 50_000).breach()).isPresent();
    }

    private static SplitLaw.Verdict run(Place place, Vault vault, Supplier<SplitLaw.Passage> opened, long least) {
        Random random = new Random(SEED);
        SplitSamples samples = new SplitSamples(vault, random);
        long ways = 0;
        while (ways < least) {
            SplitLaw.Verdict verdict = SplitLaw.check(samples.next(place), opened, random);
            ways += verdict.ways();
            if (verdict.breach().isPresent()) return new SplitLaw.Verdict(ways, verdict.breach());
        }
        return new SplitLaw.Verdict(ways, Optional.empty());
    }

    private static SplitLaw.Passage restoring(Vault vault, Place place) {
        Restorer restorer = vault.restorer(place);
        return passage(restorer::accept, restorer::finish);
    }

    private static SplitLaw.Passage passage(java.util.function.UnaryOperator<String> accept, Supplier<String> finish) {
        return new SplitLaw.Passage() {
            @Override
            public String accept(String piece) {
                return accept.apply(piece);
            }

            @Override
            public String finish() {
                return finish.get();
            }
        };
    }

    /** Restores each piece by itself. */
    private record NoHoldBack(Vault vault, Place place) implements SplitLaw.Passage {
        @Override
        public String accept(String piece) {
            Restorer restorer = vault.restorer(place);
            return restorer.accept(piece) + restorer.finish();
        }

        @Override
        public String finish() {
            return "";
        }
    }

    /** Waits for the whole and replaces what is written exactly so, as it is. */
    private static final class PlainReplace implements SplitLaw.Passage {
        private final Vault vault;
        private final StringBuilder all = new StringBuilder();

        PlainReplace(Vault vault) {
            this.vault = vault;
        }

        @Override
        public String accept(String piece) {
            all.append(piece);
            return "";
        }

        @Override
        public String finish() {
            return all.toString()
                    .replace(vault.surrogateFor(EntityType.PERSON, "Hans Müller"), "Hans Müller")
                    .replace(vault.surrogateFor(EntityType.DATE_OF_BIRTH, "12.03.1980"), "12.03.1980")
                    .replace(vault.surrogateFor(EntityType.EMAIL, "h😀@example.com"), "h😀@example.com");
        }
    }
}
