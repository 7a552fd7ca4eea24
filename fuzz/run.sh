#!/usr/bin/env bash
# Fuzzers in turn, each for so long: fuzz/run.sh 10m [TARGET...]
# What breaks a law is kept in fuzz/artifacts/TARGET/. At the end comes a table
# of what was done.
set -euo pipefail
cd "$(dirname "$0")"

case ${1:-10m} in
    *h) seconds=$((${1%h} * 3600)) ;;
    *m) seconds=$((${1%m} * 60)) ;;
    *s) seconds=${1%s} ;;
    *)  echo "how long? Such as 90s, 10m or 2h" >&2; exit 2 ;;
esac
shift || true

if ! rustup toolchain list | grep -q '^nightly'; then
    echo "fuzzers need a nightly compiler: rustup toolchain install nightly" >&2
    exit 1
fi
if ! cargo fuzz --version 2>/dev/null | grep -q '0\.13\.1'; then
    cargo install --locked --quiet cargo-fuzz@0.13.1
fi

cargo run --quiet --locked --manifest-path ../Cargo.toml -p pickler-fuzz-targets --example seed
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cargo +nightly fuzz list)

# There is no `unsafe` but for the cursor's, which has its own runs under a
# sanitizer: without, ten times as many inputs are tried. Constants are in the
# dictionaries, so that comparisons need not be followed: half as many again.
cargo +nightly fuzz build --sanitizer none --no-trace-compares
programs=${CARGO_TARGET_DIR:-target}/x86_64-unknown-linux-gnu/release

# How long inputs may be, in bytes: a few messages, or the choices for one value.
longest() {
    case $1 in
        hand_written) echo 128 ;;
        expressions | schemas | values) echo 256 ;;
        streams) echo 1024 ;;
        *) echo 512 ;;
    esac
}

stat() { sed -n "s/^stat::$1: *//p" "$log" | tail -n 1; }

log=$(mktemp)
trap 'rm -f "$log"' EXIT
rows=()
broken=0
for target in "${targets[@]}"; do
    printf '\n== %s\n' "$target"
    mkdir -p "corpus/$target" "artifacts/$target"
    before=$(find "artifacts/$target" -type f | wc -l)
    dictionary=()
    [ ! -s "corpus/$target.dict" ] || dictionary=("-dict=corpus/$target.dict")
    "$programs/$target" -max_total_time="$seconds" -max_len="$(longest "$target")" \
        -timeout=10 -rss_limit_mb=1024 -print_funcs=0 -print_final_stats=1 \
        -artifact_prefix="artifacts/$target/" "${dictionary[@]}" "corpus/$target" \
        2>&1 | tee "$log" | grep -vE '^#[0-9]+\s+(NEW|REDUCE)' || broken=1
    found=$(($(find "artifacts/$target" -type f | wc -l) - before))
    rows+=("$(printf '%-14s %12s %8s %8s %9s' "$target" "$(stat number_of_executed_units)" \
        "$(stat average_exec_per_sec)" "$(find "corpus/$target" -type f | wc -l)" "$found")")
done

printf '\n%-14s %12s %8s %8s %9s\n' target executions exec/s corpus findings
printf '%s\n' "${rows[@]}"
exit "$broken"
