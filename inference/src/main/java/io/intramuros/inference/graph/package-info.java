/** ONNX graphs made from model files: what a decoder is, its nodes, and its weights as ONNX Runtime wants them. */
@NullMarked
package io.intramuros.inference.graph;

import org.jspecify.annotations.NullMarked;
