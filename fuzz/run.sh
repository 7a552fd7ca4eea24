#!/usr/bin/env bash
# Fuzzers in turn, each for so long: fuzz/run.sh 10m [TARGET...]
# What breaks a law is kept in fuzz/artifacts/TARGET/.
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

cargo run --quiet --release --locked --example seed
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cargo +nightly fuzz list)
broken=0
for target in "${targets[@]}"; do
    printf '\n== %s\n' "$target"
    dictionary=()
    [ ! -s "corpus/$target.dict" ] || dictionary=("-dict=corpus/$target.dict")
    # There is no `unsafe` but for one cast, which has its own runs under a
    # sanitizer: without, ten times as many inputs are tried.
    cargo +nightly fuzz run --sanitizer none "$target" -- \
        -max_total_time="$seconds" -max_len=2048 -timeout=5 -rss_limit_mb=1024 \
        -print_funcs=0 -print_final_stats=1 "${dictionary[@]}" || broken=1
done
exit "$broken"
