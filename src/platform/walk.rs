//! Folders that were dropped: every file in them, at any depth.

use std::rc::Rc;

use futures::{StreamExt, stream::FuturesUnordered};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};

use super::{Inner, link::words, load::Running, time::Breath};

/// Folders that are listed at the same time: each answer of the browser takes a millisecond.
const AT_ONCE: usize = 16;

/// What one folder holds.
#[derive(Default)]
struct Listing {
    folders: Vec<FileSystemEntry>,
    files: Vec<(String, File)>,
    /// Paths that could not be opened, and why.
    closed: Vec<(String, String)>,
}

impl Inner {
    /// Walks all roots, in slices; files are handed on as they are found.
    pub(super) async fn walk(self: &Rc<Inner>, running: &Rc<Running>, roots: Vec<FileSystemEntry>) {
        let (mut folders, files): (Vec<_>, Vec<_>) = roots.into_iter().partition(FileSystemEntry::is_directory);
        // The first folder that was dropped is read first.
        folders.reverse();
        let mut breath = Breath::new();
        let mut under_way = FuturesUnordered::new();
        let mut first = Listing::default();
        open_files(files, &mut first).await;
        let mut found = Some(first);
        loop {
            if let Some(listing) = found.take() {
                for (path, reason) in &listing.closed {
                    self.not_shown(path, reason);
                }
                self.take_found(running, listing.files);
                folders.extend(listing.folders.into_iter().rev());
            }
            if !self.is_current(running) || running.is_stopped() {
                return;
            }
            while under_way.len() < AT_ONCE && let Some(folder) = folders.pop() {
                under_way.push(list(folder));
            }
            found = under_way.next().await;
            if found.is_none() {
                return;
            }
            if breath.is_due() {
                breath.take().await;
            }
        }
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
                let (folders, files): (Vec<FileSystemEntry>, Vec<_>) = portion
                    .iter()
                    .map(|it| it.unchecked_into::<FileSystemEntry>())
                    .partition(FileSystemEntry::is_directory);
                listing.folders.extend(folders);
                open_files(files, &mut listing).await;
            },
            Err(error) => {
                listing.closed.push((path(&folder), words(&error)));
                return listing;
            },
        }
    }
}

/// Gets the files behind entries, all at once.
async fn open_files(entries: Vec<FileSystemEntry>, listing: &mut Listing) {
    if entries.is_empty() {
        return;
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
    let Ok(settled) = JsFuture::from(Promise::all_settled(&promises)).await else { return };
    for (entry, settled) in entries.iter().zip(settled.unchecked_into::<Array>().iter()) {
        let part = |name: &str| Reflect::get(&settled, &name.into()).unwrap_or_default();
        match part("value").dyn_into::<File>() {
            Ok(file) => listing.files.push((path(entry), file)),
            Err(_) => listing.closed.push((path(entry), words(&part("reason")))),
        }
    }
}

fn path(entry: &FileSystemEntry) -> String {
    entry.full_path().trim_start_matches('/').to_owned()
}
