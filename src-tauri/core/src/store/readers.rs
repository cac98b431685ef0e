//! The connections that only ask. Whoever asks gets the one that was used last, since it still holds the pages that it deciphered;
//! a pool hands them out in turn, so that each has to decipher them for itself.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::Result;

const MOST: u32 = 4;
/// Of each; all of them stay open beside the window.
const CACHE: &str = "-16384";
/// Longer nobody waits for a reader.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) struct Readers {
    options: SqliteConnectOptions,
    rested: Arc<Mutex<Vec<SqliteConnection>>>,
    permits: Arc<Semaphore>,
}

/// One of them, until it is dropped.
pub(super) struct Reader {
    connection: Option<SqliteConnection>,
    rested: Arc<Mutex<Vec<SqliteConnection>>>,
    // Given back after the connection: whoever gets it finds that one.
    _permit: OwnedSemaphorePermit,
}

impl Readers {
    /// Opens the first.
    pub async fn open(options: SqliteConnectOptions) -> Result<Self> {
        let options = options.read_only(true).pragma("cache_size", CACHE);
        let first = options.connect().await?;
        let permits = Arc::new(Semaphore::new(MOST as usize));
        Ok(Self { options, rested: Arc::new(Mutex::new(vec![first])), permits })
    }

    pub async fn take(&self) -> Result<Reader> {
        let permit = tokio::time::timeout(PATIENCE, self.permits.clone().acquire_owned())
            .await
            .map_err(|_| sqlx::Error::PoolTimedOut)?
            .map_err(|_| sqlx::Error::PoolClosed)?;
        let last = self.rested.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match last {
            Some(last) => last,
            None => self.options.connect().await?,
        };
        Ok(Reader { connection: Some(connection), rested: self.rested.clone(), _permit: permit })
    }

    /// Waits for all of them, and closes them.
    pub async fn close(&self) {
        let all = self.permits.acquire_many(MOST).await;
        self.permits.close();
        drop(all);
        let rested = std::mem::take(&mut *self.rested.lock().unwrap_or_else(PoisonError::into_inner));
        for connection in rested {
            // What it could not close it leaves to the end of the process; nothing of it is to be written.
            let _ = connection.close().await;
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.rested.lock().unwrap_or_else(PoisonError::into_inner).extend(self.connection.take());
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
    async fn the_one_that_was_used_last_is_used_next() {
        let folder = tempfile::tempdir().expect("a folder");
        let readers = readers(&folder).await;
        let [mut one, mut other] = [readers.take().await.expect("one"), readers.take().await.expect("another")];
        name(&mut one, "one").await;
        name(&mut other, "other").await;
        drop(other);
        drop(one);
        for _ in 0..9 {
            assert_eq!(who(&mut readers.take().await.expect("one")).await, "one");
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
