//! Stderr that nobody has to read. Its lines are written by a thread of their own, and left out where that falls behind:
//! there are clients that start a server and never look at its stderr, and a full pipe would stop every call.
//!
//! tracing-appender does the same, but for the end: where stderr is full it waits for it, to say that it waits.

use std::{
    io::{self, Write},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread,
    time::Duration,
};

/// Lines that wait to be written before more are left out.
const WAITING: usize = 16 * 1024;

/// The process's stderr. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(super) struct Stderr {
    /// To the thread, once there is one: most processes log nothing, and start sooner without.
    said: Arc<OnceLock<SyncSender<Said>>>,
    left_out: Arc<AtomicUsize>,
}

#[derive(Debug)]
enum Said {
    Line(Vec<u8>),
    /// Answered when all before it is written.
    Flush(SyncSender<()>),
}

impl Stderr {
    fn thread(&self, stderr: impl Write + Send + 'static) -> &SyncSender<Said> {
        self.said.get_or_init(|| {
            let (said, lines) = sync_channel(WAITING);
            let left_out = Arc::clone(&self.left_out);
            // Without a thread there is nobody to write, and what is said is left out.
            let _ = thread::Builder::new()
                .name("stderr".to_owned())
                .spawn(move || write(stderr, &lines, &left_out));
            said
        })
    }

    /// Says a line of the log, its end included.
    fn line(&self, line: Vec<u8>) {
        if let Err(TrySendError::Full(_)) = self.thread(io::stderr()).try_send(Said::Line(line)) {
            self.left_out.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Says a line to the person, its end included. Those are few: where nothing is logged they fill no pipe.
    pub(super) fn say(&self, line: String) {
        match self.said.get() {
            Some(_) => self.line(line.into_bytes()),
            // Where stderr is gone there is nobody to tell.
            None => drop(io::stderr().write_all(line.as_bytes())),
        }
    }

    /// Waits until all lines so far are written, for `limit` at most.
    pub(super) fn flush(&self, limit: Duration) {
        let (written, wait) = sync_channel(1);
        if let Some(said) = self.said.get()
            && said.try_send(Said::Flush(written)).is_ok()
        {
            // Not in time, or never: there is nobody to tell.
            let _ = wait.recv_timeout(limit);
        }
    }
}

/// A line comes in one piece.
impl Write for Stderr {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.line(line.into());
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write(mut stderr: impl Write, lines: &Receiver<Said>, left_out: &AtomicUsize) {
    for said in lines {
        match said {
            Said::Line(line) => {
                // Where stderr is gone there is nobody to tell.
                let _ = stderr.write_all(&line);
                let count = left_out.swap(0, Ordering::Relaxed);
                if count > 0 {
                    tracing::warn!(
                        count,
                        "lines of the log were left out: stderr is read too slowly"
                    );
                }
            }
            Said::Flush(written) => {
                let _ = written.try_send(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Mutex, mpsc::channel};

    use super::*;

    /// Takes as many lines as it is let.
    struct Slow {
        lets: Receiver<()>,
        taken: Arc<Mutex<Vec<u8>>>,
    }

    impl Write for Slow {
        fn write(&mut self, line: &[u8]) -> io::Result<usize> {
            self.lets.recv().map_err(|_| io::ErrorKind::BrokenPipe)?;
            self.taken.lock().unwrap().extend_from_slice(line);
            Ok(line.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn nobody_waits_for_a_reader_and_lines_stay_in_order() {
        let (let_one, lets) = channel();
        let taken = Arc::<Mutex<Vec<u8>>>::default();
        let stderr = Stderr::default();
        let said = stderr.thread(Slow {
            lets,
            taken: Arc::clone(&taken),
        });
        for index in 0..WAITING * 2 {
            stderr.line(format!("{index}\n").into_bytes());
        }
        let left_out = stderr.left_out.load(Ordering::Relaxed);
        // One may be on its way already.
        assert!((WAITING - 1..=WAITING).contains(&left_out), "{left_out}");
        stderr.flush(Duration::from_millis(1));
        assert!(taken.lock().unwrap().is_empty());
        for _ in 0..WAITING * 2 {
            let_one.send(()).unwrap();
        }
        let mut line = stderr.clone();
        while said.try_send(Said::Line(Vec::new())).is_err() {
            thread::yield_now();
        }
        line.write_all(b"last\n").unwrap();
        stderr.flush(Duration::from_secs(60));
        let taken = String::from_utf8(taken.lock().unwrap().clone()).unwrap();
        assert!(taken.starts_with("0\n1\n2\n"), "{taken}");
        assert!(taken.ends_with("\nlast\n"), "{taken}");
    }
}
