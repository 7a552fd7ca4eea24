# What people run daily; `just` lists it.

_default:
    @just --list

# All tests.
test:
    cargo test --workspace
    cargo test -p pickler --all-features

# Formatting and lints, as CI checks them.
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets --all-features -- -D warnings

# All fuzzers in turn, each for so long: 90s, 10m, 2h.
fuzz duration="10m" *targets="":
    fuzz/run.sh {{duration}} {{targets}}

# The cursor under AddressSanitizer, which needs a nightly compiler.
asan:
    RUSTFLAGS=-Zsanitizer=address cargo +nightly test -p pickler --lib --target x86_64-unknown-linux-gnu --target-dir target/asan cursor

# The cursor under Miri, on machines that have it.
miri:
    cargo +nightly miri test -p pickler --lib cursor

# Licences, bans, sources.
deny:
    cargo deny --all-features check licenses bans sources

# The toolkit for a device without an operating system, and without a heap.
no-std target="thumbv7m-none-eabi":
    rustup target add {{target}}
    cargo build -p pickler --no-default-features --features derive --target {{target}}
    cargo build -p pickler --no-default-features --features alloc,derive --target {{target}}
    cargo build -p pickler-no-std-tests --lib --target {{target}}
    cargo test -p pickler-no-std-tests

# Clusters in the simulator: many seeds, or one, with its trace.
simulate seeds="0..10000" *arguments="":
    cargo run --release -p cluster --example simulate -- --seeds {{seeds}} {{arguments}}

# The table of docs/benchmarks.md.
bench:
    cargo bench -p pickler-benches --bench pokersource -- --ratios

# Five shapes of exact format beside hand-written code and other toolkits.
bench-shapes *arguments="":
    cargo bench -p pickler-benches --bench shapes -- {{arguments}}

# The data sets of a public benchmark, beside toolkits with formats of their own.
bench-datasets *arguments="":
    cargo run --release --manifest-path benches/datasets/Cargo.toml -- {{arguments}}

# What 170 messages take to compile, and how much code they become, beside others.
compile-cost:
    benches/compile-cost/run.sh

# That hot paths compile to what one would write by hand, as CI checks it.
assembly:
    cargo test -p pickler-assembly -- --ignored

# 4,000 bots for half a minute.
run *arguments:
    cargo run --release -- {{arguments}}

# Notes what of the toolkit is public, after a change that is meant. Needs nightly.
public-api:
    cargo run -p pickler-public-api
