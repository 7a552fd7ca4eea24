#!/usr/bin/env bash
# The programs as a newcomer runs them, and what they must then say.
set -euo pipefail
cd "$(dirname "$0")/.."
out="${CARGO_TARGET_DIR:-target}/run-programs"
mkdir -p "$out"

# The main job: 4,000 bots for half a minute.
cargo run --release --locked -- --json "$out/report.json"
cargo run --release --locked -q -p pickler-tests --example check-report -- "$out/report.json"

# All public vectors, both ways.
for protocol in pokersource pokersource3 openpoker pokerth; do
    folder="${protocol/%3/_v3}"
    gunzip -c "tests/shared-data/data/$folder/vectors.jsonl.gz" > "$out/$protocol.jsonl"
    cargo run --release --locked -q -p pickler-cli -- vectors check --protocol "$protocol" "$out/$protocol.jsonl"
done

# The story of a cluster, at full size: 4,000 bots on four nodes change in one swoop.
cargo test --release --locked -q -p cluster --test processes story
