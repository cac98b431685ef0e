//! The handle that the areas take: one connection, and the statements they may run on it.

use futures_util::TryStreamExt as _;
use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteRow};
use sqlx::{Arguments, FromRow, Row, SqliteConnection, Transaction};

use super::bulk::Queued;
use super::readers::Reader;
use super::{Sql, Value};
use crate::error::{Error, Result};

/// A connection to the book that can only ask. [`Edit`](super::Edit) adds the verbs that change.
pub struct Db {
    pub(super) link: Link,
    /// Rows that stand to be written before anything else is asked.
    pub(super) queued: Queued,
    /// People of a list, and what comes with them.
    pub(super) brought: Queued,
}

pub(super) enum Link {
    Reader(Reader),
    Writer(Transaction<'static, Sqlite>),
}

impl Db {
    pub(super) fn new(link: Link) -> Self {
        Self { link, queued: Queued::default(), brought: Queued::default() }
    }

    pub(super) fn connection(&mut self) -> &mut SqliteConnection {
        match &mut self.link {
            Link::Reader(connection) => connection,
            Link::Writer(transaction) => transaction,
        }
    }

    pub async fn all<T>(&mut self, sql: &'static Sql, args: Vec<Value>) -> Result<Vec<T>>
    where
        T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        self.flush().await?;
        sqlx::query_as_with(sql.text, bind(args)?).fetch_all(self.connection()).await.map_err(|error| at(sql, error))
    }

    /// Each row in turn: for answers for which nobody has room as a whole.
    pub async fn each<T>(&mut self, sql: &'static Sql, args: Vec<Value>, mut take: impl FnMut(T) + Send) -> Result<()>
    where
        T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        self.flush().await?;
        let mut rows = sqlx::query_as_with(sql.text, bind(args)?).fetch(self.connection());
        while let Some(row) = rows.try_next().await.map_err(|error| at(sql, error))? {
            take(row);
        }
        Ok(())
    }

    pub async fn maybe<T>(&mut self, sql: &'static Sql, args: Vec<Value>) -> Result<Option<T>>
    where
        T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        self.flush().await?;
        sqlx::query_as_with(sql.text, bind(args)?)
            .fetch_optional(self.connection())
            .await
            .map_err(|error| at(sql, error))
    }

    /// The one row that must be there; `what` names it in the error where it is not.
    pub async fn one<T>(&mut self, sql: &'static Sql, args: Vec<Value>, what: &str) -> Result<T>
    where
        T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        self.maybe(sql, args)
            .await?
            .ok_or_else(|| Error::not_found(format!("This {what} is not in the book any more.")))
    }

    /// The first column of a row that every run of the statement yields, such as a count.
    pub async fn scalar<T>(&mut self, sql: &'static Sql, args: Vec<Value>) -> Result<T>
    where
        T: for<'r> sqlx::Decode<'r, Sqlite> + sqlx::Type<Sqlite> + Send + Unpin,
    {
        self.flush().await?;
        let row = sqlx::query_with(sql.text, bind(args)?)
            .fetch_one(self.connection())
            .await
            .map_err(|error| at(sql, error))?;
        row.try_get(0).map_err(|error| at(sql, error))
    }

    /// Whether the engine understands the statement; nothing is run.
    pub async fn prepare(&mut self, sql: &'static Sql) -> Result<()> {
        use sqlx::{Executor as _, SqlStr};
        self.connection().prepare(SqlStr::from_static(sql.text)).await.map(drop).map_err(|error| at(sql, error))
    }

    pub(super) async fn execute(&mut self, sql: &'static Sql, args: Vec<Value>) -> Result<u64> {
        self.flush().await?;
        let done =
            sqlx::query_with(sql.text, bind(args)?).execute(self.connection()).await.map_err(|error| at(sql, error))?;
        Ok(done.rows_affected())
    }
}

pub(super) fn bind(values: Vec<Value>) -> Result<SqliteArguments> {
    let mut args = SqliteArguments::default();
    bind_into(&mut args, values)?;
    Ok(args)
}

pub(super) fn bind_into(args: &mut SqliteArguments, values: Vec<Value>) -> Result<()> {
    for value in values {
        match value {
            Value::Null => args.add(None::<i64>),
            Value::Int(v) => args.add(v),
            Value::Real(v) => args.add(v),
            Value::Bool(v) => args.add(v),
            Value::Text(v) => args.add(v),
            Value::Id(v) => args.add(v),
        }
        .map_err(|error| Error::internal(format!("A value could not be bound: {error}")))?;
    }
    Ok(())
}

pub(super) fn at(sql: &'static Sql, error: sqlx::Error) -> Error {
    let mut error = super::database_error(error);
    if error.code == crate::Code::Internal {
        error.message = format!("{} ({})", error.message, sql.name);
    }
    error
}
