#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright The Intramuros Authors
# Writes what the names package finds in a file of records: redaction/training/predict.sh FILE [context|lists|all] > predictions.jsonl
set -euo pipefail
file=$(realpath "$1")
cd "$(dirname "$0")/.."
mvn -q -B -Dfast test-compile >&2
path=$(mktemp)
trap 'rm -f "$path"' EXIT
mvn -q -B dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$path" >&2
java -cp "target/test-classes:target/classes:$(cat "$path")" io.intramuros.redaction.names.Predict "$file" "${2:-all}"
