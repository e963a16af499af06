// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.conversation;

import io.intramuros.redaction.EntityType;
import io.intramuros.redaction.Finding;
import io.intramuros.redaction.synthesis.Synthesizer;
import io.intramuros.redaction.vault.Vault;
import java.util.List;

/** Stands in with what the vault of one exchange can turn back; nothing is made up that stands in one of its texts. */
record Minting(Vault vault, List<View> views) implements Treatment.StandIns {
    @Override
    public String surrogate(EntityType type, String value) {
        return vault.surrogateFor(type, value);
    }

    @Override
    public String madeUp(Finding finding, String text) {
        return vault.madeUpFor(
                finding.type(),
                text.substring(finding.start(), finding.end()),
                seeds -> Synthesizer.standard().replace(finding, text, seeds),
                made -> views.stream().anyMatch(view -> view.text().contains(made)));
    }

    @Override
    public String toString() {
        return "Minting";
    }
}
