//! The questions about what is loaded.

use js_sys::{JSON, Object};
use wasm_bindgen::JsValue;

use super::{answers, arguments as args, error::Error, function::add};
use crate::{
    model::{
        cut::Cut,
        field::DEFAULT_COLUMNS,
        insight::InsightsQuery,
        question::{
            CountQuery, FacetQuery, GroupQuery, HistogramQuery, HistogramShape, PageQuery,
            PageShape, PlaceQuery, Selection,
        },
    },
    platform::Browser,
    protocol::reading::RecordForm,
    state::insight_json,
};

const GROUPS: u32 = 1_000;

pub(super) fn offer(object: &Object, browser: &Browser) {
    add(object, browser, "count", |browser, q, _| count(browser, q));
    add(object, browser, "page", |browser, q, _| page(browser, q));
    add(object, browser, "facet", |browser, q, _| facet(browser, q));
    add(object, browser, "group", |browser, q, _| group(browser, q));
    add(object, browser, "histogram", |browser, q, _| histogram(browser, q));
    add(object, browser, "event", |browser, id, _| event(browser, id));
    add(object, browser, "insights", |browser, q, _| unusual(browser, q));
    add(object, browser, "insightSeries", |browser, id, _| insight_series(browser, id));
}

async fn count(browser: Browser, q: JsValue) -> Result<JsValue, Error> {
    let q: args::CountArgs = args::read(q)?;
    let selection = args::selection(q.filter.as_deref())?;
    let count = browser.client().call(CountQuery { selection }).await?;
    Ok(answers::number(count.events))
}

async fn page(browser: Browser, q: JsValue) -> Result<JsValue, Error> {
    let q: args::PageArgs = args::read(q)?;
    let columns = match &q.columns {
        Some(names) => args::fields(names)?,
        None => DEFAULT_COLUMNS.to_vec(),
    };
    let shape = PageShape {
        sort: args::row_sort(q.sort)?,
        offset: args::offset(q.offset)?,
        limit: args::limit(q.limit, 100)?,
        columns,
    };
    let selection = args::selection(q.filter.as_deref())?;
    let page = browser.client().call(PageQuery { selection, shape }).await?;
    Ok(answers::page(&page))
}

async fn facet(browser: Browser, q: JsValue) -> Result<JsValue, Error> {
    let q: args::FacetArgs = args::read(q)?;
    let Some(name) = q.field else {
        return Err(Error::bad_argument("facet needs a field, such as {field: \"eventName\"}"));
    };
    let query = FacetQuery {
        selection: args::selection(q.filter.as_deref())?,
        field: args::field(&name)?,
        limit: args::limit(q.limit, 10)?,
        containing: String::new(),
    };
    Ok(answers::facet(&browser.client().call(query).await?))
}

async fn group(browser: Browser, q: JsValue) -> Result<JsValue, Error> {
    let q: args::GroupArgs = args::read(q)?;
    let by = args::fields(&q.by.unwrap_or_default())?;
    if !(1..=2).contains(&by.len()) {
        return Err(Error::bad_argument(
            "group needs one or two fields, such as {by: [\"principal\", \"eventName\"]}",
        ));
    }
    let query = GroupQuery {
        selection: args::selection(q.filter.as_deref())?,
        sort: args::group_sort(q.sort, &by)?,
        by,
        offset: 0,
        limit: args::limit(q.limit, GROUPS)?,
    };
    Ok(answers::group(&browser.client().call(query).await?))
}

async fn histogram(browser: Browser, q: JsValue) -> Result<JsValue, Error> {
    let q: args::HistogramArgs = args::read(q)?;
    let split = q.split.as_deref().map(args::field).transpose()?;
    let shape = HistogramShape { buckets: args::buckets(q.buckets)?, split, span: None };
    let selection = args::selection(q.filter.as_deref())?;
    Ok(answers::histogram(&browser.client().call(HistogramQuery { selection, shape }).await?))
}

async fn event(browser: Browser, id: JsValue) -> Result<JsValue, Error> {
    let place = browser.client().call(PlaceQuery { id: args::event_id(&id)? }).await?;
    let record = browser.record(place.clone(), RecordForm::Verbatim).await?;
    let parsed = match JSON::parse(&record.text) {
        Ok(parsed) => parsed,
        // The readers take more than JSON allows: what they made of it.
        Err(_) => {
            let strict = browser.record(place, RecordForm::Lines).await?;
            JSON::parse(&strict.text).unwrap_or(JsValue::NULL)
        },
    };
    Ok(answers::object([
        ("record", parsed),
        ("text", (&record.text).into()),
        ("file", (&record.path).into()),
    ]))
}

async fn unusual(browser: Browser, q: JsValue) -> Result<JsValue, Error> {
    let q: args::InsightsArgs = args::read(q)?;
    let threshold = q.threshold.unwrap_or_else(|| Cut::default().least());
    if !threshold.is_finite() {
        return Err(Error::bad_argument("threshold must be a finite number"));
    }
    let selection = args::selection(q.filter.as_deref())?;
    let started = js_sys::Date::now();
    let query = InsightsQuery { selection, threshold, generation: 0 };
    let report = browser.client().call(query).await?;
    answers::to_js(&insight_json::report(&report, js_sys::Date::now() - started))
}

/// The counts around an incident, by its id; whatever threshold the incident was found at.
async fn insight_series(browser: Browser, id: JsValue) -> Result<JsValue, Error> {
    let Some(id) = id.as_string() else {
        return Err(Error::bad_argument("insightSeries needs the id of an incident"));
    };
    let query = InsightsQuery { selection: Selection::default(), threshold: 0.0, generation: 0 };
    let report = browser.client().call(query).await?;
    match report.incidents.iter().find(|it| it.id == id) {
        Some(incident) => answers::to_js(&insight_json::series(&incident.chart)),
        None => Err(Error::not_found(format!("there is no incident {id}"))),
    }
}
