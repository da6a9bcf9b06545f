//! The files of a manifest, and places in them.

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
    files: Vec<Source>,
}

impl Sources {
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
