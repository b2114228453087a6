#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| klucznik_tests::entries::sealed::token(data));
