#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| klucznik_tests::entries::ledger::event(data));
