// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import io.intramuros.audit.Witness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** This gateway as the witness of other logs (c2sp.org/tlog-witness). It needs no token: what counts is signed. */
@RestController
@RequestMapping(path = "/witness")
final class WitnessApi {
    static final String PATH = "/witness/add-checkpoint";

    private final Witness witness;

    WitnessApi(Witness witness) {
        this.witness = witness;
    }

    @PostMapping(path = "/add-checkpoint")
    ResponseEntity<byte[]> addCheckpoint(@RequestBody(required = false) byte @Nullable [] body) throws IOException {
        Witness.Answer answer = witness.addCheckpoint(body == null ? new byte[0] : body);
        return ResponseEntity.status(answer.status())
                .header("content-type", answer.type())
                .body(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
