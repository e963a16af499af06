/** GGUF model files: metadata, tensors and what their blocks mean; a file may be hostile. */
@NullMarked
package io.intramuros.inference.gguf;

import org.jspecify.annotations.NullMarked;
