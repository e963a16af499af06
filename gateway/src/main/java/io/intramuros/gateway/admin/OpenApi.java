// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.gateway.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's description of itself, OpenAPI 3.1. */
@RestController
@RequestMapping(path = Api.ROOT, produces = Api.JSON)
final class OpenApi {
    private final byte[] document;

    OpenApi() {
        try (InputStream file = OpenApi.class.getResourceAsStream("openapi.json")) {
            if (file == null)
                throw new IllegalStateException("openapi.json: not in the jar (expected: beside this class)");
            document = file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.json", e);
        }
    }

    @GetMapping("/openapi.json")
    byte[] document() {
        return document.clone();
    }
}
