// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.intramuros.redaction.Action;
import io.intramuros.redaction.ActionPlan;
import io.intramuros.redaction.Detector;
import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import io.intramuros.redaction.Redactor;
import io.intramuros.redaction.names.Names;
import io.intramuros.redaction.patterns.Patterns;
import io.intramuros.redaction.vault.Surrogates;
import io.intramuros.redaction.vault.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of docs/redaction-cases.md that need no wire. */
class RedactionCasesTest {
    private static final Redactor PATTERNS = Redactor.of(Patterns.detectors());
    private static final Redactor WHOLE = whole();
    private static final Surrogates SURROGATES = Surrogates.of(new byte[32]);

    private static Redactor whole() {
        List<Detector> detectors = new ArrayList<>(Patterns.detectors());
        detectors.addAll(Names.detectors());
        return Redactor.of(detectors);
    }

    private static Outcome.Redacted redacted(Redactor redactor, Slot... slots) {
        return (Outcome.Redacted)
                Conversation.enforcing(redactor, new ActionPlan(Map.of(), Action.PSEUDONYMIZE), SURROGATES)
                        .redact(List.of(slots));
    }

    private static String text(Redactor redactor, String text) {
        return redacted(redactor, Slot.text(text)).slots().getFirst().text();
    }

    /** A detector that finds fixed spans. */
    private static Detector fixed(Finding... findings) {
        return new Detector() {
            @Override
            public String name() {
                return "fixed";
            }

            @Override
            public void find(String text, Consumer<Finding> found) {
                List.of(findings).forEach(found);
            }
        };
    }

    @Test
    @DisplayName("case 8: offsets count in the text that was given, however long what stands for a value is")
    void case08_offsets_countInTheOriginal() {
        String original = "a@b.eu, c@d.eu and 4111 1111 1111 1111.";

        RedactedSlot slot = redacted(PATTERNS, Slot.text(original)).slots().getFirst();

        assertThat(slot.findings().stream().map(found -> original.substring(found.start(), found.end())))
                .containsExactly("a@b.eu", "c@d.eu", "4111 1111 1111 1111");
        StringBuilder rebuilt = new StringBuilder();
        int from = 0;
        for (Applied found : slot.findings()) {
            rebuilt.append(original, from, found.start()).append(found.replacement());
            from = found.end();
        }
        assertThat(slot.text())
                .isEqualTo(rebuilt.append(original.substring(from)).toString());
    }

    @Test
    @DisplayName("case 24: surrogates that begin alike are never taken for each other")
    void case24_surrogatesWithOnePrefix_restoreEachToItsOwn() {
        Vault vault = new Vault(SURROGATES);
        List<String> surrogates = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) surrogates.add(vault.surrogateFor(EntityType.CUSTOM, "value-" + i));
        StringBuilder text = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < surrogates.size(); i++) {
            String bare = surrogates.get(i).substring(1, surrogates.get(i).length() - 1);
            text.append(i % 2 == 0 ? bare : surrogates.get(i)).append(' ');
            expected.append("value-").append(i).append(' ');
        }

        assertThat(vault.restore(text.toString())).isEqualTo(expected.toString());
    }

    @ParameterizedTest
    @DisplayName("case 25: a surrogate that the model rewrote is restored where it is still no other")
    @CsvSource({"[,]", "\\[,\\]", "**[,]**", "`[,]`", "'[ ',' ]'", "'',''", "(,)"})
    void case25_rewrittenSurrogate_isRestored(String before, String after) {
        Vault vault = new Vault(SURROGATES);
        String core = vault.surrogateFor(EntityType.PERSON, "Hans").replaceAll("[\\[\\]]", "");

        assertThat(vault.restore("to " + before + core + after + "."))
                .contains("Hans")
                .doesNotContain("PERSON");
        assertThat(vault.restore(core.replace("PERSON", "Persona")))
                .as("translated")
                .doesNotContain("Hans");
    }

    @Test
    @DisplayName("case 29: no lock and no session: two texts are searched at the same time")
    void case29_twoTexts_areSearchedAtTheSameTime() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Redactor redactor = Redactor.of(List.of(new Detector() {
            @Override
            public String name() {
                return "meeting";
            }

            @Override
            public void find(String text, Consumer<Finding> found) {
                try {
                    both.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    throw new IllegalStateException(e);
                }
            }
        }));
        var one = CompletableFuture.supplyAsync(() -> text(redactor, "first"), Thread::startVirtualThread);
        var other = CompletableFuture.supplyAsync(() -> text(redactor, "second"), Thread::startVirtualThread);

        assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo("first");
        assertThat(other.get(30, TimeUnit.SECONDS)).isEqualTo("second");
    }

    @ParameterizedTest
    @DisplayName("case 31: code is no text: identifiers, versions, hashes and commands survive")
    @ValueSource(
            strings = {
                "aws s3 cp s3://logs/app.log . && kubectl get pods -n eks",
                "The C4 diagram shows S3, EKS, EC2 and K8s",
                "git show 3f786850e387550fdab836ed7e6dc881de23001b -- src/main/App.java",
                "id: 123e4567-e89b-12d3-a456-426614174000",
                "grep -rn \"TODO\" --include='*.java' . | awk '{print $2}'",
                "implementation 'org.slf4j:slf4j-api:2.0.17'",
                "for (int i = 0; i < 10; i++) sum += values[i] * 0x1F;",
                "SELECT count(*) FROM orders WHERE state = 'open' LIMIT 50;",
                "HTTP/1.1 200 OK",
                "/usr/lib/jvm/java-25/bin/java -Xmx512m -jar app.jar"
            })
    void case31_code_survives(String code) {
        assertThat(text(PATTERNS, code)).isEqualTo(code);
    }

    @Test
    @DisplayName("case 31: a command in a tool's arguments keeps its quoting and its JSON")
    void case31_commandInArguments_keepsItsQuoting() {
        String json = "{\"cmd\":\"curl -d '{\\\"to\\\":\\\"a@b.eu\\\"}' \\\"$URL\\\" | tee S3.log\"}";

        String safe = redacted(PATTERNS, Slot.json(json)).slots().getFirst().text();

        assertThat(safe)
                .startsWith("{\"cmd\":\"curl -d '{\\\"to\\\":\\\"[EMAIL_")
                .endsWith("]\\\"}' \\\"$URL\\\" | tee S3.log\"}");
        assertThat(JsonScan.of(safe)).isNotNull();
    }

    @ParameterizedTest
    @DisplayName("case 32: names are found in seven languages")
    @CsvSource({
        "'Hello, my name is Margaret Thornbury.',Thornbury",
        "'Hola, me llamo María García López.',García",
        "'Guten Tag, mein Name ist Jürgen Schröder.',Schröder",
        "'Bonjour, je m''appelle Amélie Lefèvre.',Lefèvre",
        "'Buongiorno, mi chiamo Giuseppe Esposito.',Esposito",
        "'Hallo, mijn naam is Pieter de Vries.',Vries",
        "'Olá, o meu nome é João Ferreira.',Ferreira"
    })
    void case32_nameInALanguage_isFound(String text, String name) {
        assertThat(text(WHOLE, text)).doesNotContain(name).contains("[PERSON_");
    }

    @Test
    @DisplayName("case 35: finds that overlap leave one text, and nothing of either comes through")
    void case35_overlappingFinds_leaveOneText() {
        Redactor redactor = Redactor.of(List.of(fixed(
                new Finding(EntityType.PERSON, null, 3, 20, 0.6, "fixed"),
                new Finding(EntityType.EMAIL, null, 8, 16, 0.9, "fixed"),
                new Finding(EntityType.URL, null, 12, 26, 0.8, "fixed"),
                new Finding(EntityType.LOCATION, null, 8, 16, 0.9, "fixed"))));
        String text = "To ALPHBRAVOCHARLIEDELTAECHO now.";

        Outcome.Redacted result = redacted(redactor, Slot.text(text));

        String safe = result.slots().getFirst().text();
        assertThat(safe).startsWith("To [").doesNotContain("ALPH", "BRAVO", "CHARLIE", "DEL");
        assertThat(result.vault().restore(safe)).isEqualTo(text);
    }

    @Test
    @DisplayName("case 40: what a person typed in the form of a surrogate is neither found nor restored")
    void case40_typedSurrogate_staysThroughBothWays() {
        String typed = "About [PERSON_aaaaaaaa] and [EMAIL#abcdefghijklmnop], write a@b.eu";

        Outcome.Redacted result = redacted(PATTERNS, Slot.text(typed));

        assertThat(result.slots().getFirst().text())
                .startsWith("About [PERSON_aaaaaaaa] and [EMAIL#abcdefghijklmnop], write [EMAIL_");
        assertThat(result.vault().restore(result.slots().getFirst().text())).isEqualTo(typed);
    }
}
