// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.inference.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A graph under construction; its weights lie in a file beside it. Field numbers are those of onnx.proto. */
final class OnnxWriter {
    private static final int IR_VERSION = 10;
    private static final int OPSET = 21;
    /** The domain of ONNX Runtime's own operators. */
    static final String MICROSOFT = "com.microsoft";

    private static final int ATTRIBUTE_FLOAT = 1;
    private static final int ATTRIBUTE_INT = 2;
    private static final int LOCATION_EXTERNAL = 1;

    private final String weightsName;
    private final List<Proto> nodes = new ArrayList<>();
    private final Map<String, Proto> initializers = new LinkedHashMap<>();
    private final List<Proto> inputs = new ArrayList<>();
    private final List<Proto> outputs = new ArrayList<>();

    OnnxWriter(String weightsName) {
        this.weightsName = weightsName;
    }

    /** An operator with its attributes: integers or floats. */
    record Op(String domain, String type, Map<String, Number> attributes) {
        static Op onnx(String type) {
            return new Op("", type, Map.of());
        }

        static Op microsoft(String type) {
            return new Op(MICROSOFT, type, Map.of());
        }

        Op with(String name, Number value) {
            Map<String, Number> more = new LinkedHashMap<>(attributes);
            more.put(name, value);
            return new Op(domain, type, more);
        }
    }

    /** Adds a node with one output, which has the name that is returned. */
    String node(Op op, String output, List<String> from) {
        nodes(op, List.of(output), from);
        return output;
    }

    /** Adds a node; an empty name leaves an optional input or output out. */
    void nodes(Op op, List<String> to, List<String> from) {
        Proto node = new Proto();
        from.forEach(name -> node.text(1, name));
        to.forEach(name -> node.text(2, name));
        node.text(3, "n" + nodes.size()).text(4, op.type);
        op.attributes.forEach((name, value) -> node.message(5, attribute(name, value)));
        nodes.add(node.text(7, op.domain));
    }

    /** Adds weights that lie in the file; two initializers may lie at the same place. */
    String weights(String name, DataType type, List<Long> shape, WeightsFile.Place place) {
        Proto tensor = tensor(name, type, shape)
                .message(13, entry("location", weightsName))
                .message(13, entry("offset", Long.toString(place.offset())))
                .message(13, entry("length", Long.toString(place.length())))
                .number(14, LOCATION_EXTERNAL);
        return add(name, tensor);
    }

    /** Adds a short list of integers that lies in the graph itself; the same list once. */
    String integers(long... values) {
        String name = "const" + Arrays.toString(values);
        if (initializers.containsKey(name)) {
            return name;
        }
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        return add(
                name,
                tensor(name, DataType.INT64, List.of((long) values.length)).bytes(9, raw.array()));
    }

    /** Adds a number that lies in the graph itself; the same number once. */
    String real(float value) {
        String name = "const" + value;
        if (initializers.containsKey(name)) {
            return name;
        }
        ByteBuffer raw = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return add(
                name,
                tensor(name, DataType.FLOAT, List.of())
                        .bytes(9, raw.putFloat(value).array()));
    }

    /** Declares an input; a dimension is a number, or the name of one that differs from run to run. */
    String input(String name, DataType type, List<?> shape) {
        inputs.add(valueInfo(name, type, shape));
        return name;
    }

    /** Declares an output. */
    void output(String name, DataType type, List<?> shape) {
        outputs.add(valueInfo(name, type, shape));
    }

    /** The whole model. */
    byte[] model() {
        Proto graph = new Proto();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, "decoder");
        initializers.values().forEach(tensor -> graph.message(5, tensor));
        inputs.forEach(input -> graph.message(11, input));
        outputs.forEach(output -> graph.message(12, output));
        return new Proto()
                .number(1, IR_VERSION)
                .text(2, "intramuros")
                .message(7, graph)
                .message(8, new Proto().text(1, "").number(2, OPSET))
                .message(8, new Proto().text(1, MICROSOFT).number(2, 1))
                .toBytes();
    }

    private String add(String name, Proto tensor) {
        if (initializers.put(name, tensor) != null) {
            throw new IllegalStateException("initializer " + name + ": for the second time");
        }
        return name;
    }

    private static Proto tensor(String name, DataType type, List<Long> shape) {
        Proto tensor = new Proto();
        shape.forEach(dimension -> tensor.number(1, dimension));
        return tensor.number(2, type.code()).text(8, name);
    }

    private static Proto entry(String key, String value) {
        return new Proto().text(1, key).text(2, value);
    }

    private static Proto attribute(String name, Number value) {
        Proto attribute = new Proto().text(1, name);
        return value instanceof Float real
                ? attribute.real(2, real).number(20, ATTRIBUTE_FLOAT)
                : attribute.number(3, value.longValue()).number(20, ATTRIBUTE_INT);
    }

    private static Proto valueInfo(String name, DataType type, List<?> shape) {
        Proto dimensions = new Proto();
        for (Object dimension : shape) {
            Proto one = dimension instanceof String symbol
                    ? new Proto().text(2, symbol)
                    : new Proto().number(1, ((Number) dimension).longValue());
            dimensions.message(1, one);
        }
        Proto tensorType = new Proto().number(1, type.code()).message(2, dimensions);
        return new Proto().text(1, name).message(2, new Proto().message(1, tensorType));
    }
}
