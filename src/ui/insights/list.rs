//! The part of the page with the incidents.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    card::IncidentCard, controls::Controls, muted::muted_list, recorded::unlisted, strip::strip,
};
use crate::{
    model::insight::{Incident, Recorded, Tested},
    state::{csv, insight_json, load::Load},
    ui::{
        context::{Page, page},
        failure::Failure,
        format::{fill, grouped},
        widget::{Empty, Plain, button, plain},
        words::Words,
    },
};

/// What was looked at, so that "nothing found" says something.
fn tested(tested: &Tested, words: Words) -> String {
    let days = |days: f64| {
        let text = format!("{days:.1}");
        let (whole, part) = text.split_once('.').unwrap_or((&text, "0"));
        let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
        if part == "0" { whole } else { format!("{whole}.{part}") }
    };
    fill(
        words.insights_tested(),
        &[
            ("levels", &tested.levels.len().to_string()),
            ("series", &grouped(tested.series)),
            ("days", &days(tested.covered_days)),
            ("missing", &days(tested.missing_days)),
        ],
    )
}

/// The part of the page with the incidents.
#[component]
pub(crate) fn Insights() -> impl IntoView {
    let page = page();
    let words = page.words;
    let asked = page.asked.insights;
    let body = move || {
        asked.answer.with(|it| match it {
            None => {
                let loading = page.app.load.with(Load::is_running);
                let hint = if loading { words.insights_after_load() } else { "" };
                view! { <Empty title=words.insights_wait() hint=hint /> }.into_any()
            },
            Some(Err(reason)) => view! { <Failure reason=reason.clone() /> }.into_any(),
            Some(Ok(report)) => {
                let (tested, recorded) = (report.tested.clone(), report.recorded.clone());
                view! { <Incidents tested recorded /> }.into_any()
            },
        })
    };
    view! {
        <div
            class="insights"
            data-testid="insights"
            class:is-waiting=move || asked.waiting.get()
        >
            {body}
        </div>
    }
}

/// All incidents, the most surprising first.
#[component]
fn Incidents(
    /// What was looked at.
    tested: Tested,
    /// What CloudTrail itself found.
    recorded: Vec<Recorded>,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let listing = page.asked.listing;
    let first = tested.shown_first();
    let compared = !recorded.is_empty();
    let recorded = Arc::new(recorded);
    let all = RwSignal::new(false);
    let shown: Memo<Vec<Arc<Incident>>> = Memo::new(move |_| {
        let most = if all.get() { usize::MAX } else { first };
        listing.with(|it| it.shown.iter().take(most).cloned().collect())
    });
    let said = self::tested(&tested, words);
    let nothing = {
        let said = said.clone();
        move || {
            let (shown, muted) = listing.with(|it| (it.shown.len(), it.muted.len()));
            (shown == 0).then(|| {
                let hint = if muted > 0 {
                    fill(words.insights_all_muted(), &[("n", &grouped(muted as u64))])
                } else {
                    format!("{said}. {}", words.insights_none())
                };
                view! { <Empty title=words.insights_none_title() hint=hint /> }
            })
        }
    };
    let more = move || {
        let rest = listing.with(|it| it.shown.len()).saturating_sub(first);
        let text = fill(words.insights_more(), &[("count", &grouped(rest as u64))]);
        (rest > 0 && !all.get()).then(|| button("link", None, None, text, move || all.set(true)))
    };
    let days = tested.covered_days;
    let over_time = {
        let recorded = Arc::clone(&recorded);
        let nothing = move || shown.with(Vec::is_empty) && !compared;
        move || (!nothing()).then(|| shown.with(|it| strip(it, &recorded, &tested)))
    };
    let others = move || {
        let shown = shown.get();
        let listed = shown.iter().map(|it| it.id.as_str()).collect();
        unlisted(&recorded, &listed, words).map(Plain::view)
    };
    let muted = move || {
        let left_out = listing.with(|it| it.muted.len());
        page.app.mutes.with(|it| muted_list(left_out, it))
    };
    let keys = move || {
        let any = shown.with(|it| !it.is_empty());
        any.then(|| plain("p", "quiet insights-keys").text(words.insights_keys()).view())
    };
    let so_far = move || {
        let loading = page.app.load.with(Load::is_running);
        loading.then(|| plain("p", "so-far").text(words.insights_so_far()).view())
    };
    view! {
        <header class="insights-head">
            <h2>{words.insights_title()}</h2>
            <p class="quiet" title=words.insights_tested_how()>{said}</p>
            {exports(page)}
        </header>
        {so_far}
        <Controls days />
        {over_time}
        {nothing}
        <ol class="incidents">
            <For each=move || shown.get() key=|it| it.id.clone() let:incident>
                <IncidentCard incident compared />
            </For>
        </ol>
        {more}
        {muted}
        {others}
        {keys}
    }
}

/// Buttons that save what is listed.
fn exports(page: Page) -> AnyView {
    let words = page.words;
    let listed = move || page.asked.listing.with_untracked(|it| it.shown.clone());
    let save = move |name: &str, media_type: &str, text: String| {
        page.app.host().save_text(name, media_type, text);
    };
    let as_csv = move || {
        let text = csv::incidents(listed().iter().map(Arc::as_ref));
        save("trailglass-incidents.csv", "text/csv;charset=utf-8", text);
    };
    let as_json = move || {
        let text = insight_json::file(listed().iter().map(Arc::as_ref));
        save("trailglass-incidents.json", "application/json", text);
    };
    let (class, hint) = ("button is-small", Some(words.export_incidents()));
    plain("span", "insights-exports")
        .with_view(button(class, Some("incidents-csv"), hint, words.export_incidents_csv(), as_csv))
        .with_view(button(
            class,
            Some("incidents-json"),
            hint,
            words.export_incidents_json(),
            as_json,
        ))
        .view()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::insight::Level, state::Language};

    #[test]
    fn what_was_looked_at_is_told_in_numbers() {
        let words = Words { language: Language::English };
        let it = Tested {
            series: 1874,
            levels: Level::ALL.to_vec(),
            covered_days: 28.0,
            missing_days: 0.25,
            ..Tested::default()
        };
        assert_eq!(
            super::tested(&it, words),
            "4 levels, 1,874 series, 28 days covered, 0.2 missing"
        );
    }
}
