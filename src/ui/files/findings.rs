//! What a check of the digest chain found, by kind.

use std::sync::Arc;

use leptos::prelude::*;

use super::group::Group;
use crate::{
    model::integrity::report::{ChainReport, Finding, FindingKind},
    state::csv,
    ui::{
        context::{Page, page},
        widget::{Plain, button, plain},
        words::Words,
    },
};

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
pub(crate) fn findings(report: &Arc<ChainReport>) -> Vec<AnyView> {
    if report.counts.is_empty() {
        return Vec::new();
    }
    let page = page();
    let kinds =
        report.counts.iter().map(|(kind, count)| of_kind(report, *kind, *count, page.words));
    let groups = kinds.fold(plain("div", "problems"), Plain::with_view);
    vec![head(page, report), groups.view()]
}

fn head(page: Page, report: &Arc<ChainReport>) -> AnyView {
    let report = Arc::clone(report);
    let save = move || {
        let text = csv::findings(&report.findings);
        page.app.host().save_text("trailglass-digests.csv", "text/csv;charset=utf-8", text);
    };
    let words = page.words;
    plain("div", "files-head")
        .with(plain("h3", "").text(words.findings_title()))
        .with_view(button("button is-small", Some("findings-csv"), None, words.save_csv(), save))
        .view()
}

fn of_kind(report: &Arc<ChainReport>, kind: FindingKind, count: u64, words: Words) -> AnyView {
    let listed = report.findings.iter().filter(|it| it.kind == kind).count();
    let report = Arc::clone(report);
    let lines = move |limit: usize| {
        report.findings.iter().filter(|it| it.kind == kind).take(limit).map(line).collect()
    };
    Group {
        head: plain("h4", "").text(title(kind, words)),
        advice: None,
        act: None,
        count,
        listed,
        testid: "finding",
        kind: kind.as_str(),
        lines: Arc::new(lines),
    }
    .view()
}

fn line(finding: &Finding) -> (String, String) {
    let Finding { path, object, account, region, message, .. } = finding;
    let what = path.as_ref().or(object.as_ref()).cloned();
    (what.unwrap_or_else(|| format!("{account} {region}")), message.clone())
}
