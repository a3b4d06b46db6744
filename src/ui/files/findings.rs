//! What a check of the digest chain found, by kind.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    model::integrity::report::{ChainReport, Finding, FindingKind},
    state::csv,
    ui::{
        context::page,
        format::{fill, grouped},
        words::Words,
    },
};

/// Findings of one kind that are shown before "more", and with each "more".
const SHOWN: usize = 20;
const MORE: usize = 500;

fn title(kind: FindingKind, words: Words) -> &'static str {
    match kind {
        FindingKind::LogChanged => words.finding_log_changed(),
        FindingKind::DigestChanged => words.finding_digest_changed(),
        FindingKind::DigestMissing => words.finding_digest_missing(),
        FindingKind::LogMissing => words.finding_log_missing(),
        FindingKind::LogUnlisted => words.finding_log_unlisted(),
        FindingKind::ChainRestarted => words.finding_chain_restarted(),
        FindingKind::HoursWithoutDigest => words.finding_hours(),
        FindingKind::DigestUnreadable => words.finding_digest_unreadable(),
        FindingKind::KeyMissing => words.finding_key_missing(),
        FindingKind::KeysUnreadable => words.finding_keys_unreadable(),
        FindingKind::DigestUnchecked => words.finding_digest_unchecked(),
        FindingKind::LogUnchecked => words.finding_log_unchecked(),
        FindingKind::StartsEarlier => words.finding_starts_earlier(),
        FindingKind::DigestMoved => words.finding_digest_moved(),
        FindingKind::LogMoved => words.finding_log_moved(),
    }
}

/// All findings, the most alarming kinds first.
#[component]
pub(crate) fn Findings(
    /// Where they stand.
    report: Arc<ChainReport>,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let count: u64 = report.counts.values().sum();
    if count == 0 {
        return ().into_any();
    }
    let saved = Arc::clone(&report);
    let save = move |_| {
        let text = csv::findings(&saved.findings);
        page.app.host().save_text("trailglass-digests.csv", "text/csv;charset=utf-8", text);
    };
    let kinds = report.counts.iter().map(|(kind, count)| {
        let (kind, count, report) = (*kind, *count, Arc::clone(&report));
        view! { <Kind kind count report /> }
    });
    view! {
        <div class="files-head">
            <h3>{words.findings_title()}</h3>
            <button type="button" class="button is-small" data-testid="findings-csv" on:click=save>
                {words.save_csv()}
            </button>
        </div>
        <div class="problems">{kinds.collect_view()}</div>
    }
    .into_any()
}

/// Findings of one kind.
#[component]
fn Kind(
    /// Which.
    kind: FindingKind,
    /// How many there are, those among them that are not listed.
    count: u64,
    /// Where they stand.
    report: Arc<ChainReport>,
) -> impl IntoView {
    let words = page().words;
    let limit = RwSignal::new(SHOWN);
    let listed = report.findings.iter().filter(|it| it.kind == kind).count();
    let shown = move || {
        let of_kind = report.findings.iter().filter(|it| it.kind == kind);
        let some = of_kind.take(limit.get()).cloned();
        some.map(|finding| view! { <Line finding /> }).collect_view()
    };
    let more = move || {
        let rest = listed.saturating_sub(limit.get());
        (rest > 0).then(|| {
            let label = fill(words.problems_more(), &[("n", &grouped(rest.min(MORE) as u64))]);
            let show = move |_| limit.update(|it| *it += MORE);
            view! { <button type="button" class="button is-small" on:click=show>{label}</button> }
        })
    };
    view! {
        <section class="problem-group">
            <h4>
                {title(kind, words)}
                <span class="tab-count">{grouped(count)}</span>
            </h4>
            <ul>{shown}</ul>
            {more}
        </section>
    }
}

/// One finding. Paths are text, whatever is in them.
#[component]
fn Line(
    /// What was found.
    finding: Finding,
) -> impl IntoView {
    let Finding { kind, path, object, account, region, message, .. } = finding;
    let what = path.or(object).unwrap_or_else(|| format!("{account} {region}"));
    view! {
        <li class="problem" data-testid="finding" data-kind=kind.as_str()>
            <span class="problem-path">{what}</span>
            <span class="problem-message">{message}</span>
        </li>
    }
}
