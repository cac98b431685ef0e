//! Every statement that the areas run, and the values they bind.

use uuid::Uuid;

use crate::ids;
use crate::time::Millis;

/// One SQL statement of an area, in the subset that SQLite and PostgreSQL share, with `$1` placeholders.
///
/// Only [`statements!`](crate::statements) makes one, so that [`all`] knows them all and a test can prepare each on
/// both engines.
#[derive(Debug)]
pub struct Sql {
    pub file: &'static str,
    pub name: &'static str,
    pub text: &'static str,
}

#[doc(hidden)]
#[allow(unsafe_code, reason = "linkme places the static in a section of its own")]
#[linkme::distributed_slice]
pub static STATEMENTS: [Sql];

/// Every statement of every area, in no order.
pub fn all() -> &'static [Sql] {
    &STATEMENTS
}

/// Declares statements beside the functions that run them: `statements! { NAME = "SELECT …"; }`.
#[macro_export]
macro_rules! statements {
    ($($(#[$meta:meta])* $name:ident = $text:expr;)*) => {$(
        $(#[$meta])*
        #[allow(unsafe_code, reason = "linkme places the static in a section of its own")]
        #[linkme::distributed_slice($crate::store::sql::STATEMENTS)]
        static $name: $crate::store::Sql =
            $crate::store::Sql { file: file!(), name: stringify!($name), text: $text };
    )*};
}

/// A value to bind, whatever the engine.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Int(i64),
    Real(f64),
    Bool(bool),
    Text(String),
    Id(Uuid),
}

/// The values of one statement, in the order of its placeholders: `args![id, "words"]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::Value::from($value)),*] };
}

macro_rules! values {
    ($($from:ty => |$v:ident| $to:expr),* $(,)?) => {$(
        impl From<$from> for Value {
            fn from($v: $from) -> Self { $to }
        }
    )*};
}

values!(
    i64 => |v| Value::Int(v),
    i32 => |v| Value::Int(v.into()),
    u32 => |v| Value::Int(v.into()),
    u16 => |v| Value::Int(v.into()),
    u8 => |v| Value::Int(v.into()),
    f64 => |v| Value::Real(v),
    bool => |v| Value::Bool(v),
    String => |v| Value::Text(v),
    &String => |v| Value::Text(v.clone()),
    &str => |v| Value::Text(v.to_owned()),
    Millis => |v| Value::Int(v.0),
    Uuid => |v| Value::Id(v),
);

macro_rules! id_values {
    ($($id:ident),* $(,)?) => {$(
        impl From<ids::$id> for Value {
            fn from(id: ids::$id) -> Self { Value::Id(id.0) }
        }
    )*};
}

ids::all_ids!(id_values);

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

/// A closed set of words: the same in SQL, Rust and over IPC.
#[macro_export]
macro_rules! words {
    ($($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
            specta::Type, sqlx::Type,
        )]
        #[sqlx(type_name = "text")]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] #[sqlx(rename = $word)] $variant),* }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }

        impl From<$name> for $crate::store::Value {
            fn from(word: $name) -> Self { Self::Text(word.as_str().to_owned()) }
        }
    )*};
}
