// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors
package io.intramuros.redaction.names;

import io.intramuros.redaction.EntityType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A trained model: what each trait of a token weighs for each label, and what it weighs that labels follow each other. */
final class Chain {
    private static final int MAGIC = 0x494d4e31;

    private final Labels labels;
    private final float scale;
    private final float[] pairs;
    /** From a trait to where its weights begin. */
    private final Table rows;
    /** For each trait how many weights it has, and then label and weight of each. */
    private final byte[] weights;

    private final Lattice lattice;

    private Chain(Labels labels, float scale, float[] pairs, Table rows, byte[] weights) {
        this.labels = labels;
        this.scale = scale;
        this.pairs = pairs;
        this.rows = rows;
        this.weights = weights;
        this.lattice = new Lattice(labels.size(), pairs);
    }

    /** A name that the model sees: first token, token after the last, type, how sure it is (0 to 1). */
    record Name(int from, int to, EntityType type, double likelihood) {
        /** The same, so many tokens further on. */
        Name moved(int tokens) {
            return new Name(from + tokens, to + tokens, type, likelihood);
        }
    }

    /** What the model reads in a sentence: the names, and how likely each token is outside of all names. */
    final class Reading {
        private final float[] scores;
        private final int[] path;
        private double @Nullable [] likelihoods;

        private Reading(float[] scores) {
            this.scores = scores;
            this.path = lattice.best(scores);
        }

        List<Name> names() {
            List<Name> names = new ArrayList<>();
            int from = 0;
            while (from < path.length) {
                int to = from + 1;
                while (to < path.length && !Labels.opens(path[to])) to++;
                if (path[from] != Labels.NONE) names.add(name(from, to));
                from = to;
            }
            return names;
        }

        private Name name(int from, int to) {
            double least = 1;
            for (int i = from; i < to; i++) least = Math.min(least, likelihood(i, path[i]));
            return new Name(from, to, labels.types().get(Labels.type(path[from])), least);
        }

        /** How likely token {@code i} of the sentence is outside of all names, 0 to 1. */
        double none(int i) {
            return likelihood(i, Labels.NONE);
        }

        /** Most sentences hold no name and nobody asks how sure that is. */
        private double likelihood(int i, int label) {
            double[] known = likelihoods;
            if (known == null) likelihoods = known = lattice.likelihoods(scores);
            return known[i * labels.size() + label];
        }
    }

    /** Reads a sentence, whose traits stand in {@code traits}, {@link Traits#MOST} for each token. */
    Reading read(int[] traits) {
        return new Reading(scores(traits));
    }

    private float[] scores(int[] traits) {
        int size = labels.size();
        float[] scores = new float[traits.length / Traits.MOST * size];
        for (int t = 0; t < traits.length; t++) {
            if (traits[t] == 0) continue;
            int row = rows.get(traits[t]);
            if (row < 0) continue;
            int at = t / Traits.MOST * size;
            int end = row + 1 + 2 * weights[row];
            for (int w = row + 1; w < end; w += 2) scores[at + weights[w]] += weights[w + 1] * scale;
        }
        return scores;
    }

    /**
     * Reads a model.
     *
     * @throws IOException also where it is none of this form
     */
    static Chain load(DataInput in) throws IOException {
        if (in.readInt() != MAGIC) throw new IOException("model: of another form (expected: IMN1)");
        List<EntityType> types = new ArrayList<>();
        for (int n = in.readUnsignedByte(); n > 0; n--) types.add(EntityType.valueOf(in.readUTF()));
        Labels labels = new Labels(types);
        float scale = in.readFloat();
        float[] pairs = new float[labels.size() * labels.size()];
        for (int i = 0; i < pairs.length; i++) pairs[i] = in.readFloat();
        int size = in.readInt();
        byte[] weights = new byte[in.readInt()];
        Table rows = new Table(size);
        int key = 0;
        int at = 0;
        for (int i = 0; i < size; i++) {
            key += Packed.read(in);
            rows.put(key, at);
            weights[at] = in.readByte();
            int length = 2 * weights[at];
            in.readFully(weights, at + 1, length);
            at += 1 + length;
        }
        return new Chain(labels, scale, pairs, rows, weights);
    }

    /** Writes the model. */
    void write(DataOutput out) throws IOException {
        out.writeInt(MAGIC);
        out.writeByte(labels.types().size());
        for (EntityType type : labels.types()) out.writeUTF(type.name());
        out.writeFloat(scale);
        for (float pair : pairs) out.writeFloat(pair);
        int[] keys = rows.sortedKeys();
        out.writeInt(keys.length);
        out.writeInt(weights.length);
        int last = 0;
        for (int key : keys) {
            int row = rows.get(key);
            Packed.write(out, key - last);
            out.write(weights, row, 1 + 2 * weights[row]);
            last = key;
        }
    }

    /** Builds a model from weights, leaving out those that hardly weigh anything. */
    static final class Builder {
        private static final int MOST = Byte.MAX_VALUE;

        private final Labels labels;
        private final float scale;
        private final float[] pairs;
        private final Table rows;
        private byte[] weights = new byte[1 << 16];
        private int size;

        /**
         * Begins a model.
         *
         * @param most the largest weight of a trait, absolute; larger ones are cut to it
         * @param traits the number of traits at most
         */
        Builder(Labels labels, float most, float[] pairs, int traits) {
            this.labels = labels;
            this.scale = most / MOST;
            this.pairs = pairs;
            this.rows = new Table(traits);
        }

        /** Adds a trait with what it weighs for each label. */
        void add(int trait, float[] row) {
            if (size + 1 + 2 * row.length > weights.length) weights = Arrays.copyOf(weights, 2 * weights.length);
            int count = 0;
            for (int label = 0; label < row.length; label++) {
                int value = Math.clamp(Math.round(row[label] / scale), -MOST, MOST);
                if (value == 0) continue;
                weights[size + 1 + 2 * count] = (byte) label;
                weights[size + 2 + 2 * count] = (byte) value;
                count++;
            }
            if (count == 0) return;
            weights[size] = (byte) count;
            rows.put(trait, size);
            size += 1 + 2 * count;
        }

        Chain build() {
            return new Chain(labels, scale, pairs, rows, Arrays.copyOf(weights, size));
        }
    }
}
