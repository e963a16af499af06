// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.store;

import java.nio.file.Path;

/**
 * A model that is ready to be loaded.
 *
 * @param name the id it is served by
 * @param gguf the file as it was pulled
 * @param converted the folder that holds its graph
 * @param sha256 the digest of the GGUF file
 * @param bytes the size of the GGUF file
 */
public record InstalledModel(String name, Path gguf, Path converted, String sha256, long bytes) {}
