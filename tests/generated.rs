//! The manifest and what it was compiled to.

/// `generated/rft.rs` is the manifest as Rust, kept so that a change of either can be read in review.
#[test]
fn the_copy_is_what_the_manifest_compiles_to() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/generated/rft.rs");
    let compiled = include_str!(concat!(env!("OUT_DIR"), "/manifest.rs"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, compiled).expect("the copy can be written");
    }
    let copy = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        copy == compiled,
        "`generated/rft.rs` is not what `manifest/` compiles to: run `UPDATE_GOLDEN=1 cargo test --test generated`, and review the difference"
    );
}
