//! The check of the digest chain: offered where digests were dropped, and what came of it.

use leptos::prelude::*;

use super::findings::Findings;
use crate::{
    model::{
        integrity::report::{ChainReport, Proof, VerdictCounts},
        problem::ProblemKind,
    },
    state::chain::Chain,
    ui::{
        context::page,
        failure::Failure,
        format::{bytes, fill, grouped},
        words::Words,
    },
};

/// What the report comes to, in words that can be defended.
fn headline(report: &ChainReport, words: Words) -> String {
    let number = |name: fn(&VerdictCounts) -> u64| {
        grouped(name(&report.logs).saturating_add(name(&report.digests)))
    };
    if !report.is_clean() {
        return fill(
            words.chain_not_intact(),
            &[
                ("changed", &number(|it| it.changed)),
                ("missing", &number(|it| it.missing)),
                ("unlisted", &number(|it| it.unlisted)),
            ],
        );
    }
    let intact = grouped(report.logs.intact);
    let words = match report.logs.unchecked {
        0 => words.chain_intact(),
        _ => words.chain_intact_in_part(),
    };
    let unchecked = grouped(report.logs.unchecked);
    fill(words, &[("n", &intact), ("unchecked", &unchecked)])
}

/// What the intact logs rest on.
fn proofs(report: &ChainReport, words: Words) -> Vec<String> {
    let one = |(proof, template): (Proof, &'static str)| {
        let count = report.logs_by_proof.get(&proof).copied().filter(|it| *it > 0)?;
        Some(fill(template, &[("n", &grouped(count))]))
    };
    let all = [
        (Proof::Signature, words.chain_by_signature()),
        (Proof::Chain, words.chain_by_chain()),
        (Proof::Digest, words.chain_by_digest()),
    ];
    let mut lines: Vec<String> = all.into_iter().filter_map(one).collect();
    if !report.has_keys {
        lines.push(words.chain_no_keys().to_owned());
    }
    lines
}

/// The part about the digests; nothing where there are none.
#[component]
pub(crate) fn DigestChain() -> impl IntoView {
    let page = page();
    let words = page.words;
    let chain = page.app.chain;
    let has_digests = Memo::new(move |_| {
        page.app.report.with(|it| it.problems.iter().any(|it| it.kind == ProblemKind::Digest))
    });
    let is_loading = move || page.app.load.with(crate::state::load::Load::is_running);
    let start = move |label: &'static str| {
        view! {
            <button
                type="button"
                class="button"
                data-testid="chain-check"
                disabled=is_loading
                on:click=move |_| page.app.check_chain()
            >
                {label}
            </button>
        }
    };
    // Progress moves often: only another stage makes the part anew.
    let is_running = Memo::new(move |_| chain.with(Chain::is_running));
    let ended = Memo::new(move |_| Some(chain.get()).filter(|it| !it.is_running()));
    let body = move || match ended.get() {
        _ if is_running.get() => view! { <Running /> }.into_any(),
        None | Some(Chain::Reading { .. } | Chain::Checking { .. }) => ().into_any(),
        Some(Chain::None) => view! {
            <p class="quiet">{words.chain_offer()}</p>
            <div>{start(words.chain_check())}</div>
        }
        .into_any(),
        Some(Chain::Failed(reason)) => view! {
            <Failure reason />
            <div>{start(words.chain_again())}</div>
        }
        .into_any(),
        Some(Chain::Done(report)) => {
            let is_clean = report.is_clean();
            let headline = headline(&report, words);
            let proofs = proofs(&report, words).into_iter().map(|it| view! { <li>{it}</li> });
            let proofs = proofs.collect_view();
            let (logs, digests) = (report.logs, report.digests);
            view! {
                <div class="chain-report" data-testid="chain-report" data-clean=is_clean.to_string()>
                    <p class="chain-headline" class:is-bad=!is_clean>{headline}</p>
                    <Counts logs digests />
                    <ul class="chain-proofs">{proofs}</ul>
                    <Findings report />
                    <div>{start(words.chain_again())}</div>
                </div>
            }
            .into_any()
        },
    };
    move || {
        has_digests.get().then(|| {
            view! {
                <h2>{words.chain_title()}</h2>
                <div class="chain" data-testid="chain">{body}</div>
            }
        })
    }
}

/// How far the check is, and a way to stop it.
#[component]
fn Running() -> impl IntoView {
    let page = page();
    let words = page.words;
    let chain = page.app.chain;
    let part = move || match chain.get() {
        Chain::Reading { done, of } | Chain::Checking { done, of } if of > 0 => {
            done as f64 / of as f64
        },
        _ => 0.0,
    };
    let text = move || match chain.get() {
        Chain::Reading { done, of } => {
            fill(words.chain_reading(), &[("done", &bytes(done)), ("total", &bytes(of))])
        },
        Chain::Checking { done, of } => {
            fill(words.chain_checking(), &[("done", &grouped(done)), ("total", &grouped(of))])
        },
        _ => String::new(),
    };
    view! {
        <div class="chain-running">
            <div
                class="progress-track"
                role="progressbar"
                aria-label=words.chain_progress()
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || format!("{:.0}", part() * 100.0)
            >
                <div
                    class="progress-fill"
                    style:transform=move || format!("scaleX({:.4})", part())
                ></div>
            </div>
            <span>{text}</span>
            <button
                type="button"
                class="button is-small"
                data-testid="chain-cancel"
                on:click=move |_| page.app.forget_chain()
            >
                {words.cancel()}
            </button>
        </div>
    }
}

/// How many files are what.
#[component]
fn Counts(
    /// Of the logs.
    logs: VerdictCounts,
    /// Of the digests.
    digests: VerdictCounts,
) -> impl IntoView {
    let words = page().words;
    let names = [
        words.verdict_intact(),
        words.verdict_changed(),
        words.verdict_missing(),
        words.verdict_unlisted(),
        words.verdict_unchecked(),
    ];
    let head = names.map(|it| view! { <th scope="col" class="is-number">{it}</th> });
    let line = |name: &'static str, id: &'static str, it: VerdictCounts| {
        let numbers = [it.intact, it.changed, it.missing, it.unlisted, it.unchecked];
        let cell = |(at, number): (usize, u64)| {
            let is_bad = (1..=3).contains(&at) && number > 0;
            view! { <td class="is-number" class:is-bad=is_bad>{grouped(number)}</td> }
        };
        let cells = numbers.into_iter().enumerate().map(cell).collect_view();
        view! { <tr data-of=id><th scope="row">{name}</th>{cells}</tr> }
    };
    view! {
        <div class="chain-counts" tabindex="0" role="region" aria-label=words.chain_title()>
            <table>
                <thead><tr><td></td>{head.collect_view()}</tr></thead>
                <tbody>
                    {line(words.chain_logs(), "logs", logs)}
                    {line(words.chain_digests(), "digests", digests)}
                </tbody>
            </table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::integrity::report::FindingKind, state::Language};

    #[test]
    fn the_headline_says_no_more_than_is_known() {
        let words = Words { language: Language::English };
        let mut report = ChainReport::default();
        report.logs.intact = 7;
        assert!(headline(&report, words).starts_with("Content intact: "));
        report.logs.unchecked = 1;
        assert!(headline(&report, words).contains("1 cannot be checked here"));
        report.digests.missing = 2;
        report.counts.insert(FindingKind::DigestMissing, 1);
        assert_eq!(headline(&report, words), "0 changed, 2 missing, 0 in no digest.");
    }
}
