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
        context::{Page, page},
        failure::Failure,
        focus::hand_on,
        format::{bytes, counted, fill, grouped, plural},
        widget::{Plain, plain},
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
    let VerdictCounts { intact, unchecked, .. } = report.logs;
    let template = match unchecked {
        0 => plural(words.chain_intact(), intact),
        _ => words.chain_intact_in_part(),
    };
    let numbers = [
        ("n", grouped(intact)),
        ("total", grouped(intact.saturating_add(unchecked))),
        ("unchecked", grouped(unchecked)),
    ];
    fill(template, &numbers.each_ref().map(|(name, number)| (*name, number.as_str())))
}

/// The class of its colour. What was not checked is not good, and without signatures little is:
/// whoever can change a log can change its digest.
fn tone(report: &ChainReport) -> &'static str {
    match (report.is_clean(), report.logs.unchecked, report.has_keys) {
        (false, ..) => "chain-headline is-bad",
        (true, 0, true) => "chain-headline is-good",
        (true, ..) => "chain-headline",
    }
}

/// What the intact logs rest on.
fn proofs(report: &ChainReport, words: Words) -> Vec<String> {
    let one = |(proof, template): (Proof, &'static str)| {
        let count = report.logs_by_proof.get(&proof).copied().filter(|it| *it > 0)?;
        Some(counted(template, count))
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
        view! {
            <div>
                <button
                    type="button"
                    class="button"
                    id="chain-check"
                    data-testid="chain-check"
                    on:click=move |_| page.app.check_chain()
                >
                    {label}
                </button>
            </div>
        }
        .into_any()
    };
    // Progress moves often: only another stage makes the part anew.
    let stage = Memo::new(move |_| {
        chain.with(|it| if it.is_running() { None } else { Some(std::mem::discriminant(it)) })
    });
    let body = move || {
        // Read, not only tracked: a memo that nobody reads follows nothing.
        stage.with(|_| ());
        hand_on(page, ".chain", &["chain-cancel", "chain-said", "chain-check", "tab-panel"]);
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
            Chain::Done(checked) => {
                let again = start(words.chain_again());
                done(&checked.report, older(page, checked.files), again, words).view()
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
                id="chain-cancel"
                data-testid="chain-cancel"
                on:click=move |_| page.app.forget_chain()
            >
                {words.cancel()}
            </button>
        </div>
    }
}

/// That files came after the check of so many.
fn older(page: Page, files: u64) -> AnyView {
    let added = Memo::new(move |_| page.app.report.with(|it| it.files.found.saturating_sub(files)));
    let note = move || {
        let added = added.get();
        let text = counted(page.words.chain_older(), added);
        (added > 0).then(|| plain("p", "notice is-warning").testid("chain-older").text(text).view())
    };
    note.into_any()
}

/// What came of it.
fn done(report: &Arc<ChainReport>, older: AnyView, again: AnyView, words: Words) -> Plain {
    let proofs = proofs(report, words).into_iter().map(|it| plain("li", "").text(it));
    let parts = plain("div", "chain-report")
        .testid("chain-report")
        .kind(if report.is_clean() { "clean" } else { "not-clean" })
        .with(plain("p", tone(report)).target("chain-said").text(headline(report, words)))
        .with_view(older)
        .with(counts(report, words))
        .with(plain("ul", "chain-proofs").with_all(proofs))
        .with_view(again);
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
        assert_eq!(headline(&report, words), "All 7 logs match a digest.");
        assert!(!tone(&report).contains("is-good"), "nothing was signed");
        report.has_keys = true;
        assert!(tone(&report).contains("is-good"));
        report.logs.unchecked = 1;
        let said = "7 of 8 logs match a digest; 1 cannot be checked here.";
        assert_eq!((headline(&report, words).as_str(), tone(&report)), (said, "chain-headline"));
        report.digests.missing = 2;
        report.counts.insert(FindingKind::DigestMissing, 1);
        assert_eq!(headline(&report, words), "0 changed, 2 missing, 0 in no digest.");
    }
}
