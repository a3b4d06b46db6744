//! Files of which another reading stands.
//!
//! A file that lacks something, since it was left out, failed or broke off, is replaced by the
//! newest file of its path that a reader had: it counts once, and what was wrong with it is over. It
//! does not matter in which order the two come in.

use std::collections::{BTreeSet, HashMap};

use crate::model::question::FileId;

use super::tally::{Fate, Tally};

/// Files of which another reading stands.
#[derive(Default)]
pub(crate) struct Replaced {
    files: BTreeSet<FileId>,
}

/// The newest files of a path that lacks.
#[derive(Clone, Copy, Default)]
struct Newest {
    /// That nothing is known of but that it was found.
    unread: Option<usize>,
    /// That a reader had.
    read: Option<usize>,
    archive: Option<usize>,
}

impl Replaced {
    pub(crate) fn of(paths: &[String], tally: &Tally) -> Replaced {
        let files = || paths.iter().enumerate().map(|(at, path)| (at, path.as_str()));
        let mut newest: HashMap<&str, Newest> = files()
            .filter(|it| tally.fate(it.0).lacks())
            .map(|(_, path)| (path, Newest::default()))
            .collect();
        if newest.is_empty() {
            return Replaced::default();
        }
        for (at, path) in files() {
            let Some(of_path) = newest.get_mut(path) else { continue };
            let fate = tally.fate(at);
            let slot = match fate {
                _ if fate.is_unread() => &mut of_path.unread,
                _ if fate.is_archive() => &mut of_path.archive,
                _ => &mut of_path.read,
            };
            *slot = Some(at);
        }
        let id = |at: usize| FileId(u32::try_from(at).unwrap_or(u32::MAX));
        let is_replaced = |at: usize, path: &str| {
            let of_path = newest.get(path).copied().unwrap_or_default();
            match tally.fate(at) {
                Fate::TornArchive => of_path.archive > Some(at),
                // A bare name may be another file's too: then both failures are to be seen.
                Fate::Failed => {
                    of_path.read.max(of_path.archive) > Some(at)
                        && (path.contains('/') || tally.again.contains(&id(at)))
                },
                fate if fate.is_unread() => {
                    of_path.read.or(of_path.archive).or(of_path.unread) != Some(at)
                },
                _ => false,
            }
        };
        let files = files().filter(|it| is_replaced(it.0, it.1)).map(|it| id(it.0)).collect();
        Replaced { files }
    }

    pub(crate) fn has(&self, file: FileId) -> bool {
        self.files.contains(&file)
    }

    /// All of them.
    pub(crate) fn files(&self) -> impl Iterator<Item = FileId> {
        self.files.iter().copied()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
