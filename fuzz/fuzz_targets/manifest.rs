//! Any bytes as a file of a manifest: whatever they are, there is an answer, and no fault of the compiler's own.
//! The first byte says which file of a small right manifest they take the place of.
#![no_main]

use std::{fs, path::PathBuf, sync::LazyLock};

use libfuzzer_sys::fuzz_target;
use rft_mcp_codegen::{Format, check};

const FILES: [(&str, &str); 5] = [
    ("tools/books.yaml", include_str!("../../codegen/tests/diagnostics/base/tools/books.yaml")),
    ("server.yaml", include_str!("../../codegen/tests/diagnostics/base/server.yaml")),
    ("providers.yaml", include_str!("../../codegen/tests/diagnostics/base/providers.yaml")),
    ("functions.yaml", include_str!("../../codegen/tests/diagnostics/base/functions.yaml")),
    ("shared.yaml", include_str!("../../codegen/tests/diagnostics/base/shared.yaml")),
];

static DIR: LazyLock<PathBuf> = LazyLock::new(|| {
    let dir = std::env::temp_dir().join(format!("rft-mcp-fuzz-{}", std::process::id()));
    fs::create_dir_all(dir.join("tools")).expect("a directory can be made");
    for (name, text) in FILES {
        fs::write(dir.join(name), text).expect("a file can be written");
    }
    dir
});

fuzz_target!(|data: &[u8]| {
    let Some((which, bytes)) = data.split_first() else {
        return;
    };
    let (name, text) = FILES[usize::from(*which) % FILES.len()];
    let file = DIR.join(name);
    fs::write(&file, bytes).expect("a file can be written");
    let said = match check(&*DIR) {
        Ok(checked) => checked.warnings,
        Err(diagnostics) => diagnostics,
    };
    fs::write(&file, text).expect("a file can be written");
    for form in [Format::Human, Format::Json, Format::Sarif, Format::Github] {
        std::hint::black_box(said.render(form));
    }
    let fault = said.iter().find(|said| matches!(said.code, "internal" | "untyped"));
    assert!(fault.is_none(), "{said}");
});
