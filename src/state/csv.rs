//! Comma-separated values that a spreadsheet cannot mistake for formulas.

use crate::model::{
    insight::{Incident, Insight, SeriesKey},
    integrity::report::ChainReport,
    problem::Problem,
    repeat::FilePair,
    time::iso,
};

/// One line with its line break. A cell that a spreadsheet would run gets an apostrophe before it.
pub fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let mut line = String::new();
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            line.push(',');
        }
        let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        if cell.contains([',', '"', '\n', '\r']) {
            line.push('"');
            line.push_str(guard);
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(guard);
            line.push_str(cell);
        }
    }
    line.push_str("\r\n");
    line
}

/// Problems with their files, a line each. Records are counted from 1, as messages count them.
pub fn problems(problems: &[Problem]) -> String {
    let mut text = line(["kind", "path", "record", "byte", "message"]);
    for Problem { path, kind, message, record, byte } in problems {
        let record = record.map(|it| (u64::from(it) + 1).to_string()).unwrap_or_default();
        let byte = byte.map(|it| it.to_string()).unwrap_or_default();
        text.push_str(&line([kind.as_str(), path, &record, &byte, message]));
    }
    text
}

/// Pairs of files that hold the same events, a line each.
pub fn file_pairs(pairs: &[FilePair]) -> String {
    let mut text = line(["first_path", "second_path", "duplicates", "contradictions"]);
    for it in pairs {
        let (duplicates, contradictions) =
            (it.duplicates.to_string(), it.contradictions.to_string());
        let cells = [&it.first_path, &it.second_path, &duplicates, &contradictions];
        text.push_str(&line(cells.map(String::as_str)));
    }
    text
}

/// What a check of the digest chain found, a line each; and a line for what is not listed of a kind.
pub fn findings(report: &ChainReport) -> String {
    let columns = ["kind", "says", "path", "object", "account", "region", "from", "to", "files"];
    let mut text = line(columns.into_iter().chain(["message"]));
    for it in &report.findings {
        let time = |millis: Option<i64>| millis.map(iso).unwrap_or_default();
        let from = time(it.range.map(|it| it.start_millis));
        let to = time(it.range.map(|it| it.end_millis));
        let files = it.files.to_string();
        text.push_str(&line([
            it.kind.as_str(),
            it.kind.verdict().as_str(),
            it.path.as_deref().unwrap_or_default(),
            it.object.as_deref().unwrap_or_default(),
            &it.account,
            &it.region,
            &from,
            &to,
            &files,
            &it.message,
        ]));
    }
    for (kind, count) in &report.counts {
        let listed = report.findings.iter().filter(|it| it.kind == *kind).count() as u64;
        if *count > listed {
            let (files, message) = ((count - listed).to_string(), "Of this kind, not listed.");
            let (kind, says) = (kind.as_str(), kind.verdict().as_str());
            text.push_str(&line([kind, says, "", "", "", "", "", "", &files, message]));
        }
    }
    text
}

/// Incidents, a line each, with the numbers of their leading series.
pub fn incidents<'a>(incidents: impl IntoIterator<Item = &'a Incident>) -> String {
    let columns = ["id", "kind", "tier", "e", "start", "end", "principal", "accounts", "regions"];
    let lead = ["eventSource", "eventName", "errorCode", "count", "minutes", "baselinePerMinute"];
    let mut text = line(columns.into_iter().chain(lead));
    for it in incidents {
        let lead = it.insights.first();
        let part = |of: fn(&SeriesKey) -> &String| lead.map(|it| of(&it.key)).map_or("", |it| it);
        let number =
            |of: fn(&Insight) -> f64| lead.map(|it| of(it).to_string()).unwrap_or_default();
        text.push_str(&line([
            it.id.as_str(),
            it.title_kind.as_str(),
            it.tier.as_str(),
            &it.e.to_string(),
            &iso(it.range.start_millis),
            &it.end_millis().map(iso).unwrap_or_default(),
            it.principal.as_deref().unwrap_or_default(),
            &it.accounts.join(" "),
            &it.regions.join(" "),
            part(|it| &it.event_source),
            part(|it| &it.event_name),
            part(|it| &it.error_code),
            &number(|it| it.insight.count as f64),
            &number(|it| it.insight.minutes),
            &number(|it| it.baseline.average()),
        ]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        integrity::report::{Finding, FindingKind},
        problem::ProblemKind,
        question::FileId,
    };

    #[test]
    fn problems_are_lines() {
        let torn = Problem::new("a/=b.json", ProblemKind::BadJson, "It breaks off, early.");
        let torn = torn.at_record(3).at_byte(70);
        let empty = Problem::new("=c", ProblemKind::Empty, "Empty.");
        assert_eq!(
            problems(&[torn, empty]),
            "kind,path,record,byte,message\r\n\
             bad-json,a/=b.json,4,70,\"It breaks off, early.\"\r\n\
             empty,'=c,,,Empty.\r\n"
        );
    }

    #[test]
    fn findings_are_lines_and_what_is_not_listed_is_counted() {
        let finding = Finding {
            kind: FindingKind::LogMissing,
            path: None,
            object: Some("=a.json.gz".to_owned()),
            account: "1".to_owned(),
            region: "eu-west-1".to_owned(),
            range: None,
            files: 1,
            reason: None,
            message: "Missing.".to_owned(),
        };
        let report = ChainReport {
            counts: [(FindingKind::LogMissing, 1_200)].into(),
            findings: vec![finding],
            ..ChainReport::default()
        };
        assert_eq!(
            findings(&report),
            "kind,says,path,object,account,region,from,to,files,message\r\n\
             log-missing,missing,,'=a.json.gz,1,eu-west-1,,,1,Missing.\r\n\
             log-missing,missing,,,,,,,1199,\"Of this kind, not listed.\"\r\n"
        );
    }

    #[test]
    fn pairs_of_files_are_lines() {
        let pair = FilePair {
            first: FileId(0),
            first_path: "a.json".to_owned(),
            second: FileId(1),
            second_path: "=b.json".to_owned(),
            duplicates: 1200,
            contradictions: 1,
        };
        assert_eq!(
            file_pairs(&[pair]),
            "first_path,second_path,duplicates,contradictions\r\na.json,'=b.json,1200,1\r\n"
        );
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(line(["a", "b c", ""]), "a,b c,\r\n");
        assert_eq!(line(["say \"hi\"", "a,b", "x\ny"]), "\"say \"\"hi\"\"\",\"a,b\",\"x\ny\"\r\n");
    }

    #[test]
    fn formulas_are_disarmed() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"] {
            assert_eq!(line([cell]), format!("'{cell}\r\n"));
        }
        assert_eq!(line(["\rx"]), "\"'\rx\"\r\n");
        assert_eq!(line(["=HYPERLINK(\"x\",1)"]), "\"'=HYPERLINK(\"\"x\"\",1)\"\r\n");
        assert_eq!(line(["a=b"]), "a=b\r\n");
    }
}
