//! Logs: a file a day, two weeks of them, and never a key or a statement of the database.

use std::path::Path;

use tracing::Level;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::filter::{EnvFilter, filter_fn};
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

const KEPT_DAYS: usize = 14;

/// Logs of the window, into `folder`. Whoever drops the guard writes out the rest.
pub fn to_files(folder: &Path) -> Option<WorkerGuard> {
    begin(folder, &wanted("info"))
}

fn begin(folder: &Path, how_much: &str) -> Option<WorkerGuard> {
    // A folder that may not be written costs the logs, not the app.
    let files = std::fs::create_dir_all(folder).ok().and_then(|()| {
        RollingFileAppender::builder()
            .rotation(Rotation::DAILY)
            .filename_prefix("wellmet")
            .filename_suffix("log")
            .max_log_files(KEPT_DAYS)
            .build(folder)
            .ok()
    })?;
    let (writer, guard) = tracing_appender::non_blocking(files);
    let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(writer);
    tracing_subscriber::registry().with(layer.with_filter(filter(how_much))).try_init().ok()?;
    Some(guard)
}

/// Logs of a verb: what went wrong, on stderr.
pub fn to_stderr() {
    let layer = tracing_subscriber::fmt::layer().without_time().with_target(false).with_writer(std::io::stderr);
    let _ = tracing_subscriber::registry().with(layer.with_filter(filter(&wanted("warn")))).try_init();
}

/// `WELLMET_LOG` says how much, as `info` or `wellmet_core=debug`.
fn wanted(usual: &str) -> String {
    std::env::var("WELLMET_LOG").unwrap_or_else(|_| usual.into())
}

/// Of the database nothing below a warning, whatever was asked for: statements carry the key and people's words.
fn filter<S>(how_much: &str) -> impl tracing_subscriber::layer::Filter<S> + use<S>
where
    S: tracing::Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>,
{
    use tracing_subscriber::filter::FilterExt as _;
    let wanted = EnvFilter::try_new(how_much).unwrap_or_else(|_| EnvFilter::new("info"));
    wanted.and(filter_fn(|metadata| !metadata.target().starts_with("sqlx") || *metadata.level() <= Level::WARN))
}

/// A panic is a fault of ours: it is logged, and whoever started us from a terminal reads where to look.
pub fn log_panics() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        tracing::error!("a part of Wellmet stopped: {panic}");
        before(panic);
    }));
}

#[cfg(test)]
mod tests {
    use wellmet_core::people::finding;

    use crate::support::TestBook;

    #[tokio::test(flavor = "multi_thread")]
    async fn no_log_holds_the_key_or_what_people_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let guard = super::begin(folder.path(), "trace").expect("logs");
        let mut test = TestBook::new().await;
        test.named("Rania Haddad").await;
        test.reopen().await;
        {
            let mut db = test.book.read().await.expect("a reader");
            assert_eq!(finding::find(&mut db, "rania", 5).await.expect("found").len(), 1);
        }
        assert!(test.book.check().await.expect("checked").ok);
        tracing::debug!(host = ?test.book.id(), paths = ?test.book.paths(), "what may be written");
        tracing::trace!(target: "sqlx::query", "PRAGMA key = a statement");
        drop(guard);
        let mut text = String::new();
        for entry in std::fs::read_dir(folder.path()).expect("the logs") {
            text.push_str(&std::fs::read_to_string(entry.expect("a log").path()).expect("text"));
        }
        assert!(text.contains("what may be written"), "it does log, else this proves nothing: {text}");
        let key = test.keyring.hex_of(test.book.id());
        assert!(!text.to_lowercase().contains(&key), "the key is in the log");
        assert!(!text.contains("PRAGMA key"), "a statement is in the log");
        assert!(!text.contains("Rania"), "a name is in the log");
    }
}
