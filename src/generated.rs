//! What `manifest/` was compiled to: [`Manifest::TABLE`], the trait [`Handlers`] that it needs, and
//! [`types`]. The build script writes it; `generated/rft.rs` is the same text, kept to be read and reviewed.

include!(concat!(env!("OUT_DIR"), "/manifest.rs"));
