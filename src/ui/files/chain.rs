//! The check of the digest chain: offered where digests were dropped, and what came of it.

use std::sync::Arc;

use leptos::prelude::*;

use super::findings::findings;
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
        widget::{Plain, button, plain},
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
    let start = move |label: &'static str| {
        let act = move || page.app.check_chain();
        let go = button("button", Some("chain-check"), None, label, act);
        plain("div", "").with_view(go).view()
    };
    // Progress moves often: only another stage makes the part anew.
    let stage = Memo::new(move |_| {
        chain.with(|it| if it.is_running() { None } else { Some(std::mem::discriminant(it)) })
    });
    let body = move || {
        // Read, not only tracked: a memo that nobody reads follows nothing.
        stage.with(|_| ());
        match chain.get_untracked() {
            Chain::Reading { .. } | Chain::Checking { .. } => view! { <Running /> }.into_any(),
            Chain::None => plain("div", "chain-report")
                .with(plain("p", "quiet").text(words.chain_offer()))
                .with_view(start(words.chain_check()))
                .view(),
            Chain::Failed(reason) => plain("div", "chain-report")
                .with_view(view! { <Failure reason /> }.into_any())
                .with_view(start(words.chain_again()))
                .view(),
            Chain::Done(report) => {
                let all = done(&report, words).with_view(start(words.chain_again()));
                all.view()
            },
        }
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

/// What came of it.
fn done(report: &Arc<ChainReport>, words: Words) -> Plain {
    let is_clean = report.is_clean();
    let class = if is_clean { "chain-headline" } else { "chain-headline is-bad" };
    let proofs = proofs(report, words).into_iter().map(|it| plain("li", "").text(it));
    let parts = plain("div", "chain-report")
        .testid("chain-report")
        .kind(if is_clean { "clean" } else { "not-clean" })
        .with(plain("p", class).text(headline(report, words)))
        .with(counts(report, words))
        .with(plain("ul", "chain-proofs").with_all(proofs));
    findings(report).into_iter().fold(parts, Plain::with_view)
}

/// How many files are what.
fn counts(report: &ChainReport, words: Words) -> Plain {
    let names = [
        words.verdict_intact(),
        words.verdict_changed(),
        words.verdict_missing(),
        words.verdict_unlisted(),
        words.verdict_unchecked(),
    ];
    let head = plain("tr", "").with(plain("td", ""));
    let head = head.with_all(names.map(|it| plain("th", "is-number").text(it)));
    let line = |name: &'static str, kind: &'static str, it: VerdictCounts| {
        let numbers = [it.intact, it.changed, it.missing, it.unlisted, it.unchecked];
        let cell = |(at, number): (usize, u64)| {
            let is_bad = (1..=3).contains(&at) && number > 0;
            let class = if is_bad { "is-number is-bad" } else { "is-number" };
            plain("td", class).text(grouped(number))
        };
        let row = plain("tr", "").kind(kind).with(plain("th", "").text(name));
        row.with_all(numbers.into_iter().enumerate().map(cell))
    };
    let body = plain("tbody", "").with(line(words.chain_logs(), "logs", report.logs)).with(line(
        words.chain_digests(),
        "digests",
        report.digests,
    ));
    let table = plain("table", "").with(plain("thead", "").with(head)).with(body);
    let frame = plain("div", "chain-counts").role("region").label(words.chain_title());
    frame.focusable().with(table)
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
