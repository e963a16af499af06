#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright The Intramuros Authors
# Trains the models of the names package: redaction/training/train.sh --data FOLDER [--out FOLDER] [--lang en|de|es]...
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -q -B -Dfast test-compile
path=$(mktemp)
trap 'rm -f "$path"' EXIT
mvn -q -B dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$path"
java -Xmx3g -cp "target/test-classes:target/classes:$(cat "$path")" io.intramuros.redaction.names.Trainer "$@"
