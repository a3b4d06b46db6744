//! Everything that passes between the page, the engine and the readers, declared once.
//!
//! The macro `calls!` is the list of questions: from it come the wire enums, the typed [`Call`], and the
//! trait [`Service`] that the engine implements. A new line without an engine method does not
//! compile. Both ends come out of one build, so there are no versions; a worker of another build
//! is told by its [`FromEngine::Ready`].

pub mod task;
pub mod failure;
pub mod reading;

use serde::{Deserialize, Serialize};

use crate::model::{
    coverage::{CoverageMap, CoverageQuery},
    insight::{InsightsQuery, InsightsReport},
    note::Note,
    question::{
        Count, CountQuery, Facet, FacetQuery, FileId, FindQuery, Found, Group, GroupQuery,
        Histogram, HistogramQuery, Look, LookQuery, Page, PageQuery, Place, PlaceQuery, Places,
        PlacesQuery,
    },
    repeat::{FilePairs, FilePairsQuery, Repeats, RepeatsQuery},
    report::Report,
    time::TimeRange,
};
use failure::Failure;
use task::Task;

/// A question with a typed answer.
pub trait Call: Sized {
    type Answer;
    /// What a person is told was being done.
    const NAME: &'static str;
    fn into_request(self) -> Request;
    fn from_reply(reply: Reply) -> Option<Self::Answer>;
}

macro_rules! calls {
    ($( $(#[$doc:meta])* fn $method:ident($ask:ident) -> $answer:ident; )*) => {
        /// A question on its way.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum Request { $( $(#[$doc])* $ask($ask) ),* }

        /// An answer on its way back.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum Reply { $( #[doc = "The answer to the question of the same line."] $ask($answer) ),* }

        /// What a server of this protocol must be able to do. Each method starts a piece of work;
        /// long work goes in steps, so that the inbox can be read between them.
        pub trait Service: Sized {
            $( $(#[$doc])* fn $method(&mut self, ask: $ask) -> Task<Self, $answer>; )*
        }

        /// Starts the work that a question asks for.
        pub fn dispatch<S: Service + 'static>(service: &mut S, request: Request) -> Task<S, Reply> {
            match request {
                $( Request::$ask(ask) => service.$method(ask).map(Reply::$ask), )*
            }
        }

        $( impl Call for $ask {
            type Answer = $answer;
            const NAME: &'static str = stringify!($method);
            fn into_request(self) -> Request { Request::$ask(self) }
            fn from_reply(reply: Reply) -> Option<$answer> {
                match reply { Reply::$ask(it) => Some(it), _ => None }
            }
        } )*
    };
}

calls! {
    /// Answers a whole screen from one state of the data.
    fn look(LookQuery) -> Look;
    /// Counts the events that match.
    fn count(CountQuery) -> Count;
    /// Counts events over time.
    fn histogram(HistogramQuery) -> Histogram;
    /// Counts the values of a field.
    fn facet(FacetQuery) -> Facet;
    /// Shows a window of the rows.
    fn page(PageQuery) -> Page;
    /// Counts by one or two fields.
    fn group(GroupQuery) -> Group;
    /// Finds what is unusual.
    fn insights(InsightsQuery) -> InsightsReport;
    /// Draws what was loaded, by account, region and time, and where there are holes.
    fn coverage(CoverageQuery) -> CoverageMap;
    /// Tells where an event lies.
    fn place(PlaceQuery) -> Place;
    /// Tells where all matching events lie.
    fn places(PlacesQuery) -> Places;
    /// Counts events that came more than once, by the two files that hold them.
    fn file_pairs(FilePairsQuery) -> FilePairs;
    /// Lists the events that two files share.
    fn repeats(RepeatsQuery) -> Repeats;
    /// Finds an event by its lasting name.
    fn find(FindQuery) -> Found;
    /// Tells what was loaded so far.
    fn report(ReportQuery) -> Report;
    /// Notes files that no reader will bring, and why.
    fn note(Note) -> Done;
    /// Takes in what digest files say of the time that they cover.
    fn digests(Digests) -> Done;
    /// Makes all that arrived visible at once: nothing more comes for now.
    fn settle(Settle) -> DataStatus;
    /// Ends the worker, where the build allows it: a test watches it come back.
    fn trap(Trap) -> Done;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportQuery;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settle;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done;

/// Paths of files that will be read: file `first + n` has the path `paths[n]`. From now on they
/// count as found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announce {
    pub first: FileId,
    pub paths: Vec<String>,
    /// About how many events they hold, before duplicates are dropped.
    pub events: u64,
}

/// What a reader found out about digests, a [`DigestCoverage`](crate::model::coverage::DigestCoverage):
/// the page passes it on as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digests {
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

/// What the engine holds; sent with each batch that it took in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DataStatus {
    /// Which state of the data questions are answered from. Moves at most twice a second while
    /// files arrive, and once more at the end.
    pub generation: u64,
    /// Events in that state.
    pub events: u64,
    /// From the oldest to the newest of them.
    pub range: Option<TimeRange>,
    pub memory_bytes: u64,
    /// No more events fit; what is there stays usable.
    pub full: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CallId(pub u32);

/// From the page to the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToEngine {
    Ask {
        id: CallId,
        request: Request,
    },
    /// No question, so that it waits behind none: what readers bring waits for it.
    Announce(Announce),
    /// The answer is no longer wanted.
    Cancel {
        id: CallId,
    },
}

/// From the engine to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromEngine {
    /// The engine answers from now on. Sent once, first.
    Ready {
        build: String,
    },
    Answer {
        id: CallId,
        result: Result<Reply, Failure>,
    },
    /// A long answer is on its way.
    Progress {
        id: CallId,
        done: u64,
        of: u64,
    },
    /// A reader's group of files is in the table.
    Merged {
        group: u32,
        /// Those of its files that are archives: their members come as files of their own.
        archives: Vec<FileId>,
        status: DataStatus,
    },
}

/// The build that both ends must share; a worker out of a stale cache has another.
pub const BUILD: &str = env!("CARGO_PKG_VERSION");
