//! The files of a manifest, or one that it is compared with or made from, and places in them.

/// What files are read as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Role {
    #[default]
    Manifest,
    /// A published OpenAPI document.
    Document,
    /// The known differences between the two.
    Corrections,
}

impl Role {
    /// What a mistake is in.
    pub(crate) fn whole(self) -> &'static str {
        match self {
            Self::Manifest => "the manifest",
            Self::Document => "the document",
            Self::Corrections => "the file of corrections",
        }
    }

    /// Any such.
    pub(crate) fn any(self) -> &'static str {
        match self {
            Self::Manifest => "a manifest",
            Self::Document => "a document",
            Self::Corrections => "a file of corrections",
        }
    }

    /// The most bytes that a file may have: more than anybody reads of what people write, and than anybody publishes.
    pub(crate) fn largest(self) -> u64 {
        const MIB: u64 = 1_024 * 1_024;
        match self {
            Self::Manifest | Self::Corrections => 8 * MIB,
            Self::Document => 64 * MIB,
        }
    }

    /// How to mend a file that is too large.
    pub(crate) fn smaller(self) -> &'static str {
        match self {
            Self::Manifest => {
                "split it: every file of `tools/` is read, and `$ref` takes from others"
            }
            Self::Document => {
                "take what is not asked for out of the document first: other paths, and what only they refer to"
            }
            Self::Corrections => "end an `at` with `*`, which covers everything that begins so",
        }
    }

    /// How to mend what is shared by anchors.
    pub(crate) fn shared(self) -> &'static str {
        match self {
            Self::Manifest => {
                "put what is shared into a file and take it with `$ref: file.yaml#/Name`"
            }
            Self::Document => {
                "write them out first, by converting the document to JSON: `yq -o json 'explode(.)' FILE`"
            }
            Self::Corrections => "write the value out where it is meant",
        }
    }

    /// How to mend what is nested too deeply.
    pub(crate) fn flatter(self) -> &'static str {
        match self {
            Self::Manifest => {
                "move the inner ones to a file of their own and take them with `$ref`"
            }
            Self::Document => {
                "move the inner ones to `components/schemas` and take them with `$ref`, or leave the operation out"
            }
            Self::Corrections => "a correction is an object of texts: nothing is nested in it",
        }
    }
}

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    /// Index into [`Sources`].
    pub(crate) source: usize,
    /// From 1; 0 for the file as a whole.
    pub(crate) line: usize,
    /// In characters, from 1; 0 for the file as a whole.
    pub(crate) column: usize,
    /// In characters, on the first line.
    pub(crate) width: usize,
}

impl Span {
    /// A file as a whole.
    pub(crate) fn file(source: usize) -> Self {
        Self {
            source,
            line: 0,
            column: 0,
            width: 0,
        }
    }
}

/// A file.
#[derive(Debug)]
pub(crate) struct Source {
    /// The path under the manifest's directory, with forward slashes.
    pub(crate) path: String,
    /// The path as it is told: with the directory as it was given.
    pub(crate) name: String,
    /// The text, empty when it could not be read.
    pub(crate) text: String,
}

/// The files of a manifest, sorted by path. A [`Span`] names one by its index.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// What they are read as.
    pub(crate) role: Role,
    files: Vec<Source>,
}

impl Sources {
    /// None yet.
    pub(crate) fn of(role: Role) -> Self {
        Self {
            role,
            files: Vec::new(),
        }
    }

    /// Adds a file and gives its index.
    pub(crate) fn add(&mut self, source: Source) -> usize {
        self.files.push(source);
        self.files.len() - 1
    }

    /// The files with their indices.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &Source)> {
        self.files.iter().enumerate()
    }

    /// The file of an index.
    pub(crate) fn get(&self, source: usize) -> Option<&Source> {
        self.files.get(source)
    }

    /// The index of a path under the manifest's directory.
    pub(crate) fn find(&self, path: &str) -> Option<usize> {
        self.files.iter().position(|file| file.path == path)
    }

    /// How a file is told.
    pub(crate) fn name(&self, source: usize) -> &str {
        self.get(source).map_or("", |file| &file.name)
    }

    /// The lines of every file, without their ends, by index.
    pub(crate) fn lines(&self) -> Vec<Vec<&str>> {
        let files = self.files.iter();
        files.map(|file| file.text.lines().collect()).collect()
    }
}
