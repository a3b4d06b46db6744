//! The page's state without a page: what an act shows in the address, what a view asks, and that
//! a newer question takes the place of the one before.

#![expect(clippy::unwrap_used, reason = "a test may stop here")]

use std::{
    cell::{Cell, RefCell},
    future::Future,
    rc::Rc,
};

use any_spawner::Executor;
use futures::future::LocalBoxFuture;
use leptos::{
    ev::{DragEvent, Event},
    prelude::*,
};
use trailglass::{
    client::{Client, Transport},
    model::{
        cut::Cut,
        field::Field,
        integrity::report::ChainReport,
        path::PathFilter,
        question::{EventKey, FileId, Look, Page, Place, Selection},
        repeat::{Repeat, Repeats},
        time::TimeRange,
        view::{Tab, View},
    },
    protocol::{
        BUILD, CallId, DataStatus, FromEngine, Reply, Request, ToEngine, failure::Failure,
        reading::RecordForm,
    },
    state::{
        App, Preferences,
        chain::Chain,
        command::{Command, HistoryMode},
        host::{ExportForm, Host, Record},
        load::Load,
        questions::{KEY_COLUMNS, Questions},
        screen::Screen,
    },
};

/// An engine that answers only when it is told to.
#[derive(Clone, Default)]
struct Held {
    posted: Rc<RefCell<Vec<ToEngine>>>,
}

impl Transport for Held {
    fn post(&self, bytes: Vec<u8>) {
        self.posted.borrow_mut().push(postcard::from_bytes(&bytes).unwrap());
    }
}

impl Held {
    fn take(&self) -> Vec<ToEngine> {
        std::mem::take(&mut *self.posted.borrow_mut())
    }

    /// The looks that were asked for since last time, by their filter's text of Debug.
    fn looks(&self) -> Vec<(CallId, String)> {
        let look = |it| match it {
            ToEngine::Ask { id, request: Request::LookQuery(look) } => {
                Some((id, format!("{:?}", look.selection.filter)))
            },
            _ => None,
        };
        self.take().into_iter().filter_map(look).collect()
    }
}

/// A browser that notes what it is shown.
#[derive(Default)]
struct Notes {
    addresses: RefCell<Vec<(String, HistoryMode)>>,
    kept: Cell<Option<Preferences>>,
}

impl Host for Notes {
    fn open_dropped(&self, _event: &DragEvent) {}
    fn keep_mutes(&self, _print: &str) {}
    fn focus(&self, _element_id: &str) {}
    fn open_input(&self, _event: &Event) {}
    fn open_sample(&self) {}
    fn pause_load(&self, _pause: bool) {}
    fn ask_what_to_read(&self) {}
    fn read_chosen(&self, _filter: PathFilter) {}
    fn close_choice(&self) {}
    fn read_again(&self, _paths: &[String]) {}
    fn cancel_load(&self) {}
    fn close(&self) {}
    fn restart_engine(&self) {}
    fn record(
        &self,
        place: Place,
        _form: RecordForm,
    ) -> LocalBoxFuture<'static, Result<Record, Failure>> {
        let text = format!("{}", place.byte);
        Box::pin(async move { Ok(Record { path: "a.json".to_owned(), text, problem: None }) })
    }
    fn export(
        &self,
        _selection: Selection,
        _form: ExportForm,
    ) -> LocalBoxFuture<'static, Result<u64, Failure>> {
        Box::pin(async { Ok(7) })
    }
    fn check_chain(&self) -> LocalBoxFuture<'static, Result<ChainReport, Failure>> {
        Box::pin(async { Ok(ChainReport::default()) })
    }
    fn save_text(&self, _name: &str, _media_type: &str, _text: String) {}
    fn save_picture(&self, _name: &str, _svg: String, _wide: f64, _tall: f64) {}
    fn copy_text(&self, _text: &str) {}
    fn show_in_url(&self, print: &str, history: HistoryMode) {
        self.addresses.borrow_mut().push((print.to_owned(), history));
    }
    fn keep_preferences(&self, preferences: Preferences) {
        self.kept.set(Some(preferences));
    }
    fn now_millis(&self) -> f64 {
        0.0
    }
    fn reload(&self) {}
    fn reveal(&self, _element_id: &str) {}
}

/// A page with an engine that listens and a browser that notes.
struct Stage {
    app: App,
    screen: Screen,
    client: Client,
    held: Held,
    notes: Rc<Notes>,
}

impl Stage {
    fn new(view: View) -> Stage {
        let client = Client::new();
        let held = Held::default();
        client.connect(held.clone());
        client
            .receive(&postcard::to_stdvec(&FromEngine::Ready { build: BUILD.to_owned() }).unwrap());
        let notes = Rc::new(Notes::default());
        let host: Rc<dyn Host> = Rc::<Notes>::clone(&notes);
        let app = App::new(client.clone(), host, view, Preferences::default());
        Stage { app, screen: Screen::new(), client, held, notes }
    }

    fn holds(&self, generation: u64, events: u64) {
        self.app.data.set(DataStatus { generation, events, ..DataStatus::default() });
    }

    fn answer(&self, id: CallId, reply: Reply) {
        let message = FromEngine::Answer { id, result: Ok(reply) };
        self.client.receive(&postcard::to_stdvec(&message).unwrap());
    }

    fn addresses(&self) -> Vec<(String, HistoryMode)> {
        std::mem::take(&mut *self.notes.addresses.borrow_mut())
    }
}

fn look(total: u64) -> Reply {
    Reply::LookQuery(Look {
        generation: 1,
        total,
        loaded: 10,
        histogram: Default::default(),
        facets: vec![],
        page: Page::default(),
    })
}

/// Runs a story where signals, effects and futures work as in a page.
fn on_stage<F: Future<Output = ()>>(view: View, story: impl FnOnce(Rc<Stage>) -> F) {
    Executor::init_tokio().ok();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, async {
        let owner = Owner::new();
        owner.set();
        story(Rc::new(Stage::new(view))).await;
        drop(owner);
    });
}

async fn settle() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
        Executor::tick().await;
    }
}

#[test]
fn a_newer_question_takes_the_place_of_the_one_before() {
    on_stage(View::default(), |stage| async move {
        let asked = Questions::new(stage.app, stage.screen);
        settle().await;
        assert!(stage.held.take().is_empty(), "nothing is asked of no data");
        stage.holds(1, 10);
        settle().await;
        let first = stage.held.looks();
        assert_eq!(first.len(), 1);
        stage.answer(first[0].0, look(10));
        settle().await;
        assert_eq!(asked.look.with(|it| it.total), Some(10));

        stage.app.send(Command::TypeFilter("a".to_owned()));
        settle().await;
        stage.app.send(Command::TypeFilter("ab".to_owned()));
        settle().await;
        let posted = stage.held.take();
        let asks: Vec<CallId> = posted
            .iter()
            .filter_map(|it| match it {
                ToEngine::Ask { id, request: Request::LookQuery(_) } => Some(*id),
                _ => None,
            })
            .collect();
        assert_eq!(asks.len(), 2);
        assert!(posted.contains(&ToEngine::Cancel { id: asks[0] }), "the older one is taken back");
        assert!(asked.look.waiting.get_untracked());
        assert_eq!(asked.look.with(|it| it.total), Some(10), "the old answer stays meanwhile");

        stage.answer(asks[0], look(1));
        settle().await;
        assert_eq!(asked.look.with(|it| it.total), Some(10), "a late stale answer is dropped");
        stage.answer(asks[1], look(2));
        settle().await;
        assert_eq!(asked.look.with(|it| it.total), Some(2));
        assert!(!asked.look.waiting.get_untracked());
    });
}

#[test]
fn a_filter_that_is_none_leaves_the_last_good_one_in_force() {
    on_stage(View { filter: "eventName:A".to_owned(), ..View::default() }, |stage| async move {
        let asked = Questions::new(stage.app, stage.screen);
        stage.holds(1, 10);
        settle().await;
        let good = asked.selection.get_untracked();
        assert_eq!(stage.held.looks().len(), 1);
        stage.app.send(Command::TypeFilter("eventName:".to_owned()));
        settle().await;
        assert!(stage.held.looks().is_empty(), "the same is not asked again");
        assert_eq!(asked.selection.get_untracked(), good);
        let error = asked.filter_error.get_untracked().unwrap();
        assert!(error.start <= error.end && error.end <= "eventName:".len());
        stage.app.send(Command::TypeFilter("eventName:B".to_owned()));
        settle().await;
        assert_eq!(stage.held.looks().len(), 1);
        assert_eq!(asked.filter_error.get_untracked(), None);
    });
}

#[test]
fn what_was_loaded_is_drawn_where_files_are_shown_and_no_load_runs() {
    on_stage(View::default(), |stage| async move {
        Questions::new(stage.app, stage.screen);
        let editions = || {
            let edition = |it| match it {
                ToEngine::Ask { request: Request::CoverageQuery(ask), .. } => Some(ask.edition),
                _ => None,
            };
            stage.held.take().into_iter().filter_map(edition).collect::<Vec<u64>>()
        };
        stage.holds(3, 10);
        settle().await;
        assert_eq!(editions(), [0; 0], "another part of the page is open");
        stage.app.load.set(Load::Sampling);
        stage.app.send(Command::Show(Tab::Files));
        settle().await;
        assert_eq!(editions(), [0; 0], "the load need not wait for it");
        stage.app.load.set(Load::Idle);
        settle().await;
        assert_eq!(editions().len(), 1);
        stage.app.check_chain();
        settle().await;
        assert!(matches!(stage.app.chain.get_untracked(), Chain::Done(_)));
        assert_eq!(editions().len(), 1, "a check tells more of the time");
    });
}

#[test]
fn a_pair_of_files_is_opened_step_by_step() {
    on_stage(View::default(), |stage| async move {
        let asked = Questions::new(stage.app, stage.screen).repeats;
        let calls = || {
            let call = |it| match it {
                ToEngine::Ask { request: Request::FilePairsQuery(ask), .. } => {
                    Some(format!("pairs from {}", ask.offset))
                },
                ToEngine::Ask { id, request: Request::RepeatsQuery(ask) } => {
                    let repeat = Repeat {
                        time_millis: None,
                        event_name: String::new(),
                        key: EventKey::default(),
                        differs: true,
                        first_byte: 12,
                        second_byte: 70,
                    };
                    let found = Repeats { total: 1, repeats: vec![repeat] };
                    stage.answer(id, Reply::RepeatsQuery(found));
                    Some(format!("{}:{} from {}", ask.first.0, ask.second.0, ask.offset))
                },
                _ => None,
            };
            stage.held.take().into_iter().filter_map(call).collect::<Vec<String>>()
        };
        stage.holds(1, 10);
        asked.pair.set(Some(((FileId(3), FileId(7)), 0)));
        settle().await;
        assert_eq!(calls(), [""; 0], "another part of the page is open");
        stage.app.send(Command::Show(Tab::Files));
        settle().await;
        assert_eq!(calls(), ["pairs from 0", "3:7 from 0"]);
        settle().await;
        let event = asked.events.with(|it| it.repeats[0].clone());
        asked.event.set(event);
        settle().await;
        let texts = asked.records.with(|(first, second)| [first.text.clone(), second.text.clone()]);
        assert_eq!(texts, Some(["12".to_owned(), "70".to_owned()]));
        stage.holds(2, 20);
        settle().await;
        assert_eq!(calls().len(), 2, "more came in");
    });
}

#[test]
fn while_files_come_in_who_looks_is_told_of_what_is_unusual_so_far() {
    on_stage(View { tab: Tab::Insights, ..View::default() }, |stage| async move {
        Questions::new(stage.app, stage.screen);
        let generations = || {
            let generation = |it| match it {
                ToEngine::Ask { request: Request::InsightsQuery(ask), .. } => Some(ask.generation),
                _ => None,
            };
            stage.held.take().into_iter().filter_map(generation).collect::<Vec<u64>>()
        };
        stage.app.load.set(Load::Sampling);
        stage.holds(1, 10);
        settle().await;
        assert_eq!(generations(), [1]);
        stage.holds(2, 19);
        settle().await;
        assert_eq!(generations(), [0; 0], "a load must not wait for it");
        stage.holds(3, 20);
        settle().await;
        assert_eq!(generations(), [3], "twice as many events are asked of again");
        stage.app.send(Command::Show(Tab::Events));
        stage.holds(4, 400);
        settle().await;
        assert_eq!(generations(), [0; 0], "nobody looks");
        stage.app.load.set(Load::Idle);
        settle().await;
        assert_eq!(generations(), [4]);
        stage.app.send(Command::Cut(Cut { tenths: 0, ..Cut::default() }));
        settle().await;
        assert_eq!(generations(), [0; 0], "what is listed is cut on this side");
    });
}

#[test]
fn a_check_that_was_stopped_says_nothing() {
    on_stage(View::default(), |stage| async move {
        stage.app.check_chain();
        assert!(stage.app.chain.get_untracked().is_running());
        stage.app.forget_chain();
        settle().await;
        assert_eq!(stage.app.chain.get_untracked(), Chain::None);
        assert_eq!((stage.app.fetching.get_untracked(), stage.app.checks.get_untracked()), (0, 0));
    });
}

#[test]
fn a_view_asks_for_what_it_shows() {
    let range = Some(TimeRange::between(0, 1000));
    let view = View { tab: Tab::Groups, range, group: vec![Field::Verb], ..View::default() };
    on_stage(view, |stage| async move {
        Questions::new(stage.app, stage.screen);
        stage.holds(3, 10);
        settle().await;
        let posted = stage.held.take();
        let asked: Vec<&Request> = posted
            .iter()
            .map(|it| match it {
                ToEngine::Ask { request, .. } => request,
                ToEngine::Cancel { .. } | ToEngine::Announce(_) => {
                    panic!("only questions are asked")
                },
            })
            .collect();
        let [
            Request::LookQuery(look),
            Request::GroupQuery(group),
            Request::InsightsQuery(insights),
        ] = asked[..]
        else {
            panic!("{asked:?}");
        };
        assert_eq!((look.generation, look.selection.range, look.histogram.span), (3, range, range));
        assert_eq!(look.page.columns[look.page.columns.len() - 2..], KEY_COLUMNS);
        assert_eq!((group.by.as_slice(), group.selection.range), (&[Field::Verb][..], range));
        assert_eq!(
            insights.selection,
            Selection::default(),
            "what is unusual is so in the whole log"
        );

        // Newer data is a new question; so is scrolling past the page of rows.
        stage.holds(4, 20);
        settle().await;
        assert_eq!(stage.held.take().len(), 6, "three taken back, three asked");
        stage.screen.top_row.set(1.0);
        settle().await;
        assert!(stage.held.take().is_empty());
        stage.screen.top_row.set(500.0);
        settle().await;
        assert_eq!(stage.held.looks().len(), 1);
    });
}

#[test]
fn an_event_is_found_by_its_name_and_read_from_its_file() {
    let key = EventKey { account: "1".to_owned(), event_id: "a".to_owned() };
    let view = View { event: Some(key.clone()), ..View::default() };
    on_stage(view, |stage| async move {
        let asked = Questions::new(stage.app, stage.screen);
        stage.holds(1, 10);
        settle().await;
        let find = stage.held.take().into_iter().find_map(|it| match it {
            ToEngine::Ask { id, request: Request::FindQuery(find) } => Some((id, find.key)),
            _ => None,
        });
        let (id, wanted) = find.unwrap();
        assert_eq!(wanted, key);
        assert!(stage.app.fetching.get_untracked() > 0);
        stage.answer(id, Reply::FindQuery(trailglass::model::question::Found { id: Some(5) }));
        settle().await;
        let place = stage.held.take().into_iter().find_map(|it| match it {
            ToEngine::Ask { id, request: Request::PlaceQuery(place) } => Some((id, place.id)),
            _ => None,
        });
        let (id, row) = place.unwrap();
        assert_eq!(row, 5);
        stage.answer(id, Reply::PlaceQuery(Place { file: FileId(0), byte: 42, key }));
        settle().await;
        assert_eq!(asked.record.with(|it| it.text.clone()).as_deref(), Some("42"));
        assert_eq!(stage.app.fetching.get_untracked(), 0);
        stage.app.send(Command::Open(None));
        settle().await;
        assert_eq!(asked.record.with(|it| it.text.clone()), None);
    });
}

#[test]
fn committed_acts_are_steps_of_the_history_and_typing_is_one_with_its_enter() {
    on_stage(View::default(), |stage| async move {
        let app = stage.app;
        let push = |filter: &str| {
            (View { filter: filter.to_owned(), ..View::default() }.print(), HistoryMode::Push)
        };
        let replace = |filter: &str| (push(filter).0, HistoryMode::Replace);
        app.send(Command::TypeFilter("a".to_owned()));
        app.send(Command::TypeFilter("ab".to_owned()));
        assert_eq!(stage.addresses(), [replace("a"), replace("ab")]);
        app.send(Command::Filter("ab".to_owned()));
        assert_eq!(stage.addresses(), [replace(""), push("ab")]);
        app.send(Command::Filter("ab".to_owned()));
        assert_eq!(stage.addresses(), [], "what changes nothing is no step");

        // A click after typing that nobody committed: two steps.
        app.send(Command::TypeFilter("abc".to_owned()));
        stage.addresses();
        app.send(Command::Filter("d".to_owned()));
        assert_eq!(stage.addresses(), [replace("ab"), push("abc"), push("d")]);

        // Back in between ends the typing.
        app.send(Command::TypeFilter("e".to_owned()));
        app.view.set(View::default());
        stage.addresses();
        app.send(Command::Filter("f".to_owned()));
        assert_eq!(stage.addresses(), [push("f")]);
    });
}

#[test]
fn scrolling_and_widths_are_in_the_address_and_are_no_steps() {
    on_stage(View::default(), |stage| async move {
        let app = stage.app;
        Questions::new(app, stage.screen);
        stage.holds(1, 10);
        settle().await;
        stage.held.take();
        app.scrolled_to(1200);
        app.scrolled_to(1200);
        let row = |row| View { row, ..View::default() };
        assert_eq!(stage.addresses(), [(row(1200).print(), HistoryMode::Rest)]);
        settle().await;
        assert!(stage.held.take().is_empty(), "nothing is asked for a row of the address");

        app.send(Command::Width(Field::EventName, 300));
        let wide = View { widths: [(Field::EventName, 300)].into(), ..row(1200) };
        assert_eq!(stage.addresses(), [(wide.print(), HistoryMode::Replace)]);
        assert_eq!(View::parse(&wide.print()), wide);

        // Other rows are shown from their beginning; the step before keeps its place.
        app.send(Command::Filter("outcome:denied".to_owned()));
        let denied = View { filter: "outcome:denied".to_owned(), row: 0, ..wide };
        assert_eq!(stage.addresses(), [(denied.print(), HistoryMode::Push)]);
    });
}

#[test]
fn what_is_chosen_is_kept_and_an_export_tells_its_end() {
    on_stage(View::default(), |stage| async move {
        stage.app.prefer(|it| it.theme = trailglass::state::Theme::Dark);
        assert_eq!(stage.notes.kept.get(), Some(stage.app.preferences.get_untracked()));
        stage.app.export(Selection::default(), ExportForm::Csv);
        assert_eq!(stage.app.fetching.get_untracked(), 1);
        settle().await;
        assert_eq!(stage.app.export.get_untracked(), trailglass::state::Export::Done(7));
        assert_eq!(stage.app.fetching.get_untracked(), 0);
    });
}
