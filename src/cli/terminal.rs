//! Questions to whoever sits at the terminal.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use super::marked;

/// Whether there is somebody to ask.
pub fn is_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks on stderr, since stdout is for results. Only `y` and `yes` are yes.
pub fn ask(question: &str) -> Result<bool, String> {
    let mut stderr = std::io::stderr();
    let asked = write!(stderr, "{}\n[y/N] ", marked(question)).and_then(|()| stderr.flush());
    asked.map_err(|error| error.to_string())?;
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.map_err(|error| error.to_string())?;
    Ok(is_yes(&answer))
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_yes_is_yes() {
        for yes in ["y\n", "YES", " yes \n"] {
            assert!(is_yes(yes), "{yes}");
        }
        for no in ["", "\n", "n", "yep", "yes please", "1"] {
            assert!(!is_yes(no), "{no}");
        }
        assert_eq!(
            marked("a\u{1b}[2J\u{202e}b\n\tc"),
            "a\u{fffd}[2J\u{fffd}b\n\tc"
        );
    }
}
