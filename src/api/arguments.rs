//! What callers may say, and what they are told when they say something else.

use js_sys::{Array, Reflect};
use serde::{Deserialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;

use super::error::Error;
use crate::model::{
    field::Field,
    filter::{Filter, FilterErrorKind},
    question::{GroupColumn, Selection, Sort},
};

/// More rows than this cross in several calls.
const MOST_ROWS: f64 = 10_000.0;
const MOST_BUCKETS: f64 = 10_000.0;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct CountArgs {
    pub(super) filter: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct PageArgs {
    pub(super) filter: Option<String>,
    pub(super) sort: Option<Vec<SortArg>>,
    pub(super) offset: Option<f64>,
    pub(super) limit: Option<f64>,
    pub(super) columns: Option<Vec<String>>,
}

#[derive(Deserialize)]
pub(super) struct SortArg {
    column: String,
    #[serde(default)]
    descending: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct FacetArgs {
    pub(super) field: Option<String>,
    pub(super) filter: Option<String>,
    pub(super) limit: Option<f64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct GroupArgs {
    pub(super) by: Option<Vec<String>>,
    pub(super) filter: Option<String>,
    pub(super) sort: Option<Vec<SortArg>>,
    pub(super) limit: Option<f64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct HistogramArgs {
    pub(super) filter: Option<String>,
    pub(super) buckets: Option<f64>,
    pub(super) split: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct InsightsArgs {
    pub(super) filter: Option<String>,
    pub(super) threshold: Option<f64>,
}

/// What each part of an argument must be, in words; a part is the same wherever it stands.
const PARTS: [(&str, fn(&JsValue) -> bool, &str); 10] = [
    ("filter", JsValue::is_string, "text, such as \"eventName:Get*\""),
    ("sort", is_sort, "a list, such as [{column: \"eventTime\", descending: true}]"),
    ("columns", is_names, NAMES),
    ("by", is_names, NAMES),
    ("field", JsValue::is_string, NAME),
    ("split", JsValue::is_string, NAME),
    ("offset", is_number, "a number"),
    ("limit", is_number, "a number"),
    ("buckets", is_number, "a number"),
    ("threshold", is_number, "a number"),
];
const NAME: &str = "the name of a field, such as \"eventName\"";
const NAMES: &str = "a list of fields, such as [\"eventName\", \"awsRegion\"]";

fn is_number(value: &JsValue) -> bool {
    value.as_f64().is_some()
}

fn is_names(value: &JsValue) -> bool {
    Array::is_array(value) && Array::from(value).iter().all(|it| it.is_string())
}

fn is_sort(value: &JsValue) -> bool {
    let part = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap_or_default();
    let is_one = |it: JsValue| {
        let descending = part(&it, "descending");
        part(&it, "column").is_string()
            && (descending.is_null_or_undefined() || descending.as_bool().is_some())
    };
    Array::is_array(value) && Array::from(value).iter().all(is_one)
}

/// The one argument of a question; none at all is one that says nothing.
pub(super) fn read<T: DeserializeOwned + Default>(value: JsValue) -> Result<T, Error> {
    if value.is_undefined() || value.is_null() {
        return Ok(T::default());
    }
    if !value.is_object() || Array::is_array(&value) {
        return Err(Error::bad_argument(
            "the argument must be an object, such as {filter: \"eventName:Get*\"}",
        ));
    }
    serde_wasm_bindgen::from_value(value.clone()).map_err(|error| {
        let part = |name: &str| Reflect::get(&value, &name.into()).unwrap_or_default();
        let is_wrong = |(name, is_right, _): &&(&str, fn(&JsValue) -> bool, &str)| {
            let part = part(name);
            !part.is_null_or_undefined() && !is_right(&part)
        };
        Error::bad_argument(match PARTS.iter().find(is_wrong) {
            Some((name, _, what)) => format!("{name} must be {what}"),
            None => format!("the argument does not fit: {error}"),
        })
    })
}

/// Which events a question is about.
pub(super) fn selection(filter: Option<&str>) -> Result<Selection, Error> {
    let text = filter.unwrap_or_default();
    let filter = Filter::parse(text).map_err(|error| Error::of_filter(text, &error))?;
    Ok(Selection { filter, range: None })
}

/// A field by its name, in any capitals.
pub(super) fn field(name: &str) -> Result<Field, Error> {
    Field::parse(name).ok_or_else(|| {
        let name = name.to_owned();
        let kind = if name.contains('.') {
            FilterErrorKind::JsonPath { name }
        } else {
            let nearest = Field::nearest(&name).to_owned();
            FilterErrorKind::UnknownField { name, nearest }
        };
        Error::bad_filter(kind.to_string())
    })
}

pub(super) fn fields(names: &[String]) -> Result<Vec<Field>, Error> {
    names.iter().map(|it| field(it)).collect()
}

pub(super) fn row_sort(sort: Option<Vec<SortArg>>) -> Result<Vec<Sort>, Error> {
    let sort = sort.unwrap_or_default().into_iter();
    sort.map(|it| {
        Ok(Sort { field: field(&it.column)?, descending: it.descending.unwrap_or(false) })
    })
    .collect()
}

/// Columns of a group: the fields it is by, and its figures.
pub(super) fn group_sort(
    sort: Option<Vec<SortArg>>,
    by: &[Field],
) -> Result<Vec<(GroupColumn, bool)>, Error> {
    let column = |name: &str| {
        let figure = GROUP_FIGURES.iter().find(|(it, _)| it.eq_ignore_ascii_case(name));
        if let Some((_, column)) = figure {
            return Ok(*column);
        }
        let at = by.iter().position(|it| it.name().eq_ignore_ascii_case(name));
        let at = at.and_then(|it| u8::try_from(it).ok()).map(GroupColumn::By);
        at.ok_or_else(|| {
            let names = by.iter().map(|it| it.name()).chain(GROUP_FIGURES.iter().map(|it| it.0));
            let names = names.collect::<Vec<_>>().join(", ");
            Error::bad_argument(format!(
                "groups cannot be sorted by \"{name}\"; their columns are {names}"
            ))
        })
    };
    let sort = sort.unwrap_or_default().into_iter();
    sort.map(|it| Ok((column(&it.column)?, it.descending.unwrap_or(false)))).collect()
}

/// What is told of each group, in the order of its columns.
pub(super) const GROUP_FIGURES: [(&str, GroupColumn); 5] = [
    ("count", GroupColumn::Count),
    ("principals", GroupColumn::Principals),
    ("first", GroupColumn::First),
    ("last", GroupColumn::Last),
    ("errorShare", GroupColumn::ErrorShare),
];

/// A number of rows or values.
pub(super) fn limit(limit: Option<f64>, otherwise: u32) -> Result<u32, Error> {
    whole("limit", limit, otherwise, 0.0, MOST_ROWS)
}

pub(super) fn buckets(buckets: Option<f64>) -> Result<u32, Error> {
    whole("buckets", buckets, 60, 1.0, MOST_BUCKETS)
}

fn whole(
    name: &str,
    value: Option<f64>,
    otherwise: u32,
    least: f64,
    most: f64,
) -> Result<u32, Error> {
    match value {
        None => Ok(otherwise),
        Some(value) if value.fract() == 0.0 && (least..=most).contains(&value) => Ok(value as u32),
        Some(value) => Err(Error::bad_argument(format!(
            "{name} must be a whole number from {least} to {most}, not {value}"
        ))),
    }
}

pub(super) fn offset(offset: Option<f64>) -> Result<u64, Error> {
    match offset {
        None => Ok(0),
        Some(value) if value.fract() == 0.0 && value >= 0.0 && value < 9e15 => Ok(value as u64),
        Some(value) => {
            Err(Error::bad_argument(format!("offset must be a whole number from 0, not {value}")))
        },
    }
}

/// The number of an event, as `page` gives it.
pub(super) fn event_id(value: &JsValue) -> Result<u32, Error> {
    match value.as_f64() {
        Some(id) if id.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&id) => Ok(id as u32),
        Some(id) if id.is_finite() => Err(Error::not_found(format!("there is no event {id}"))),
        _ => Err(Error::bad_argument(
            "event takes the number of an event, one of the `ids` of a page",
        )),
    }
}
