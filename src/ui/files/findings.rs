//! What a check of the digest chain found, by kind.

use std::sync::Arc;

use leptos::prelude::*;

use super::group::{Group, Item};
use crate::{
    model::{
        integrity::report::{ChainReport, Finding, FindingKind, Reason},
        time::{TimeRange, iso},
    },
    state::csv,
    ui::{
        context::{Page, page},
        format::{fill, grouped},
        told::told,
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
        let text = csv::findings(&report);
        page.app.host().save_text("trailglass-digests.csv", "text/csv;charset=utf-8", text);
    };
    let words = page.words;
    plain("div", "files-head")
        .with(plain("h3", "").text(words.findings_title()))
        .with_view(button("button is-small", Some("findings-csv"), None, words.save_csv(), save))
        .view()
}

fn of_kind(report: &Arc<ChainReport>, kind: FindingKind, count: u64, words: Words) -> AnyView {
    let (report, shown) = (Arc::clone(report), Arc::clone(report));
    let items = move || {
        let same = report.findings.iter().enumerate().filter(|it| it.1.kind == kind);
        let item = |(at, it): (usize, &Finding)| {
            let range = it.range.map(|it| (it.start_millis, it.end_millis));
            let said = it.reason.ok_or((&it.message, &it.object, it.files, range));
            Item::new(at, said, true)
        };
        same.map(item).collect()
    };
    let line = move |at: u32| shown.findings.get(at as usize).map(|it| line(it, words));
    Group {
        head: plain("h4", "").text(title(kind, words)),
        advice: None,
        act: None,
        count,
        testid: "finding",
        kind: kind.as_str(),
        items: Arc::new(items),
        line: Arc::new(line),
    }
    .view()
}

fn line(finding: &Finding, words: Words) -> (String, String) {
    let Finding { path, object, account, region, .. } = finding;
    let what = path.as_ref().or(object.as_ref()).cloned();
    (what.unwrap_or_else(|| format!("{account} {region}")), said(finding, words))
}

/// What is said of it in the reader's language, where that can be put together from what the
/// finding holds; else what the check itself said.
fn said(finding: &Finding, words: Words) -> String {
    if let Some(reason) = finding.reason {
        return fill(words.finding_because(), &[("why", why(reason, words))]);
    }
    let object = finding.object.as_deref();
    let template = match (finding.kind, finding.range, object) {
        (FindingKind::DigestMissing, Some(_), _) if finding.files == 1 => {
            words.finding_said_missing_1()
        },
        (FindingKind::DigestMissing, Some(_), _) => words.finding_said_missing_n(),
        (FindingKind::ChainRestarted, Some(_), _) => words.finding_said_restarted(),
        (FindingKind::HoursWithoutDigest, Some(_), _) => words.finding_said_hours(),
        (FindingKind::StartsEarlier, Some(_), _) => words.finding_said_earlier(),
        (FindingKind::LogUnlisted, ..) => words.finding_said_unlisted(),
        (FindingKind::LogMoved, _, Some(_)) => words.finding_said_log_moved(),
        (FindingKind::DigestMoved, _, Some(_)) => words.finding_said_digest_moved(),
        _ => return told(&finding.message, words.language).into_owned(),
    };
    let moment = |of: fn(TimeRange) -> i64| finding.range.map(|it| iso(of(it))).unwrap_or_default();
    let values = [
        ("n", grouped(u64::from(finding.files))),
        ("from", moment(|it| it.start_millis)),
        ("to", moment(|it| it.end_millis)),
        ("object", object.unwrap_or_default().to_owned()),
    ];
    fill(template, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

fn why(reason: Reason, words: Words) -> &'static str {
    match reason {
        Reason::Newest => words.reason_newest(),
        Reason::LastOfChain => words.reason_last_of_chain(),
        Reason::NextMissing => words.reason_next_missing(),
        Reason::NextUnreadable => words.reason_next_unreadable(),
        Reason::NextChanged => words.reason_next_changed(),
        Reason::DigestChanged => words.reason_digest_changed(),
        Reason::DigestMissing => words.reason_digest_missing(),
        Reason::DigestUnreadable => words.reason_digest_unreadable(),
        Reason::BetweenChains => words.reason_between_chains(),
        Reason::BetweenDigests => words.reason_between_digests(),
        Reason::OtherHash => words.reason_other_hash(),
        Reason::NoDigests => words.reason_no_digests(),
        Reason::BeforeFirst => words.reason_before_first(),
        Reason::AfterLast => words.reason_after_last(),
        Reason::NoTime => words.reason_no_time(),
        Reason::OtherKind => words.reason_other_kind(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Language;

    /// What is exported and what is shown are the same sentence.
    #[test]
    fn the_page_says_what_the_check_says() {
        let (start_millis, end_millis) = (0, 3_600_000);
        let finding = |kind, reason, files, message: &str| Finding {
            kind,
            path: None,
            object: Some("a/b.json.gz".to_owned()),
            account: String::new(),
            region: String::new(),
            range: Some(TimeRange { start_millis, end_millis }),
            files,
            reason,
            message: message.to_owned(),
        };
        for reason in [Reason::Newest, Reason::BetweenChains, Reason::NoTime, Reason::OtherKind] {
            let message = format!("Cannot be checked here because {}.", reason.as_str());
            let finding = finding(FindingKind::LogUnchecked, Some(reason), 1, &message);
            assert_eq!(said(&finding, Words { language: Language::English }), message);
        }
        let two =
            "Missing: about 2 digests in a row, of 1970-01-01T00:00:00Z to 1970-01-01T01:00:00Z.";
        let two = finding(FindingKind::DigestMissing, None, 2, two);
        assert_eq!(said(&two, Words { language: Language::English }), two.message);
        let korean = Words { language: Language::Korean };
        assert_eq!(
            said(&two, korean),
            "누락: 1970-01-01T00:00:00Z ~ 1970-01-01T01:00:00Z의 연속된 다이제스트 약 2개."
        );
        let changed = "Changed: its content is not what the digest a/b.json.gz recorded.";
        let changed = finding(FindingKind::LogChanged, None, 1, changed);
        assert_eq!(
            said(&changed, korean),
            "변경됨: 내용이 다이제스트 a/b.json.gz의 기록과 다릅니다."
        );
    }
}
