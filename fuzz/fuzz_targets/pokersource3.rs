#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pickler_fuzz_targets::pokersource3(bytes));
