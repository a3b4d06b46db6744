//! What is listed: how surprising it must be, at which levels, with reads or without.

use leptos::prelude::*;

use crate::{
    model::{cut::Cut, insight::Level},
    state::command::Command,
    ui::{
        context::page,
        format::{fill, grouped},
        words::Words,
    },
};

/// What the series of a level are of.
pub(crate) fn level(level: Level, words: Words) -> &'static str {
    match level {
        Level::Api => words.level_api(),
        Level::PrincipalService => words.level_principal_service(),
        Level::PrincipalApi => words.level_principal_api(),
        Level::ApiError => words.level_api_error(),
    }
}

/// How many a day, with a digit where it says something.
fn rate(count: usize, days: f64) -> String {
    // Of less than a day nobody knows what a day holds.
    let rate = count as f64 / days.max(1.0);
    if rate < 9.95 {
        format!("{rate:.1}").trim_end_matches(".0").to_owned()
    } else {
        grouped(rate.round() as u64)
    }
}

/// Slider and switches.
#[component]
pub(crate) fn Controls(
    /// Days that the log covers.
    days: f64,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let cut = Memo::new(move |_| page.app.view.with(|it| it.cut.clone()));
    let change = move |change: &dyn Fn(&mut Cut)| {
        let mut next = cut.get_untracked();
        change(&mut next);
        page.send(Command::Cut(next));
    };
    let count = move || {
        let count = page.asked.listing.with(|it| it.shown.len());
        fill(words.cut_count(), &[("n", &grouped(count as u64)), ("rate", &rate(count, days))])
    };
    let switch =
        move |name: &'static str, hint: &'static str, on: Signal<bool>, flip: Callback<()>| {
            view! {
                <button
                    type="button"
                    class="segment"
                    title=hint
                    aria-pressed=move || on.get().to_string()
                    on:click=move |_| flip.run(())
                >
                    {name}
                </button>
            }
        };
    let levels = Level::ALL.map(|it| {
        let on = Signal::derive(move || !cut.with(|cut| cut.without.contains(&it)));
        let flip = move |()| {
            change(&|cut: &mut Cut| {
                if !cut.without.remove(&it) {
                    cut.without.insert(it);
                }
            });
        };
        switch(level(it, words), "", on, Callback::new(flip))
    });
    let reads = Signal::derive(move || !cut.with(|it| it.without_reads));
    let flip = Callback::new(move |()| change(&|cut| cut.without_reads = !cut.without_reads));
    view! {
        <div class="cut">
            <label class="cut-slider">
                <span>{words.cut_fewer()}</span>
                <input
                    type="range"
                    min=Cut::MOST.to_string()
                    max=Cut::FEWEST.to_string()
                    data-testid="insights-slider"
                    aria-label=words.cut_label()
                    aria-valuetext=count
                    prop:value=move || (Cut::FEWEST - cut.with(|it| it.tenths)).to_string()
                    on:input:target=move |event| {
                        let value = event.target().value().parse().unwrap_or(0);
                        change(&|cut| cut.tenths = Cut::FEWEST.saturating_sub(value));
                    }
                />
                <span>{words.cut_more()}</span>
            </label>
            <b class="cut-count" data-testid="insights-count">{count}</b>
            <div class="segments" role="group" aria-label=words.cut_levels()>
                {levels.into_iter().collect_view()}
            </div>
            <div class="segments">{switch(words.cut_reads(), words.cut_reads_hint(), reads, flip)}</div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_a_number_that_people_say() {
        assert_eq!([rate(0, 5.0), rate(12, 5.0), rate(10, 5.0)], ["0", "2.4", "2"]);
        assert_eq!(rate(1000, 5.0), "200");
        assert_eq!(rate(3, 0.1), "3", "an hour is not a twenty-fourth of what a day brings");
    }
}
