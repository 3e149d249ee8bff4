//! Adding, changing and removing a record are the same for every table, so they are written once.

use crate::{
    Call, Fault,
    table::Nothing,
    typed::{tidied, tidy},
};
use register::{Kept, Record};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use std::marker::PhantomData;
use ts_rs::TS;

/// A record of which the page gives only what there is to say: `Partial<…>` there.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Given<R>(pub R);

/// Which record.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct One<I> {
    /// Its id.
    pub id: I,
}

/// New values for some fields of a record.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields, bound = "")]
pub struct Change<R: TS + 'static> {
    /// Its id.
    #[ts(type = "number")]
    pub id: i64,
    /// Field → value.
    pub changes: Changes<R>,
}

/// Field → value, checked against `R` when it is laid over a record.
#[derive(Debug)]
pub struct Changes<R>(pub serde_json::Map<String, serde_json::Value>, PhantomData<R>);

impl<'de, R> Deserialize<'de> for Changes<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Changes(Deserialize::deserialize(deserializer)?, PhantomData))
    }
}

macro_rules! partial {
    ($($name:ident),*) => { $(
        impl<R: TS + 'static> TS for $name<R> {
            type WithoutGenerics = $name<ts_rs::Dummy>;
            type OptionInnerType = Self;
            fn name(settings: &ts_rs::Config) -> String { format!("Partial<{}>", R::name(settings)) }
            fn inline(settings: &ts_rs::Config) -> String { Self::name(settings) }
            fn visit_dependencies(visitor: &mut impl ts_rs::TypeVisitor) { visitor.visit::<R>(); }
            fn visit_generics(visitor: &mut impl ts_rs::TypeVisitor) { visitor.visit::<R>(); }
        }
    )* };
}
partial!(Given, Changes);

pub(crate) fn all<R: Record>(call: &Call<'_>, _: Nothing) -> Result<Vec<Kept<R>>, Fault> {
    call.read(|reading| reading.all::<R>())
}

pub(crate) fn add<R: Record + DeserializeOwned>(call: &Call<'_>, record: Given<R>) -> Result<R::Id, Fault> {
    let record = tidied(&record.0)?;
    call.write(|writing| writing.add(&record))
}

pub(crate) fn change<R: Record + PartialEq>(
    call: &Call<'_>,
    mut change: Change<R>,
) -> Result<Nothing, Fault> {
    tidy::<R>(&mut change.changes.0)?;
    call.write(|writing| writing.change::<R>(change.id.into(), &change.changes.0))?;
    Ok(Nothing {})
}

pub(crate) fn remove<R: Record>(call: &Call<'_>, one: One<R::Id>) -> Result<Nothing, Fault> {
    call.write(|writing| writing.remove::<R>(one.id))?;
    Ok(Nothing {})
}

/// As [`add`], for what each person has one best of.
pub(crate) fn add_best<R: Record>(call: &Call<'_>, record: Given<R>) -> Result<R::Id, Fault> {
    let record = tidied(&record.0)?;
    call.write(|writing| {
        let id = writing.add(&record)?;
        writing.only_best::<R>(id)?;
        Ok(id)
    })
}

/// As [`change`], for what each person has one best of.
pub(crate) fn change_best<R: Record + PartialEq>(
    call: &Call<'_>,
    mut change: Change<R>,
) -> Result<Nothing, Fault> {
    tidy::<R>(&mut change.changes.0)?;
    call.write(|writing| {
        writing.change::<R>(change.id.into(), &change.changes.0)?;
        writing.only_best::<R>(change.id.into())
    })?;
    Ok(Nothing {})
}
