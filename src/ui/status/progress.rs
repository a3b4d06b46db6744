//! How far the load is.

use leptos::prelude::*;

use crate::{
    state::load::{Load, Looking, Progress, Waiting},
    ui::{
        choice::amount,
        context::page,
        focus::{HOME, hand_on},
        format::{about, bytes, clock, counted, fill, grouped, plural},
        widget::button,
        words::Words,
    },
};

/// How much of the load is done, 0 to 1: by bytes, or by files where their sizes are not known.
pub(crate) fn part_done(progress: &Progress) -> f64 {
    let part = |done: u64, of: u64| if of == 0 { 0.0 } else { (done as f64 / of as f64).min(1.0) };
    if progress.bytes_total > 0 {
        part(progress.bytes_done, progress.bytes_total)
    } else {
        part(progress.files_done, progress.files_total)
    }
}

/// The figures of a load, in the order in which they are shown.
fn figures(progress: &Progress, words: Words) -> Vec<String> {
    let pair = |template, done: String, total: String| {
        fill(template, &[("done", &done), ("total", &total)])
    };
    let mut figures = vec![
        pair(words.progress_files(), grouped(progress.files_done), grouped(progress.files_total)),
        pair(words.progress_bytes(), bytes(progress.bytes_done), bytes(progress.bytes_total)),
        counted(words.progress_events(), progress.events),
    ];
    let to_come = progress.expected.events.saturating_sub(progress.events);
    if to_come > 0 {
        let memory = bytes(progress.expected.memory_bytes());
        let to_come = [("n", about(to_come)), ("memory", memory)];
        let to_come = to_come.each_ref().map(|(name, text)| (*name, text.as_str()));
        figures.push(fill(words.progress_expected(), &to_come));
    }
    figures.extend(pace(progress, words));
    let left = progress.remaining_millis().filter(|_| !progress.paused);
    figures.extend(left.map(|it| fill(words.progress_left(), &[("time", &clock(it))])));
    figures
}

/// How fast events are read, once that can be said.
fn pace(progress: &Progress, words: Words) -> Option<String> {
    if progress.paused {
        return Some(words.paused().to_owned());
    }
    let rate = (progress.events as f64 * 1000.0 / progress.elapsed_millis) as u64;
    (progress.elapsed_millis > 500.0).then(|| fill(words.progress_rate(), &[("n", &grouped(rate))]))
}

/// What waits for this load.
fn queued(queue: &[Waiting], words: Words) -> Vec<String> {
    let count = |files: u64| fill(plural(words.files_n(), files), &[("n", &grouped(files))]);
    let named = queue.iter().filter_map(|it| {
        let parts: Vec<String> = it.names.iter().cloned().chain(it.files.map(count)).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    });
    let named: Vec<String> = named.collect();
    let others = (queue.len() - named.len()) as u64;
    let named =
        (!named.is_empty()).then(|| fill(words.then_waits(), &[("what", &named.join("; "))]));
    let others =
        (others > 0).then(|| fill(plural(words.more_wait(), others), &[("n", &grouped(others))]));
    named.into_iter().chain(others).collect()
}

/// Stands below the bar while something is being taken in.
#[component]
pub(crate) fn ProgressBar() -> impl IntoView {
    let page = page();
    let words = page.words;
    let load = page.app.load;
    let running = Memo::new(move |_| load.with(Load::is_running));
    let percent = move || match load.get() {
        Load::Looking(Looking { done, of, .. }) if of > 1 => Some(done as f64 / of as f64 * 100.0),
        // A bar that goes back tells nothing.
        Load::Reading(progress) if progress.growing && !progress.paused => None,
        Load::Reading(progress) => Some(part_done(&progress) * 100.0),
        _ => None,
    };
    let text = move || match load.get() {
        Load::Idle => Vec::new(),
        Load::Walking { progress, asks } => {
            let found = progress.expected;
            let mut text = vec![match found.files {
                0 => words.walking_begun().to_owned(),
                _ => fill(words.walking(), &[("amount", &amount(found, words))]),
            }];
            if asks {
                text.push(words.walking_asks().to_owned());
            } else if progress.events > 0 || progress.paused {
                text.push(fill(words.progress_read(), &[("n", &grouped(progress.events))]));
                text.extend(pace(&progress, words));
            }
            text
        },
        Load::Looking(Looking { done, of, files }) => {
            let (done, of, files) = (grouped(done), grouped(of), grouped(files));
            let values = [("done", done.as_str()), ("total", &of), ("files", &files)];
            vec![fill(words.looking(), &values), words.walking_asks().to_owned()]
        },
        Load::Sampling => vec![words.sampling().to_owned()],
        Load::Reading(progress) => figures(&progress, words),
    };
    let queued = Memo::new(move |_| page.app.queue.with(|it| queued(it, words)));
    let figures = move || {
        text().into_iter().chain(queued.get()).map(|it| view! { <span>{it}</span> }).collect_view()
    };
    let paused = Memo::new(move |_| load.with(Load::paused));
    let can_choose = Memo::new(move |_| load.with(|it| it.paused().is_some()));
    let choose = move || {
        let act = move || page.app.host().ask_what_to_read();
        can_choose
            .get()
            .then(|| button("button is-small", Some("choose"), None, words.choose_rest(), act))
    };
    let pause = move || {
        paused.get().map(|paused| {
            let words = if paused { words.resume() } else { words.pause() };
            view! {
                <button
                    type="button"
                    class="button is-small"
                    data-testid="pause"
                    on:click=move |_| page.app.host().pause_load(!paused)
                >
                    {words}
                </button>
            }
        })
    };
    let bar = move || {
        hand_on(page, ".progress", HOME);
        view! {
            <div class="progress" data-testid="progress">
                <div
                    class="progress-track"
                    class:is-endless=move || percent().is_none()
                    role="progressbar"
                    aria-label=words.loading_progress()
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow=move || percent().map(|it| format!("{it:.0}"))
                >
                    <div
                        class="progress-fill"
                        style:transform=move || percent().map(|it| format!("scaleX({:.4})", it / 100.0))
                    ></div>
                </div>
                <div class="progress-text">{figures}</div>
                {choose}
                {pause}
                <button
                    type="button"
                    class="button is-small"
                    data-testid="cancel"
                    on:click=move |_| page.app.host().cancel_load()
                >
                    {words.cancel()}
                </button>
            </div>
        }
    };
    move || running.get().then(bar)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_named() {
        let words = Words { language: crate::state::Language::English };
        let one = |names: &[&str], files| Waiting {
            names: names.iter().map(|it| (*it).to_owned()).collect(),
            files,
        };
        let queue = [one(&["odd"], Some(12)), one(&["a", "b"], None), one(&[], None)];
        assert_eq!(queued(&queue, words), ["then: odd, 12 files; a, b", "1 more drop waits"]);
        assert_eq!(queued(&[], words), Vec::<String>::new());
    }

    #[test]
    fn a_load_is_measured_by_bytes_then_by_files() {
        let mut progress = Progress { files_done: 1, files_total: 4, ..Progress::default() };
        assert!((part_done(&progress) - 0.25).abs() < 1e-9);
        progress.bytes_total = 10;
        progress.bytes_done = 20;
        assert!((part_done(&progress) - 1.0).abs() < 1e-9);
        assert!(part_done(&Progress::default()).abs() < 1e-9);
    }
}
