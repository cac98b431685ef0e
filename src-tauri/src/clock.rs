//! The clock of the app: the machine's, or in a test's build one that a file sets.

use std::sync::Arc;

use wellmet_core::host::{Clock, WallClock};

pub fn clock() -> Arc<dyn Clock> {
    #[cfg(feature = "test-clock")]
    if let Some(file) = std::env::var_os("WELLMET_TEST_CLOCK") {
        return Arc::new(set_by_file::FileClock::new(file.into()));
    }
    Arc::new(WallClock)
}

#[cfg(feature = "test-clock")]
mod set_by_file {
    use std::path::PathBuf;
    use std::sync::{Mutex, PoisonError};
    use std::time::UNIX_EPOCH;

    use serde::Deserialize;
    use wellmet_core::Millis;
    use wellmet_core::host::{Clock, WallClock};

    /// Shows the instant that the file says, plus what has passed since the file was written. Written anew, it jumps.
    pub struct FileClock {
        file: PathBuf,
        /// How far ahead of the wall it was at the last whole reading, for the moment in which the file is replaced.
        ahead_ms: Mutex<i64>,
    }

    #[derive(Deserialize)]
    struct Setting {
        at: String,
    }

    impl FileClock {
        pub fn new(file: PathBuf) -> Self {
            Self { file, ahead_ms: Mutex::new(0) }
        }

        fn ahead_ms(&self) -> Option<i64> {
            let setting: Setting = serde_json::from_slice(&std::fs::read(&self.file).ok()?).ok()?;
            let written = std::fs::metadata(&self.file).ok()?.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
            Some(Millis::parse_rfc3339(&setting.at)?.since(Millis(i64::try_from(written.as_millis()).ok()?)))
        }
    }

    impl Clock for FileClock {
        fn now(&self) -> Millis {
            let mut last = self.ahead_ms.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(ahead_ms) = self.ahead_ms() {
                *last = ahead_ms;
            }
            WallClock.now().plus_ms(*last)
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn it_follows_its_file_and_goes_on() {
            let folder = tempfile::tempdir().expect("a folder");
            let file = folder.path().join("clock.json");
            let clock = FileClock::new(file.clone());
            let set = |at: &str| std::fs::write(&file, format!("{{\"at\":\"{at}\"}}")).expect("written");
            let start = Millis::parse_rfc3339("2031-03-04T09:00:00Z").expect("a time");
            set("2031-03-04T09:00:00Z");
            let first = clock.now();
            assert!((0..60_000).contains(&first.since(start)), "it starts where the file says: {}", first.rfc3339());
            std::thread::sleep(std::time::Duration::from_millis(30));
            assert!(clock.now().since(first) >= 30, "and goes on");
            set("2031-03-04T08:00:00Z");
            assert!(clock.now() < first, "it can be set back");
            std::fs::write(&file, "{").expect("written");
            assert!(clock.now() < first && clock.now().since(start) > -4_000_000, "half a file changes nothing");
        }
    }
}
