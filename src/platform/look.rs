//! A look into archives before they are read, so that a person can choose from what is in them.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use futures::{StreamExt, channel::oneshot, stream};
use js_sys::Array;

use super::{
    Inner,
    deal::inside,
    given::Given,
    running::{Running, Stage},
};
use crate::{
    model::{member::Member, path::PathFacts, question::FileId, survey::Survey},
    protocol::reading::ToReader,
    state::load::Looking,
};

/// Any file of so many bytes is looked at; a smaller one only where its name promises more, since
/// little can be chosen from it. When it is read names count for nothing.
const LARGE_BYTES: u64 = 1 << 20;
const ARCHIVES: [&str; 8] =
    [".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.zst", ".tzst"];

/// What readers were asked to look into.
#[derive(Default)]
pub(super) struct Looks {
    asked: RefCell<BTreeMap<u32, Asked>>,
}

struct Asked {
    reader: usize,
    path: String,
    running: Rc<Running>,
    survey: Survey,
    answer: oneshot::Sender<Survey>,
}

impl Looks {
    pub(super) fn owed(&self, reader: usize) -> usize {
        self.asked.borrow().values().filter(|it| it.reader == reader).count()
    }

    /// Whatever these readers owed will not come, or is not waited for; whether that was anything.
    pub(super) fn give_up(&self, are_theirs: impl Fn(usize) -> bool) -> bool {
        let mut asked = self.asked.borrow_mut();
        let before = asked.len();
        asked.retain(|_, it| !are_theirs(it.reader));
        asked.len() < before
    }

    pub(super) fn seen(&self, request: u32, members: Vec<Member>) {
        let mut asked = self.asked.borrow_mut();
        let Some(asked) = asked.get_mut(&request) else { return };
        asked.running.looking.update(|it| Looking { files: it.files + members.len() as u64, ..it });
        for it in members {
            let path = inside(&asked.path, &it.path);
            asked.survey.add(&path, it.end.saturating_sub(it.start), it.coding);
        }
    }

    pub(super) fn done(&self, request: u32) {
        let asked = self.asked.borrow_mut().remove(&request);
        if let Some(asked) = asked {
            asked.answer.send(asked.survey).ok();
        }
    }
}

fn may_hold_files(file: &Given) -> bool {
    let ends = |end: &&str| {
        let at = file.path.len().saturating_sub(end.len());
        file.path.get(at..).is_some_and(|it| it.eq_ignore_ascii_case(end))
    };
    let is_named = ARCHIVES.iter().any(ends);
    let is_large = file.bytes >= LARGE_BYTES && !PathFacts::of(&file.path).names_all();
    file.members == 0 && (is_named || is_large)
}

impl Inner {
    /// Has all archives that wait told apart by what is in them.
    pub(super) async fn look_into_archives(self: &Rc<Inner>, running: &Rc<Running>) {
        let waiting = self.load.schedule.borrow().waiting();
        let mut archives = Vec::new();
        self.each_given(&waiting, |file, it| {
            if may_hold_files(it) && !running.inside.borrow().contains_key(&file) {
                archives.push(file);
            }
        });
        if archives.is_empty() || !self.readers_up(|| self.is_asked(running)).await {
            return;
        }
        let stage = running.stage.replace(Stage::Looking);
        running.looking.set(Looking { of: archives.len() as u64, ..Looking::default() });
        self.tell(running);
        let mut looks = stream::iter(archives)
            .map(|file| async move { (file, self.look_into(running, file).await) })
            .buffer_unordered(self.readers().max(1));
        while let Some((file, survey)) = looks.next().await {
            running.looking.update(|it| Looking { done: it.done + 1, ..it });
            let Some(survey) = survey.filter(|it| it.all.files > 0) else { continue };
            let mut whole = None;
            self.each_given(&[file], |_, it| whole = Some(it.estimate()));
            let expected = running.expected.get().without(whole.unwrap_or_default());
            running.expected.set(expected.and(survey.all));
            running.inside.borrow_mut().insert(file, survey);
        }
        running.stage.set(stage);
    }

    /// Whether a person is to be asked, and can be.
    fn is_asked(&self, running: &Running) -> bool {
        let can_be =
            self.is_current(running) && !self.pool.broken.get() && !self.engine.failed.get();
        can_be && running.held.get().is_some() && !running.is_stopped()
    }

    /// Nobody is asked any more.
    pub(super) fn look_no_more(&self) {
        if self.pool.looks.give_up(|_| true) {
            self.pool.tell_all(&ToReader::LookNoMore);
        }
    }

    /// What is in one file; nothing where it is no archive, or where no more is wanted.
    async fn look_into(&self, running: &Rc<Running>, file: FileId) -> Option<Survey> {
        if !self.is_asked(running) {
            return None;
        }
        let (to_read, blob) = {
            let given = self.load.files.borrow();
            let given = given.get(file.0 as usize)?;
            (given.to_read(file), given.blob()?)
        };
        let (request, reader) = (self.pool.request(), self.pool.idlest());
        let (answer, answered) = oneshot::channel();
        let (path, running) = (to_read.path.clone(), Rc::clone(running));
        let asked = Asked { reader, path, running, survey: Survey::default(), answer };
        self.pool.looks.asked.borrow_mut().insert(request, asked);
        let order = ToReader::Look { request, file: to_read };
        let posted = self.pool.post(reader, &order, &Array::of1(&blob));
        if !posted {
            self.pool.looks.give_up(|it| it == reader);
        }
        answered.await.ok()
    }
}
