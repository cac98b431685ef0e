//! The connections that only ask. Whoever asks gets the first that is free: it holds the pages that were deciphered last. A pool
//! hands them out in turn, so that each has to decipher them for itself.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::Result;

const MOST: u32 = 4;
/// Of the first, which nearly everything is asked of.
const CACHE: &str = "-16384";
/// Of those that are asked while it is busy. All of them stay open beside the window.
const CACHE_BESIDE: &str = "-4096";
/// Longer nobody waits for a reader.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) struct Readers {
    options: SqliteConnectOptions,
    opened: AtomicU32,
    rested: Arc<Rested>,
    permits: Arc<Semaphore>,
}

/// Those that nobody asks anything just now, by their numbers.
type Rested = Mutex<BTreeMap<u32, SqliteConnection>>;

/// One of them, until it is dropped.
pub(super) struct Reader {
    number: u32,
    connection: Option<SqliteConnection>,
    rested: Arc<Rested>,
    // Given back after the connection: whoever gets it finds that one.
    _permit: OwnedSemaphorePermit,
}

impl Readers {
    /// Opens the first.
    pub async fn open(options: SqliteConnectOptions) -> Result<Self> {
        let options = options.read_only(true);
        let first = options.clone().pragma("cache_size", CACHE).connect().await?;
        let permits = Arc::new(Semaphore::new(MOST as usize));
        let rested = Arc::new(Mutex::new(BTreeMap::from([(0, first)])));
        Ok(Self { options: options.pragma("cache_size", CACHE_BESIDE), opened: AtomicU32::new(1), rested, permits })
    }

    pub async fn take(&self) -> Result<Reader> {
        let permit = tokio::time::timeout(PATIENCE, self.permits.clone().acquire_owned())
            .await
            .map_err(|_| sqlx::Error::PoolTimedOut)?
            .map_err(|_| sqlx::Error::PoolClosed)?;
        let first = locked(&self.rested).pop_first();
        let (number, connection) = match first {
            Some(first) => first,
            None => {
                let connection = self.options.connect().await?;
                (self.opened.fetch_add(1, Ordering::Relaxed), connection)
            }
        };
        Ok(Reader { number, connection: Some(connection), rested: self.rested.clone(), _permit: permit })
    }

    /// Waits for all of them, and closes them.
    pub async fn close(&self) {
        let all = self.permits.acquire_many(MOST).await;
        self.permits.close();
        drop(all);
        let rested = std::mem::take(&mut *locked(&self.rested));
        for connection in rested.into_values() {
            // What it could not close it leaves to the end of the process; nothing of it is to be written.
            let _ = connection.close().await;
        }
    }
}

fn locked(rested: &Rested) -> MutexGuard<'_, BTreeMap<u32, SqliteConnection>> {
    rested.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Reader {
    fn drop(&mut self) {
        locked(&self.rested).extend(self.connection.take().map(|connection| (self.number, connection)));
    }
}

impl Deref for Reader {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        self.connection.as_ref().expect("there until it is dropped")
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        self.connection.as_mut().expect("there until it is dropped")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    async fn readers(folder: &tempfile::TempDir) -> Readers {
        let file = SqliteConnectOptions::new().filename(folder.path().join("book.db"));
        file.clone().create_if_missing(true).connect().await.expect("a database").close().await.expect("closed");
        Readers::open(file).await.expect("readers")
    }

    /// Which of them this is, told by what it alone has written down.
    async fn name(reader: &mut Reader, name: &str) {
        sqlx::query("CREATE TEMP TABLE name AS SELECT $1 AS name")
            .bind(name)
            .execute(&mut **reader)
            .await
            .expect("named");
    }

    async fn who(reader: &mut Reader) -> String {
        sqlx::query_scalar("SELECT name FROM temp.name").fetch_one(&mut **reader).await.expect("a name")
    }

    #[tokio::test]
    async fn the_first_that_is_free_is_asked_and_has_the_room_for_what_it_deciphered() {
        let folder = tempfile::tempdir().expect("a folder");
        let readers = readers(&folder).await;
        let [mut one, mut other] = [readers.take().await.expect("one"), readers.take().await.expect("another")];
        name(&mut one, "one").await;
        name(&mut other, "other").await;
        for (reader, kept) in [(&mut one, CACHE), (&mut other, CACHE_BESIDE)] {
            let cache: i64 = sqlx::query_scalar("PRAGMA cache_size").fetch_one(&mut **reader).await.expect("its size");
            assert_eq!(cache.to_string(), kept);
        }
        drop(one);
        drop(other);
        for _ in 0..9 {
            let mut first = readers.take().await.expect("one");
            assert_eq!(who(&mut first).await, "one");
            assert_eq!(who(&mut readers.take().await.expect("the other")).await, "other");
        }
    }

    #[tokio::test]
    async fn whoever_finds_none_waits_and_closing_waits_for_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let readers = Arc::new(readers(&folder).await);
        let mut taken = Vec::new();
        for _ in 0..MOST {
            taken.push(readers.take().await.expect("one of them"));
        }
        let one_more = tokio::spawn({
            let readers = readers.clone();
            async move { readers.take().await.map(drop) }
        });
        tokio::task::yield_now().await;
        assert!(!one_more.is_finished());
        taken.pop();
        one_more.await.expect("no panic").expect("its turn");
        let closing = tokio::spawn({
            let readers = readers.clone();
            async move { readers.close().await }
        });
        tokio::task::yield_now().await;
        assert!(!closing.is_finished(), "three are still in use");
        drop(taken);
        closing.await.expect("closed");
        assert!(readers.rested.lock().expect("not poisoned").is_empty());
        assert_eq!(readers.take().await.map(drop).expect_err("closed").code, Code::Internal);
        readers.close().await;
    }
}
