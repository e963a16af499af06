// SPDX-License-Identifier: Apache-2.0
// Copyright The Intramuros Authors

// Checks a log with the packages of Go's own checksum database: its checkpoint, every leaf of its tiles, and a proof.
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Println("bad:", err)
		os.Exit(2)
	}
}

type tiles struct{ dir string }

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		path := strings.TrimPrefix(tile.Path(), "tile/8/")
		bytes, err := os.ReadFile(filepath.Join(t.dir, "tile", path))
		if err != nil {
			return nil, err
		}
		all = append(all, bytes)
	}
	return all, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func main() {
	dir := os.Args[1]
	vkey, err := os.ReadFile(filepath.Join(dir, "vkey"))
	must(err)
	verifier, err := note.NewVerifier(strings.Split(string(vkey), "\n")[0])
	must(err)
	checkpoint, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	must(err)
	opened, err := note.Open(checkpoint, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	must(err)
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	reader := tlog.TileHashReader(tree, tiles{dir})
	for index := int64(0); index < size; index++ {
		_, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		must(err)
	}
	proof, err := os.ReadFile(os.Args[2])
	must(err)
	record, err := os.ReadFile(os.Args[3])
	must(err)
	parts := strings.SplitN(string(proof), "\n\n", 2)
	head := strings.Split(parts[0], "\n")
	index, err := strconv.ParseInt(strings.TrimPrefix(head[1], "index "), 10, 64)
	must(err)
	var path tlog.RecordProof
	for _, line := range head[2:] {
		hash, err := base64.StdEncoding.DecodeString(line)
		must(err)
		var h tlog.Hash
		copy(h[:], hash)
		path = append(path, h)
	}
	must(tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(record)))
	for old := int64(1); old <= size; old = old*2 + 1 {
		hash, err := tlog.TreeHash(old, reader)
		must(err)
		grown, err := tlog.ProveTree(size, old, reader)
		must(err)
		must(tlog.CheckTree(grown, size, tree.Hash, old, hash))
	}
	fmt.Println("ok:", size, "records")
}
