//! The book's engine: the only area that names a database.

use crate::error::{Code, Error};

pub(crate) fn database_error(error: sqlx::Error) -> Error {
    Error::new(Code::Internal, error.to_string())
}
