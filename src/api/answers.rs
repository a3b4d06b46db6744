//! Answers as plain objects: times as ISO 8601, what is missing as null, never NaN.

use js_sys::{Array, Object, Reflect};
use serde::Serialize;
use wasm_bindgen::JsValue;

use super::{arguments::GROUP_FIGURES, error::Error};
use crate::{
    model::{
        cell::Cell,
        field::{Field, Kind},
        question::{Facet, Group, Histogram, Page},
        report::Report,
        time,
    },
    state::load::Progress,
};

/// Objects, arrays, numbers, null; no `Map`.
pub(super) fn to_js(value: &impl Serialize) -> Result<JsValue, Error> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|error| Error::internal(error.to_string()))
}

/// A plain object with these properties.
pub(super) fn object<const N: usize>(properties: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &name.into(), &value).ok();
    }
    object.into()
}

/// Counts are far below 2^53.
pub(super) fn number(count: u64) -> JsValue {
    JsValue::from_f64(count as f64)
}

fn strings<'a>(list: impl IntoIterator<Item = &'a str>) -> JsValue {
    list.into_iter().map(JsValue::from_str).collect::<Array>().into()
}

fn moment(millis: Option<i64>) -> JsValue {
    millis.map_or(JsValue::NULL, |it| time::iso(it).into())
}

pub(super) fn page(page: &Page) -> JsValue {
    let columns = &page.columns;
    let row = |row: &Vec<Cell>| -> JsValue {
        columns.iter().zip(row).map(|(field, it)| cell(*field, it)).collect::<Array>().into()
    };
    object([
        ("total", number(page.total)),
        ("columns", strings(columns.iter().map(|it| it.name()))),
        ("rows", page.rows.iter().map(row).collect::<Array>().into()),
        ("ids", page.ids.iter().map(|it| JsValue::from(*it)).collect::<Array>().into()),
    ])
}

fn cell(field: Field, cell: &Cell) -> JsValue {
    match (cell, field.kind()) {
        (Cell::Missing, _) => JsValue::NULL,
        (Cell::Text(it), Kind::Bool) if it == "true" => JsValue::TRUE,
        (Cell::Text(it), Kind::Bool) if it == "false" => JsValue::FALSE,
        (Cell::Text(it), _) => it.into(),
        (Cell::Bool(it), _) => (*it).into(),
        (Cell::Number(it), _) if it.is_finite() => (*it).into(),
        (Cell::Number(_), _) => JsValue::NULL,
        (Cell::Time(it), _) => time::iso(*it).into(),
        (Cell::List(it), _) => strings(it.iter().map(String::as_str)),
    }
}

pub(super) fn facet(facet: &Facet) -> JsValue {
    let values = facet.values.iter();
    let values =
        values.map(|it| object([("value", (&it.value).into()), ("count", number(it.count))]));
    object([
        ("total", number(facet.total)),
        ("distinct", number(facet.distinct)),
        ("missing", number(facet.missing)),
        ("values", values.collect::<Array>().into()),
    ])
}

pub(super) fn group(group: &Group) -> JsValue {
    let columns = group.by.iter().map(|it| it.name()).chain(GROUP_FIGURES.iter().map(|it| it.0));
    let rows = group.rows.iter().map(|row| -> JsValue {
        let by = row.by.iter().map(|it| it.as_ref().map_or(JsValue::NULL, JsValue::from));
        let share = if row.error_share.is_finite() { row.error_share } else { 0.0 };
        let figures = [
            number(row.count),
            number(row.principals),
            moment(row.first_millis),
            moment(row.last_millis),
            share.into(),
        ];
        by.chain(figures).collect::<Array>().into()
    });
    object([
        ("total", number(group.total)),
        ("columns", strings(columns)),
        ("rows", rows.collect::<Array>().into()),
    ])
}

pub(super) fn histogram(histogram: &Histogram) -> JsValue {
    let series = histogram.series.iter().map(|it| {
        let counts = it.counts.iter().map(|it| number(*it)).collect::<Array>();
        let value = it.value.as_ref().map_or(JsValue::NULL, JsValue::from);
        object([("value", value), ("counts", counts.into())])
    });
    object([
        ("start", time::iso(histogram.start_millis).into()),
        ("step", (histogram.step_millis as f64 / 1000.0).into()),
        ("series", series.collect::<Array>().into()),
    ])
}

pub(super) fn progress(progress: &Progress) -> JsValue {
    object([
        ("filesDone", number(progress.files_done)),
        ("filesTotal", number(progress.files_total)),
        ("bytesDone", number(progress.bytes_done)),
        ("bytesTotal", number(progress.bytes_total)),
        ("events", number(progress.events)),
    ])
}

pub(super) fn report(report: &Report) -> JsValue {
    let Report { files, events, bytes, .. } = report;
    let range = report.time_range.map(|range| {
        // The span is half-open; people are told the newest event's own time.
        object([
            ("from", time::iso(range.start_millis).into()),
            ("to", time::iso(range.end_millis - 1).into()),
        ])
    });
    let problems = report.problems.iter().map(|it| {
        let problem = object([
            ("path", (&it.path).into()),
            ("kind", it.kind.as_str().into()),
            ("message", (&it.message).into()),
        ]);
        let more = [("record", it.record.map(f64::from)), ("byte", it.byte.map(|it| it as f64))];
        for (name, value) in more {
            if let Some(value) = value {
                Reflect::set(&problem, &name.into(), &value.into()).ok();
            }
        }
        problem
    });
    object([
        (
            "files",
            object([
                ("found", number(files.found)),
                ("read", number(files.read)),
                ("skipped", number(files.skipped)),
                ("failed", number(files.failed)),
            ]),
        ),
        (
            "events",
            object([
                ("read", number(events.read)),
                ("kept", number(events.kept)),
                ("duplicates", number(events.duplicates)),
                ("rejected", number(events.rejected)),
            ]),
        ),
        ("bytes", object([("compressed", number(bytes.compressed)), ("json", number(bytes.json))])),
        ("timeRange", range.unwrap_or(JsValue::NULL)),
        ("elapsedMs", report.elapsed_millis.into()),
        ("memoryBytes", number(report.memory_bytes)),
        ("problems", problems.collect::<Array>().into()),
    ])
}
