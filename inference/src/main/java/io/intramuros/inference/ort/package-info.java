/** ONNX Runtime through its C API: environment, sessions, tensors over native memory, bindings. */
@NullMarked
package io.intramuros.inference.ort;

import org.jspecify.annotations.NullMarked;
