//! Bodies of files, as a person reads them and as curl takes them.

use std::fmt::Write as _;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use rft_mcp_runtime::upstream::{Content, File, Upload};

use super::quote;

/// What is sent, a line for each field and file.
pub fn lines(upload: &Upload) -> Vec<String> {
    let fields = upload.fields.iter();
    let fields = fields.map(|(name, value, media_type)| match media_type {
        Some(media_type) => format!("{name} = {value}, of type {media_type}"),
        None => format!("{name} = {value}"),
    });
    let files = upload.files.iter().map(|file| {
        let from = match &file.content {
            Content::Text(text) => format!("{} bytes given inline", text.len()),
            Content::Bytes(bytes) => format!("{} bytes given inline as base64", bytes.len()),
            Content::Path(path) | Content::Piece { path, .. } => format!("the local file {path}"),
        };
        if upload.raw {
            return from;
        }
        format!(
            "{} = {from}, as \"{}\" of type {}",
            file.part,
            file.filename(),
            file.media_type()
        )
    });
    fields.chain(files).collect()
}

/// What stands before curl, and its arguments. The first content given inline comes through a pipe.
pub fn words(upload: &Upload) -> (String, Vec<String>) {
    let mut words = Vec::new();
    for (name, value, media_type) in &upload.fields {
        words.push(match media_type {
            Some(kind) => format!(
                "-F {}",
                quote(&format!("{name}={};type={kind}", escaped(value)))
            ),
            None => format!("--form-string {}", quote(&format!("{name}={value}"))),
        });
    }
    let (mut notes, mut pipe) = (String::new(), String::new());
    for file in &upload.files {
        let piped = match &file.content {
            Content::Text(text) => format!("printf %s {} | ", quote(text)),
            Content::Bytes(bytes) => {
                let text = BASE64_STANDARD.encode(bytes);
                format!("printf %s {} | base64 -d | ", quote(&text))
            }
            Content::Path(_) | Content::Piece { .. } => String::new(),
        };
        let from = match &file.content {
            Content::Path(path) | Content::Piece { path, .. } if upload.raw => format!("@{path}"),
            Content::Path(path) | Content::Piece { path, .. } => format!("@{}", escaped(path)),
            _ if pipe.is_empty() => {
                pipe = piped;
                "@-".to_owned()
            }
            Content::Text(text) => escaped(text),
            Content::Bytes(bytes) => {
                let name = file.filename();
                let _ = writeln!(
                    notes,
                    "# put the {} bytes given as base64 into a file {name:?} first",
                    bytes.len()
                );
                format!("@{}", escaped(&name))
            }
        };
        words.push(if upload.raw {
            format!("--data-binary {}", quote(&from))
        } else {
            format!("-F {}", quote(&part(file, &from)))
        });
    }
    (format!("{notes}{pipe}"), words)
}

/// The value of curl's `-F` for a file.
fn part(file: &File, from: &str) -> String {
    format!(
        "{}={from};filename={};type={}",
        file.part,
        escaped(&file.filename()),
        file.media_type()
    )
}

/// A text in the form that curl takes apart.
fn escaped(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(content: Content, filename: &str) -> File {
        File {
            part: "page[]",
            filename: Some(filename.to_owned()),
            unnamed: "x",
            media_type: None,
            content,
            max_bytes: 9,
        }
    }

    #[test]
    fn fields_and_files_are_told_and_spelled_as_curl_takes_them() {
        let upload = Upload {
            fields: vec![
                ("a".to_owned(), "1".to_owned(), None),
                (
                    "look".to_owned(),
                    "{\"b\":2}".to_owned(),
                    Some("application/json"),
                ),
            ],
            files: vec![
                file(Content::Bytes(vec![0xff, 0]), "a.png"),
                file(Content::Text("it's".to_owned()), "b.txt"),
                file(Content::Bytes(vec![1]), "c.png"),
                file(Content::Path("d e.png".to_owned()), "d.png"),
            ],
            raw: false,
        };
        assert_eq!(
            lines(&upload),
            [
                "a = 1",
                "look = {\"b\":2}, of type application/json",
                "page[] = 2 bytes given inline as base64, as \"a.png\" of type image/png",
                "page[] = 4 bytes given inline, as \"b.txt\" of type text/plain",
                "page[] = 1 bytes given inline as base64, as \"c.png\" of type image/png",
                "page[] = the local file d e.png, as \"d.png\" of type image/png",
            ]
        );
        let (before, words) = words(&upload);
        assert_eq!(
            before,
            "# put the 1 bytes given as base64 into a file \"c.png\" first\nprintf %s '/wA=' | base64 -d | "
        );
        assert_eq!(
            words,
            [
                "--form-string 'a=1'",
                r#"-F 'look="{\"b\":2}";type=application/json'"#,
                r#"-F 'page[]=@-;filename="a.png";type=image/png'"#,
                r#"-F 'page[]="it'\''s";filename="b.txt";type=text/plain'"#,
                r#"-F 'page[]=@"c.png";filename="c.png";type=image/png'"#,
                r#"-F 'page[]=@"d e.png";filename="d.png";type=image/png'"#,
            ]
        );
    }

    #[test]
    fn a_file_alone_is_the_body() {
        let upload = |content| Upload {
            fields: Vec::new(),
            files: vec![file(content, "a.png")],
            raw: true,
        };
        let (before, words) = words(&upload(Content::Text("a".to_owned())));
        assert_eq!(
            (before.as_str(), words),
            ("printf %s 'a' | ", vec!["--data-binary '@-'".to_owned()])
        );
        let path = upload(Content::Path("a b".to_owned()));
        assert_eq!(super::words(&path).1, ["--data-binary '@a b'"]);
        assert_eq!(lines(&path), ["the local file a b"]);
    }
}
