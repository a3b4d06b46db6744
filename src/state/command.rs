//! What a person can do to the view. Buttons, keys, links and the API send commands;
//! [`apply`] is the only writer.

use crate::model::{
    cut::Cut,
    field::Field,
    filter::edit,
    question::{EventKey, GroupColumn, Sort},
    time::TimeRange,
    view::{Tab, View},
};

/// One act.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The filter, as committed by Enter or a click.
    Filter(String),
    /// The filter while it is being typed.
    TypeFilter(String),
    /// Only this value, then not it, then neither; `None` is "has no value".
    CycleValue {
        /// The field whose value was clicked.
        field: Field,
        /// The value.
        value: Option<String>,
    },
    /// Only this value, whatever was before.
    OnlyValue {
        /// The field of the value.
        field: Field,
        /// The value.
        value: Option<String>,
    },
    /// Not this value.
    WithoutValue {
        /// The field of the value.
        field: Field,
        /// The value.
        value: Option<String>,
    },
    /// The span that is looked at; `None` is all time.
    Zoom(Option<TimeRange>),
    /// The filter and the span at once, as an incident or a group sets them; shows the events.
    Focus {
        /// The whole filter.
        filter: String,
        /// The span.
        range: Option<TimeRange>,
        /// The incident that it came from.
        incident: Option<String>,
    },
    /// One incident unfolded, or none any more.
    Unfold(Option<String>),
    /// Which incidents are listed.
    Cut(Cut),
    /// Another part of the page.
    Show(Tab),
    /// One event, or none any more.
    Open(Option<EventKey>),
    /// Counts by one or two fields.
    GroupBy(Vec<Field>),
    /// The order of the groups; descending if true.
    SortGroups(GroupColumn, bool),
    /// The order of the events.
    SortRows(Vec<Sort>),
    /// The columns of the events.
    Columns(Vec<Field>),
    /// The width of a column in pixels, when its edge is let go.
    Width(Field, u32),
    /// Everything as at the start.
    Reset,
}

/// Whether an act is a step that Back undoes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryMode {
    /// A new entry.
    Push,
    /// The entry that is there is changed.
    Replace,
    /// As [`HistoryMode::Replace`], once nothing new was shown for a moment: scrolling writes
    /// faster than browsers let an address be written.
    Rest,
}

impl Command {
    /// Committed acts are steps of the browser's history; typing, sorting, widths and what is
    /// listed are not.
    pub fn history(&self) -> HistoryMode {
        match self {
            Command::TypeFilter(_)
            | Command::SortGroups(..)
            | Command::SortRows(_)
            | Command::Columns(_)
            | Command::Cut(_)
            | Command::Width(..) => HistoryMode::Replace,
            _ => HistoryMode::Push,
        }
    }
}

/// The view after an act.
pub fn apply(view: &View, command: Command) -> View {
    let mut next = view.clone();
    match command {
        Command::Filter(text) | Command::TypeFilter(text) => next.filter = text,
        Command::CycleValue { field, value } => {
            next.filter = edit::cycle(&view.filter, field, value.as_deref());
        },
        Command::OnlyValue { field, value } => {
            next.filter = edit::only(&view.filter, field, value.as_deref());
        },
        Command::WithoutValue { field, value } => {
            next.filter = edit::without(&view.filter, field, value.as_deref());
        },
        Command::Zoom(range) => next.range = range,
        Command::Focus { filter, range, incident } => {
            next.filter = filter;
            next.range = range;
            next.incident = incident;
            next.tab = Tab::Events;
        },
        Command::Unfold(incident) => next.incident = incident,
        Command::Cut(cut) => next.cut = cut,
        Command::Show(tab) => next.tab = tab,
        Command::Open(event) => next.event = event,
        Command::GroupBy(by) => {
            next.tab = Tab::Groups;
            next.group = by;
            next.group_sort = Vec::new();
        },
        Command::SortGroups(column, descending) => next.group_sort = vec![(column, descending)],
        Command::SortRows(sort) => next.sort = sort,
        Command::Columns(columns) => next.columns = columns,
        Command::Width(field, px) => {
            next.widths.insert(field, px);
        },
        Command::Reset => next = View::default(),
    }
    if !same_rows(view, &next) {
        next.row = 0;
    }
    next
}

/// Whether two views show the same rows in the same order, wherever they are scrolled to.
pub fn same_rows(one: &View, other: &View) -> bool {
    (&one.filter, one.range, &one.sort) == (&other.filter, other.range, &other.sort)
}
