//! Folders that were dropped: every file in them, at any depth.
//!
//! A `File` costs the page a wait for the browser's main process, and answers that lie ready are
//! handled in one go: so few files are asked for at a time, and the page stays quick.

use std::{collections::VecDeque, rc::Rc};

use futures::{FutureExt, StreamExt, stream::FuturesUnordered};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};

use super::{Inner, link::words, load::Running, time::Breath};

/// Folders that are listed at the same time: each answer of the browser takes a millisecond.
const AT_ONCE: usize = 16;
/// Files that are asked for at the same time.
const FILES_AT_ONCE: usize = 16;
/// Files that are handed on together.
const HANDFUL: usize = 128;
/// So many files known and not yet asked for are enough: folders can wait.
const ENOUGH: usize = 4_096;

/// What one folder holds.
#[derive(Default)]
struct Listing {
    folders: Vec<FileSystemEntry>,
    files: Vec<FileSystemEntry>,
    /// Paths that could not be opened, and why.
    closed: Vec<(String, String)>,
}

impl Inner {
    /// Walks all roots, in slices; files are handed on as they are found.
    pub(super) async fn walk(self: &Rc<Inner>, running: &Rc<Running>, roots: Vec<FileSystemEntry>) {
        let (mut folders, files): (Vec<_>, Vec<_>) =
            roots.into_iter().partition(FileSystemEntry::is_directory);
        // The first folder that was dropped is read first.
        folders.reverse();
        let mut files = VecDeque::from(files);
        let mut under_way = FuturesUnordered::new();
        let mut some = Vec::new();
        let mut breath = Breath::new();
        while self.is_current(running) && !running.is_stopped() {
            while under_way.len() < AT_ONCE
                && files.len() < ENOUGH
                && let Some(folder) = folders.pop()
            {
                under_way.push(list(folder));
            }
            let listing = if files.is_empty() {
                under_way.next().await
            } else {
                under_way.next().now_or_never().flatten()
            };
            if let Some(listing) = listing {
                listing.closed.iter().for_each(|(path, reason)| self.not_shown(path, reason));
                folders.extend(listing.folders.into_iter().rev());
                files.extend(listing.files);
            } else if files.is_empty() && folders.is_empty() {
                break;
            }
            let asked: Vec<_> = files.drain(..files.len().min(FILES_AT_ONCE)).collect();
            for (path, file) in open_files(&asked).await {
                match file {
                    Ok(file) => some.push((path, file)),
                    Err(reason) => self.not_shown(&path, &reason),
                }
            }
            if some.len() >= HANDFUL || (files.is_empty() && !some.is_empty()) {
                self.take_found(running, std::mem::take(&mut some));
            }
            if breath.is_due() {
                breath.take().await;
            }
        }
        self.take_found(running, some);
    }
}

/// Lists one folder: the browser gives its entries in portions, until one is empty.
async fn list(folder: FileSystemEntry) -> Listing {
    let mut listing = Listing::default();
    let reader = folder.unchecked_ref::<FileSystemDirectoryEntry>().create_reader();
    loop {
        let portion = Promise::new(&mut |resolve: Function, reject: Function| {
            if let Err(error) = reader.read_entries_with_callback_and_callback(&resolve, &reject) {
                reject.call1(&JsValue::NULL, &error).ok();
            }
        });
        match JsFuture::from(portion).await {
            Ok(portion) => {
                let portion: Array = portion.unchecked_into();
                if portion.length() == 0 {
                    return listing;
                }
                for entry in portion.iter().map(|it| it.unchecked_into::<FileSystemEntry>()) {
                    let list = if entry.is_directory() {
                        &mut listing.folders
                    } else {
                        &mut listing.files
                    };
                    list.push(entry);
                }
            },
            Err(error) => {
                listing.closed.push((path(&folder), words(&error)));
                return listing;
            },
        }
    }
}

/// The files behind entries, with their paths; or why there is none.
async fn open_files(entries: &[FileSystemEntry]) -> Vec<(String, Result<File, String>)> {
    if entries.is_empty() {
        return Vec::new();
    }
    let promises: Array = entries
        .iter()
        .map(|entry| {
            let entry: &FileSystemFileEntry = entry.unchecked_ref();
            Promise::new(&mut |resolve: Function, reject: Function| {
                entry.file_with_callback_and_callback(&resolve, &reject);
            })
        })
        .collect();
    let Ok(settled) = JsFuture::from(Promise::all_settled(&promises)).await else {
        return Vec::new();
    };
    let settled: Array = settled.unchecked_into();
    let opened = entries.iter().zip(settled.iter()).map(|(entry, settled)| {
        let part = |name: &str| Reflect::get(&settled, &name.into()).unwrap_or_default();
        let file = part("value").dyn_into::<File>().map_err(|_| words(&part("reason")));
        (path(entry), file)
    });
    opened.collect()
}

fn path(entry: &FileSystemEntry) -> String {
    entry.full_path().trim_start_matches('/').to_owned()
}
