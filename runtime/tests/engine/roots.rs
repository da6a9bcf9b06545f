//! Local files: what is under the roots, and every way out of them.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
};

use rft_mcp_runtime::files::{FileError, Roots};

/// A directory of a test's own with `in/` to give and `out/` to keep.
pub struct Place {
    pub base: PathBuf,
    pub roots: Roots,
}

impl Place {
    pub fn new(test: &str) -> Self {
        let base = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("roots")
            .join(test);
        let _ = fs::remove_dir_all(&base);
        for dir in ["in/sub", "out"] {
            fs::create_dir_all(base.join(dir)).unwrap();
        }
        let base = base.canonicalize().unwrap();
        fs::write(base.join("in/a.txt"), "inside").unwrap();
        fs::write(base.join("out/secret.txt"), "secret").unwrap();
        let roots = Roots::open(&[base.join("in")]).unwrap();
        Self { base, roots }
    }

    pub fn root(&self) -> PathBuf {
        self.base.join("in")
    }

    fn read(&self, path: &str) -> Result<String, FileError> {
        let (mut file, length) = self.roots.read(path)?;
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        assert_eq!(text.len() as u64, length);
        Ok(text)
    }

    fn write(&self, path: &str, overwrite: bool) -> Result<PathBuf, FileError> {
        let mut writing = self.roots.write(path, overwrite)?;
        writing.take().unwrap().write_all(b"new").unwrap();
        writing.finish()
    }
}

fn absolute(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_file_inside_is_read_by_every_name() {
    let place = Place::new("inside");
    let whole = absolute(&place.root().join("a.txt"));
    for path in ["a.txt", "./a.txt", "sub/../a.txt", whole.as_str()] {
        assert_eq!(place.read(path).unwrap(), "inside", "{path}");
    }
    let error = place.read("none.txt").unwrap_err().to_string();
    assert!(
        error.contains("no file `none.txt`") && error.contains("/in`"),
        "{error}"
    );
}

/// As where the directory for temporary files is a link.
#[cfg(unix)]
#[test]
fn a_root_behind_a_link_is_known_by_both_names() {
    let place = Place::new("linked");
    let link = place.base.join("link");
    std::os::unix::fs::symlink(place.root(), &link).unwrap();
    let roots = Roots::open(std::slice::from_ref(&link)).unwrap();
    for root in [&link, &place.root()] {
        assert!(roots.read(&absolute(&root.join("a.txt"))).is_ok());
        let out = absolute(&root.join("../out/secret.txt"));
        let error = roots.read(&out).unwrap_err();
        assert!(matches!(error, FileError::Outside { .. }), "{error}");
    }
    let other = absolute(&place.base.join("linked/a.txt"));
    assert!(matches!(roots.read(&other), Err(FileError::Outside { .. })));
}

#[test]
fn no_path_leads_out() {
    let place = Place::new("paths");
    let secret = absolute(&place.base.join("out/secret.txt"));
    let dots = format!("{}/../out/secret.txt", place.root().display());
    for path in [
        "../out/secret.txt",
        "sub/../../out/secret.txt",
        "../in/../out/secret.txt",
        "../in/a.txt",
        secret.as_str(),
        dots.as_str(),
        "/etc/passwd",
        "..",
        ".",
        "",
        "/",
    ] {
        let error = place.read(path).unwrap_err();
        assert!(
            matches!(error, FileError::Outside { .. }),
            "{path}: {error}"
        );
        let error = place.write(path, true).unwrap_err();
        assert!(
            matches!(error, FileError::Outside { .. }),
            "{path}: {error}"
        );
    }
    assert!(place.read("a.txt\0").is_err() && place.write("b\0.txt", false).is_err());
    let kept = fs::read_to_string(place.base.join("out/secret.txt")).unwrap();
    assert_eq!(kept, "secret");
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_and_one_inside_is_followed() {
    use std::os::unix::fs::symlink;
    let place = Place::new("links");
    let root = place.root();
    symlink(place.base.join("out"), root.join("away")).unwrap();
    symlink("../out/secret.txt", root.join("secret")).unwrap();
    symlink("../out/new.txt", root.join("dangling")).unwrap();
    symlink("../../out", root.join("sub/up")).unwrap();
    symlink("a.txt", root.join("again")).unwrap();
    symlink("loop", root.join("loop")).unwrap();
    for path in ["away/secret.txt", "secret", "dangling", "sub/up/secret.txt"] {
        let error = place.read(path).unwrap_err();
        assert!(
            matches!(error, FileError::Outside { .. }),
            "{path}: {error}"
        );
        assert!(place.write(path, true).is_err(), "{path}");
        assert!(place.write(path, false).is_err(), "{path}");
    }
    assert!(place.write("away/new.txt", true).is_err());
    assert!(place.read("loop").is_err());
    assert_eq!(place.read("again").unwrap(), "inside");
    let out: Vec<_> = fs::read_dir(place.base.join("out")).unwrap().collect();
    assert_eq!(out.len(), 1, "nothing was written there");
    assert_eq!(
        fs::read_to_string(place.base.join("out/secret.txt")).unwrap(),
        "secret"
    );
}

#[cfg(unix)]
#[test]
fn only_plain_files_are_opened() {
    let place = Place::new("special");
    let pipe = place.root().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(place.root().join("socket")).unwrap();
    for path in ["pipe", "socket", "sub"] {
        for error in [
            place.read(path).unwrap_err(),
            place.write(path, true).unwrap_err(),
        ] {
            assert!(
                matches!(error, FileError::Special { .. }),
                "{path}: {error}"
            );
        }
    }
    let devices = Roots::open(&[PathBuf::from("/dev")]).unwrap();
    assert!(matches!(
        devices.read("zero").unwrap_err(),
        FileError::Special { .. }
    ));
}

#[cfg(unix)]
#[test]
fn what_is_exchanged_under_way_leads_nowhere_else() {
    use std::{
        os::unix::fs::symlink,
        sync::atomic::{AtomicBool, Ordering},
    };
    let place = Place::new("race");
    let (root, out) = (place.root(), place.base.join("out"));
    fs::write(root.join("sub/secret.txt"), "inside").unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                fs::rename(root.join("sub"), root.join("aside")).unwrap();
                symlink(&out, root.join("sub")).unwrap();
                fs::remove_file(root.join("sub")).unwrap();
                fs::rename(root.join("aside"), root.join("sub")).unwrap();
            }
        });
        for _ in 0..3000 {
            if let Ok(text) = place.read("sub/secret.txt") {
                assert_eq!(text, "inside");
            }
            let _ = place.write("sub/new.txt", true);
        }
        done.store(true, Ordering::Relaxed);
    });
    let names: Vec<_> = fs::read_dir(&out).unwrap().collect();
    assert_eq!(names.len(), 1, "nothing was written outside: {names:?}");
}

#[test]
fn nothing_is_written_over_unasked_and_nothing_half_written_stays() {
    let place = Place::new("writing");
    let path = place.write("sub/b.txt", false).unwrap();
    assert_eq!(path, place.root().join("sub/b.txt"));
    assert!(matches!(
        place.write("a.txt", false).unwrap_err(),
        FileError::Exists { .. }
    ));
    assert_eq!(place.read("a.txt").unwrap(), "inside");
    place.write("a.txt", true).unwrap();
    assert_eq!(place.read("a.txt").unwrap(), "new");
    for overwrite in [false, true] {
        let mut writing = place.roots.write("half.txt", overwrite).unwrap();
        writing.take().unwrap().write_all(b"ha").unwrap();
        drop(writing);
    }
    let half = place.roots.write("a.txt", true).unwrap();
    assert_eq!(
        place.read("a.txt").unwrap(),
        "new",
        "the old one stays until the new one is whole"
    );
    drop(half);
    let names: Vec<_> = fs::read_dir(place.root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    let error = place.write("no/dir/b.txt", false).unwrap_err().to_string();
    assert!(error.contains("directory it would be in"), "{error}");
}

#[test]
fn a_server_may_have_no_roots_or_write_nothing() {
    let place = Place::new("none");
    let error = Roots::default().read("a.txt").unwrap_err().to_string();
    assert!(error.contains("--files-root"), "{error}");
    assert!(Roots::default().write("a.txt", true).is_err());
    let roots = place.roots.clone().read_only();
    assert!(roots.read("a.txt").is_ok());
    assert_eq!(
        roots.write("b.txt", false).unwrap_err(),
        FileError::ReadOnly
    );
    assert!(Roots::open(&[place.base.join("nowhere")]).is_err());
    assert!(Roots::open(&[place.root().join("a.txt")]).is_err());
}

#[test]
fn a_relative_path_is_looked_for_in_every_root() {
    let place = Place::new("several");
    fs::write(place.base.join("out/b.txt"), "second").unwrap();
    let roots = Roots::open(&[place.root(), place.base.join("out")]).unwrap();
    let (mut file, _) = roots.read("b.txt").unwrap();
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap();
    assert_eq!(text, "second");
    assert!(
        roots
            .read("c.txt")
            .unwrap_err()
            .to_string()
            .contains(" or `")
    );
}
