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
    tracing_subscriber::registry().with(layer.with_filter(filter("info"))).try_init().ok()?;
    Some(guard)
}

/// Logs of a verb: what went wrong, on stderr.
pub fn to_stderr() {
    let layer = tracing_subscriber::fmt::layer().without_time().with_target(false).with_writer(std::io::stderr);
    let _ = tracing_subscriber::registry().with(layer.with_filter(filter("warn"))).try_init();
}

/// `WELLMET_LOG` says how much, as `info` or `wellmet_core=debug`. Of the database nothing below a warning, whatever it
/// says: statements carry the key and people's words.
fn filter<S>(usual: &str) -> impl tracing_subscriber::layer::Filter<S> + use<S>
where
    S: tracing::Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>,
{
    use tracing_subscriber::filter::FilterExt as _;
    let wanted = std::env::var("WELLMET_LOG").ok().and_then(|words| EnvFilter::try_new(words).ok());
    let wanted = wanted.unwrap_or_else(|| EnvFilter::new(usual));
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
