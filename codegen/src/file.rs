//! The text of a file, or why there is none: nothing is read of what is no plain file, for that may never end, nor
//! of what is larger than anybody reads.

use std::{
    fs::{self, File},
    io::{self, Read as _},
    path::Path,
};

use crate::{
    diagnostics::{Mistake, Report},
    source::{Role, Source, Sources, Span},
};

/// Why there is no text of a file.
enum Unreadable {
    Io(io::Error),
    /// A directory, a pipe, a device, or a link to one.
    NoFile,
    /// With how many bytes it has.
    TooLarge(u64),
    /// How many bytes are text.
    Utf8(usize),
}

/// Adds a file that is read from the disk to the sources. `Err` when it has no text, which is reported.
pub(crate) fn read(
    path: &Path,
    told: String,
    name: String,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<usize, Span> {
    let (text, wrong) = match bytes(path, sources.role) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => (
                String::from_utf8_lossy(error.as_bytes()).into_owned(),
                Some(Unreadable::Utf8(error.utf8_error().valid_up_to())),
            ),
        },
        Err(wrong) => (String::new(), Some(wrong)),
    };
    let source = sources.add(Source {
        path: told,
        name,
        text,
    });
    let Some(wrong) = wrong else {
        return Ok(source);
    };
    let text = sources.get(source).map_or("", |file| &file.text);
    let span = Span::file(source);
    report.add(wrong.mistake(text, span, sources.role));
    Err(span)
}

/// What is in a file.
fn bytes(path: &Path, role: Role) -> Result<Vec<u8>, Unreadable> {
    let metadata = fs::metadata(path).map_err(Unreadable::Io)?;
    if !metadata.is_file() {
        return Err(Unreadable::NoFile);
    }
    let largest = role.largest();
    if metadata.len() > largest {
        return Err(Unreadable::TooLarge(metadata.len()));
    }
    // Some files say that they are empty and have no end, and others grow.
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(Unreadable::Io)?;
    let read = file.take(largest + 1).read_to_end(&mut bytes);
    match read.map_err(Unreadable::Io)? as u64 {
        read if read > largest => Err(Unreadable::TooLarge(read)),
        _ => Ok(bytes),
    }
}

impl Unreadable {
    /// `text` is that of the file with a mark in place of what is no text, and `file` the place of the whole.
    fn mistake(self, text: &str, file: Span, role: Role) -> Mistake {
        let valid = match self {
            Self::Io(error) => {
                let message = format!("the file can not be read: {error}");
                let mistake = Mistake::new("unreadable-file", file, message);
                return mistake.help("it must be there and be readable for the one who runs this");
            }
            Self::NoFile => {
                let mistake = Mistake::new("unreadable-file", file, "this is no plain file");
                return mistake.help(match role {
                    Role::Manifest => "remove it, or put a file of text in its place",
                    Role::Document => {
                        "give the document as one file of text; save what comes from a pipe first"
                    }
                    Role::Corrections => "give a file of text",
                });
            }
            Self::TooLarge(bytes) => {
                let largest = role.largest();
                let message = format!("the file has {bytes} bytes, of {largest} that one may have");
                let mistake = Mistake::new("file-too-large", file, message);
                return mistake.help(role.smaller());
            }
            Self::Utf8(valid) => valid,
        };
        let before = text.get(..valid).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let place = Span {
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
            width: 1,
            ..file
        };
        Mistake::new(
            "unreadable-file",
            place,
            "what stands here is no UTF-8 text",
        )
        .help("save the file as UTF-8")
    }
}
