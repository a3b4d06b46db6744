//! Which questions a view asks. Each is a memo: the same view over the same data asks nothing new.

use leptos::prelude::*;

use super::{
    App,
    ask::{Asked, Dated, ask, ask_dated, follow},
    host::Record,
    incidents::{Listing, list},
    repeats::RepeatQuestions,
    screen::{FACET_LIMIT, GROUP_PAGE, PAGE_ROWS, Screen, page_offset},
};
use crate::{
    model::{
        coverage::{CoverageMap, CoverageQuery},
        cut::Cut,
        field::{DEFAULT_COLUMNS, Field},
        filter::{Filter, FilterError},
        insight::{InsightsQuery, InsightsReport},
        question::{
            EventKey, Facet, FacetQuery, FindQuery, Group, GroupQuery, HistogramShape, Look,
            LookQuery, PageShape, PlaceQuery, Selection,
        },
        view::{Tab, View},
    },
    protocol::{failure::Failure, reading::RecordForm},
};

/// Bars of the histogram, at most.
const BUCKETS: u32 = 120;

/// How surprising an incident must be to be asked for: all that a person can ask for with the
/// slider, so that moving it asks nothing.
const LEAST_SURPRISE: f64 = Cut::MOST as f64 / 10.0;

/// What the page has asked. A handle: copies share everything.
#[derive(Clone, Copy)]
pub struct Questions {
    /// What is selected: by the last filter that was one.
    pub selection: Memo<Selection>,
    /// Why the filter, as it stands, is none.
    pub filter_error: Memo<Option<FilterError>>,
    /// Everything on the screen, from one state of the data.
    pub look: Asked<Look>,
    /// The groups, while their part of the page is open.
    pub groups: Asked<Group>,
    /// What is unusual.
    pub insights: Asked<InsightsReport>,
    /// What is listed of it.
    pub listing: Memo<Listing>,
    /// What was loaded, while the part of the page with the files is open.
    pub coverage: Asked<CoverageMap>,
    /// Events that came more than once, while the part of the page with the files is open.
    pub repeats: RepeatQuestions,
    /// The record of the event that is open.
    pub record: Asked<Record>,
}

impl Questions {
    /// Begins to ask.
    pub fn new(app: App, screen: Screen) -> Questions {
        let parsed = Memo::new(move |_| app.view.with(|it| Filter::parse(&it.filter)));
        let selection = selection(app, parsed);
        // In the order in which they are asked.
        let look = ask(app.client(), look_question(app, screen, selection));
        let groups = ask_dated(app.client(), group_question(app, screen, selection));
        let insights = ask(app.client(), insights_question(app));
        Questions {
            selection,
            filter_error: Memo::new(move |_| parsed.with(|it| it.as_ref().err().cloned())),
            look,
            groups,
            insights,
            listing: listing(app, insights),
            coverage: ask(app.client(), coverage_question(app, screen)),
            repeats: RepeatQuestions::new(app),
            record: opened_record(app, screen),
        }
    }
}

/// The columns of the table.
pub fn columns(view: &View) -> &[Field] {
    if view.columns.is_empty() { DEFAULT_COLUMNS } else { &view.columns }
}

/// The fields that events are grouped by.
pub fn grouped_by(view: &View) -> Vec<Field> {
    let by: Vec<Field> = view.group.iter().copied().take(2).collect();
    if by.is_empty() { vec![Field::Principal] } else { by }
}

/// What is asked for as each row's lasting name, past the columns that are shown.
pub const KEY_COLUMNS: [Field; 2] = [Field::RecipientAccountId, Field::EventId];

type Parsed = Memo<Result<Filter, FilterError>>;

/// A filter that is none leaves the last good one in force.
fn selection(app: App, parsed: Parsed) -> Memo<Selection> {
    let filter = Memo::new(move |before: Option<&Filter>| {
        parsed.with(|it| it.clone().ok()).or_else(|| before.cloned()).unwrap_or_default()
    });
    Memo::new(move |_| Selection { filter: filter.get(), range: app.view.with(|it| it.range) })
}

/// The state of the data, once there is any.
pub(super) fn generation(app: App) -> Option<u64> {
    app.data.with(|it| (it.events > 0).then_some(it.generation))
}

fn look_question(app: App, screen: Screen, selection: Memo<Selection>) -> Memo<Option<LookQuery>> {
    let offset = Memo::new(move |_| page_offset(screen.top_row.get()));
    Memo::new(move |_| {
        let generation = generation(app)?;
        let selection = selection.get();
        let (sort, mut columns) = app.view.with(|it| (it.sort.clone(), columns(it).to_vec()));
        columns.extend(KEY_COLUMNS);
        let limits = screen.facet_limits.get();
        let limit = |field| limits.get(&field).copied().unwrap_or(FACET_LIMIT);
        let facets = screen.open_facets.get().into_iter().map(|it| (it, limit(it))).collect();
        Some(LookQuery {
            histogram: HistogramShape {
                buckets: BUCKETS,
                split: Some(Field::Outcome),
                span: selection.range,
            },
            facets,
            page: PageShape { sort, offset: offset.get(), limit: PAGE_ROWS, columns },
            selection,
            generation,
        })
    })
}

fn group_question(
    app: App,
    screen: Screen,
    selection: Memo<Selection>,
) -> Memo<Option<Dated<GroupQuery>>> {
    Memo::new(move |_| {
        let generation = generation(app)?;
        let (by, sort) = app
            .view
            .with(|it| (it.tab == Tab::Groups).then(|| (grouped_by(it), it.group_sort.clone())))?;
        let call = GroupQuery {
            selection: selection.get(),
            by,
            sort,
            offset: screen.group_offset.get(),
            limit: GROUP_PAGE,
        };
        Some(Dated { generation, call })
    })
}

/// Asked of the whole log, whatever is selected, once it has arrived. While files come in, each
/// time that there are twice as many events, and only of who looks: a load must not wait for it.
fn insights_question(app: App) -> Memo<Option<InsightsQuery>> {
    let is_shown = Memo::new(move |_| app.view.with(|it| it.tab == Tab::Insights));
    let stage = Memo::new(move |before: Option<&Option<(u64, u64)>>| {
        let (generation, events) = (generation(app)?, app.data.with(|it| it.events));
        let before = before.copied().flatten();
        let is_due = before.is_none_or(|(_, asked)| events >= 2 * asked);
        let is_running = app.load.with(super::load::Load::is_running);
        if is_running && !(is_shown.get() && is_due) { before } else { Some((generation, events)) }
    });
    Memo::new(move |_| {
        let (generation, _) = stage.get()?;
        Some(InsightsQuery {
            selection: Selection::default(),
            threshold: LEAST_SURPRISE,
            generation,
        })
    })
}

/// Cut here, so that a slider need not wait for the engine.
fn listing(app: App, insights: Asked<InsightsReport>) -> Memo<Listing> {
    let found = Memo::new(move |_| insights.with(|it| it.incidents.clone()).unwrap_or_default());
    Memo::new(move |_| {
        let cut = app.view.with(|it| it.cut.clone());
        app.mutes.with(|mutes| found.with(|found| list(found, &cut, mutes)))
    })
}

/// Asked when all files are in: a load must not wait for a picture of itself.
fn coverage_question(app: App, screen: Screen) -> Memo<Option<CoverageQuery>> {
    Memo::new(move |before: Option<&Option<CoverageQuery>>| {
        let generation = generation(app)?;
        let range = app.view.with(|it| (it.tab == Tab::Files).then_some(it.range))?;
        if app.load.with(super::load::Load::is_running) {
            return before.cloned().flatten();
        }
        // Files without events move no generation.
        let found = app.report.with(|it| it.files.found);
        let edition = generation + found + u64::from(app.checks.get());
        Some(CoverageQuery { range, offset: screen.coverage_offset.get(), edition })
    })
}

/// The values of one facet that hold a text.
pub fn facet_search(
    app: App,
    selection: Memo<Selection>,
    field: Field,
    containing: Signal<String>,
) -> Asked<Facet> {
    let question = Memo::new(move |_| {
        let generation = generation(app)?;
        let containing = containing.get();
        let call = FacetQuery { selection: selection.get(), field, limit: 50, containing };
        (!call.containing.is_empty()).then_some(Dated { generation, call })
    });
    ask_dated(app.client(), question)
}

/// From the lasting name of an event to its record: its row, its place, its file.
fn opened_record(app: App, screen: Screen) -> Asked<Record> {
    let wanted = Memo::new(move |_| {
        generation(app)?;
        let key = app.view.with(|it| it.event.clone())?;
        let row = screen.opened.get().filter(|(opened, _)| *opened == key).map(|(_, id)| id);
        // A name out of an address is looked for when all files are in.
        let settled = !app.load.with(super::load::Load::is_running);
        (row.is_some() || settled).then_some((key, row))
    });
    follow(wanted, move |wanted| fetch_record(app, wanted))
}

async fn fetch_record(app: App, (key, row): (EventKey, Option<u32>)) -> Result<Record, Failure> {
    let _counted = Counted::new(app);
    let client = app.client();
    // A row known from a click may be of data that is gone: then its place has another name.
    let known = match row {
        Some(id) => client.call(PlaceQuery { id }).await.ok().filter(|it| it.key == key),
        None => None,
    };
    let place = match known {
        Some(place) => place,
        None => {
            let found = client.call(FindQuery { key: key.clone() }).await?.id;
            let Some(id) = found else { return Err(Failure::NotFound { what: key.event_id }) };
            client.call(PlaceQuery { id }).await?
        },
    };
    app.host().record(place, RecordForm::Verbatim).await
}

/// Counts as under way while it lives, also when it is dropped half way.
pub(super) struct Counted(App);

impl Counted {
    pub(super) fn new(app: App) -> Counted {
        app.fetching.update(|it| *it += 1);
        Counted(app)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetching.try_update(|it| *it = it.saturating_sub(1));
    }
}
