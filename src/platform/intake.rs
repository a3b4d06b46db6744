//! Where files come from: a drop, an input, the API, the sample.

use std::rc::Rc;

use futures::StreamExt;
use js_sys::{Array, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, File};

use super::{
    Inner,
    given::Given,
    pool::make_file,
    running::{Running, Stage},
    time::Breath,
    walk::Root,
};
use crate::{
    model::{
        note::Note,
        path::is_shadow,
        problem::{Problem, ProblemKind},
        question::FileId,
    },
    protocol::failure::Failure,
    state::load::Waiting,
};

/// Files that are handed on together.
const HANDFUL: usize = 256;
/// Files of the sample that are handed on together.
const SAMPLE_HANDFUL: usize = 16;

/// What is to be taken in.
pub enum Source {
    /// What a drop holds: folders and files, and files that the browser shows no folders of.
    Dropped {
        /// To be walked.
        roots: Vec<Root>,
        /// To be taken as they are.
        files: Vec<File>,
    },
    /// Files, with their paths where those are known.
    Files(Vec<(Option<String>, File)>),
    /// The sample organisation's logs.
    Sample {
        /// Another seed is another week.
        seed: u64,
        /// About so many.
        events: u64,
    },
    /// Files that were given before, to be read once more.
    Again(Vec<FileId>),
    /// Nothing new: what the engine forgot is read again.
    Forgotten,
}

impl Source {
    /// All that a drop holds. Must be called while the drop's event lasts.
    pub fn of_drop(data: &DataTransfer) -> Source {
        let (mut roots, mut files) = (Vec::new(), Vec::new());
        let items = data.items();
        for at in 0..items.length() {
            let Some(item) = items.get(at).filter(|it| it.kind() == "file") else { continue };
            match Root::of(&item) {
                Some(root) => roots.push(root),
                None => files.extend(item.get_as_file().ok().flatten()),
            }
        }
        Source::Dropped { roots, files }
    }

    /// What it is called while it waits.
    pub(super) fn waiting(&self) -> Waiting {
        match self {
            Source::Dropped { roots, files } => Waiting {
                names: roots.iter().map(Root::name).collect(),
                files: roots.is_empty().then_some(files.len() as u64),
            },
            Source::Files(files) => {
                let path =
                    files.first().map(|(path, file)| path.clone().unwrap_or_else(|| path_of(file)));
                let folder = path.as_deref().and_then(|it| it.split_once('/'));
                Waiting {
                    names: folder.map(|it| it.0.to_owned()).into_iter().collect(),
                    files: Some(files.len() as u64),
                }
            },
            Source::Again(files) => Waiting { names: Vec::new(), files: Some(files.len() as u64) },
            Source::Sample { .. } | Source::Forgotten => Waiting::default(),
        }
    }

    pub(super) fn stage(&self) -> Stage {
        match self {
            Source::Dropped { .. } | Source::Files(_) => Stage::Walking,
            Source::Sample { .. } => Stage::Sampling,
            Source::Again(_) | Source::Forgotten => Stage::Reading,
        }
    }
}

/// The files of an input or of any other list.
pub(super) fn files_of(list: &Array) -> Vec<File> {
    list.iter().filter_map(|it| it.dyn_into().ok()).collect()
}

/// The path inside the folder that was picked, or the bare name.
fn path_of(file: &File) -> String {
    let path = Reflect::get(file, &"webkitRelativePath".into()).ok().and_then(|it| it.as_string());
    path.filter(|it| !it.is_empty()).unwrap_or_else(|| file.name())
}

impl Inner {
    /// Finds all files of a source and puts them in line; reading begins with the first.
    pub(super) async fn take_in(
        self: &Rc<Inner>,
        running: &Rc<Running>,
        source: Source,
    ) -> Result<(), Failure> {
        match source {
            Source::Dropped { roots, files } => {
                running.explores.set(true);
                let files = files.into_iter().map(|it| (None, it)).collect();
                self.take_list(running, files).await;
                self.walk(running, roots).await;
            },
            Source::Files(files) => {
                // An input gives a folder whole.
                let is_folder =
                    files.first().is_some_and(|it| it.0.is_none() && path_of(&it.1).contains('/'));
                running.explores.set(is_folder);
                self.take_list(running, files).await;
            },
            Source::Sample { seed, events } => {
                return self.take_sample(running, seed, events).await;
            },
            Source::Again(given) => {
                let files = self.given_again(&given);
                self.note(Note { again: given, ..Note::default() });
                self.add_files(running, files);
            },
            Source::Forgotten => (),
        }
        Ok(())
    }

    async fn take_list(
        self: &Rc<Inner>,
        running: &Rc<Running>,
        files: Vec<(Option<String>, File)>,
    ) {
        let mut breath = Breath::new();
        let mut some = Vec::new();
        for (path, file) in files {
            let path = path.unwrap_or_else(|| path_of(&file));
            if is_shadow(&path) {
                continue;
            }
            // The first look at a file's size makes the browser go to the disk.
            some.push(Given::whole(path, file));
            if some.len() >= HANDFUL {
                self.add_files(running, std::mem::take(&mut some));
            }
            if breath.is_due() {
                breath.take().await;
                if !self.is_current(running) {
                    return;
                }
            }
        }
        self.add_files(running, some);
    }

    async fn take_sample(
        self: &Rc<Inner>,
        running: &Rc<Running>,
        seed: u64,
        events: u64,
    ) -> Result<(), Failure> {
        if !self.readers_up(|| !running.is_stopped()).await {
            if running.is_stopped() {
                return Ok(());
            }
            return Err(Failure::Engine { message: "no reader could be started".to_owned() });
        }
        let mut made = self.make_sample(seed, events);
        let mut some = Vec::new();
        while let Some((path, bytes)) = made.next().await {
            if !self.is_current(running) || running.is_stopped() {
                break;
            }
            some.extend(make_file(&path, &bytes).map(|it| Given::whole(path, it)));
            if some.len() >= SAMPLE_HANDFUL {
                self.add_files(running, std::mem::take(&mut some));
            }
        }
        if self.is_current(running) {
            self.add_files(running, some);
        }
        Ok(())
    }

    /// Takes what a walk found.
    pub(super) fn take_found(self: &Rc<Inner>, running: &Rc<Running>, files: Vec<(String, File)>) {
        if self.is_current(running) {
            let whole = |(path, file)| Given::whole(path, file);
            self.add_files(running, files.into_iter().map(whole).collect());
        }
    }

    /// Notes a folder, or so many files, that the browser does not show.
    pub(super) fn not_shown(self: &Rc<Inner>, path: &str, reason: &str, files: u64) {
        let message = format!(
            "The browser could not open it ({reason}). Check that it may be read, and drop it again."
        );
        let problem = Problem::new(path, ProblemKind::Unreadable, message);
        self.note(Note { withheld: files, problems: vec![problem], ..Note::default() });
    }
}
