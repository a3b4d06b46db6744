//! Events that came more than once: asked for while the part of the page with the files is open.
//! First the pairs of files, then the events of the pair that is open, then the two records of the
//! event that is open.

use futures::future::try_join;
use leptos::prelude::*;

use super::{
    App, Export,
    ask::{Asked, Dated, ask_dated, follow},
    csv,
    host::Record,
    load::Load,
    questions::{Counted, generation},
};
use crate::{
    model::{
        question::{FileId, MAX_ROWS, Place},
        repeat::{FilePair, FilePairs, FilePairsQuery, Repeat, Repeats, RepeatsQuery},
        view::Tab,
    },
    protocol::{failure::Failure, reading::RecordForm},
};

/// Pairs that are shown at once.
pub const PAIR_PAGE: u32 = 20;
/// Events of a pair that are shown at once.
pub const REPEAT_PAGE: u32 = 50;

/// A handle: copies share everything.
#[derive(Clone, Copy)]
pub struct RepeatQuestions {
    /// The first pair that is shown.
    pub offset: RwSignal<u32>,
    /// The pair that is open, and the first of its events that is shown.
    pub pair: RwSignal<Option<((FileId, FileId), u32)>>,
    /// The event of that pair that is open.
    pub event: RwSignal<Option<Repeat>>,
    /// The pairs of files that hold the same events.
    pub pairs: Asked<FilePairs>,
    /// The events of the pair that is open.
    pub events: Asked<Repeats>,
    /// The two records of the event that is open.
    pub records: Asked<(Record, Record)>,
}

impl RepeatQuestions {
    /// Begins to ask.
    pub fn new(app: App) -> RepeatQuestions {
        let (offset, pair, event) =
            (RwSignal::new(0), RwSignal::new(None), RwSignal::new(None::<Repeat>));
        let pairs = Memo::new(move |before: Option<&Option<Dated<FilePairsQuery>>>| {
            let generation = generation(app)?;
            app.view.with(|it| it.tab == Tab::Files).then_some(())?;
            if app.load.with(Load::is_running) {
                return before.cloned().flatten();
            }
            let call = FilePairsQuery { offset: u64::from(offset.get()), limit: PAIR_PAGE };
            Some(Dated { generation, call })
        });
        let events = Memo::new(move |_| {
            let generation = pairs.with(|it| it.as_ref().map(|it| it.generation))?;
            let ((first, second), offset) = pair.get()?;
            let offset = u64::from(offset);
            Some(Dated {
                generation,
                call: RepeatsQuery { first, second, offset, limit: REPEAT_PAGE },
            })
        });
        let records = Memo::new(move |_| {
            let ((first, second), _) = pair.get()?;
            let Repeat { key, first_byte, second_byte, .. } = event.get()?;
            let place = |file, byte| Place { file, byte, key: key.clone() };
            Some((place(first, first_byte), place(second, second_byte)))
        });
        let read = move |(first, second): (Place, Place)| async move {
            let _counted = Counted::new(app);
            let (host, form) = (app.host(), RecordForm::Verbatim);
            try_join(host.record(first, form), host.record(second, form)).await
        };
        RepeatQuestions {
            offset,
            pair,
            event,
            pairs: ask_dated(app.client(), pairs),
            events: ask_dated(app.client(), events),
            records: follow(records, read),
        }
    }
}

impl App {
    /// Saves all pairs of files that hold the same events, as a table.
    pub fn save_file_pairs(self) {
        leptos::task::spawn_local(async move {
            let _counted = Counted::new(self);
            match all_pairs(self).await {
                Ok(pairs) => self.host().save_text(
                    "trailglass-duplicates.csv",
                    "text/csv;charset=utf-8",
                    csv::file_pairs(&pairs),
                ),
                Err(reason) => self.export.set(Export::Failed(reason)),
            }
        });
    }
}

async fn all_pairs(app: App) -> Result<Vec<FilePair>, Failure> {
    let mut pairs = Vec::new();
    loop {
        let query = FilePairsQuery { offset: pairs.len() as u64, limit: MAX_ROWS };
        let window = app.client().call(query).await?;
        if window.pairs.is_empty() {
            return Ok(pairs);
        }
        pairs.extend(window.pairs);
    }
}
