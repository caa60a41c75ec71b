//! How optional columns become optional words of ours.
//!
//! Diesel asks each field for a conversion from what the column holds; for a column that may be null the
//! type in between must be ours, because neither `Option` nor the domain's types are.

use diesel::{
    deserialize::{FromStaticSqlRow, Queryable, Result},
    sql_types::{BigInt, Binary, Nullable, Text},
};
use domain::{
    Id, Invalid, Time,
    listings::{Category, Urgency},
    quantity::{Amount, Unit},
    templates::Recurs,
};

macro_rules! maybe {
    ($(#[$meta:meta])* $name:ident, $sql:ty, $rust:ty) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $name(Option<$rust>);

        impl<DB> Queryable<Nullable<$sql>, DB> for $name
        where
            DB: diesel::backend::Backend,
            Option<$rust>: FromStaticSqlRow<Nullable<$sql>, DB>,
        {
            type Row = Option<$rust>;

            fn build(row: Self::Row) -> Result<Self> {
                Ok(Self(row))
            }
        }
    };
}

maybe!(
    /// An id or nothing.
    MaybeId, Binary, Vec<u8>
);
maybe!(
    /// A number or nothing: a moment or an amount.
    MaybeNumber, BigInt, i64
);
maybe!(
    /// A word or nothing.
    MaybeWord, Text, String
);

impl<T> TryFrom<MaybeId> for Option<Id<T>> {
    type Error = Invalid;

    fn try_from(column: MaybeId) -> std::result::Result<Self, Invalid> {
        column.0.map(Id::try_from).transpose()
    }
}

impl From<MaybeNumber> for Option<Time> {
    fn from(column: MaybeNumber) -> Self {
        column.0.map(Time::from)
    }
}

impl TryFrom<MaybeNumber> for Option<Amount> {
    type Error = Invalid;

    fn try_from(column: MaybeNumber) -> std::result::Result<Self, Invalid> {
        column.0.map(Amount::try_from).transpose()
    }
}

macro_rules! words {
    ($($word:ty),+) => {$(
        impl TryFrom<MaybeWord> for Option<$word> {
            type Error = Invalid;

            fn try_from(column: MaybeWord) -> std::result::Result<Self, Invalid> {
                column.0.map(<$word>::try_from).transpose()
            }
        }
    )+};
}

words!(Category, Recurs, Unit, Urgency);
