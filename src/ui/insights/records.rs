//! An insight as CloudTrail would write it.

use serde_json::Value;

use crate::ui::{
    context::page,
    widget::{Plain, button, plain},
};

/// Start and End as a file of CloudTrail's, for reading; what is no JSON stays as it is.
pub(crate) fn pretty(records: &[String]) -> String {
    let parsed =
        records.iter().map(|it| serde_json::from_str(it)).collect::<Result<Vec<Value>, _>>();
    let file = parsed.map(|it| serde_json::json!({ "Records": it }));
    file.and_then(|it| serde_json::to_string_pretty(&it)).unwrap_or_else(|_| records.join("\n"))
}

/// Records, if there are some, folded, with copy and save.
pub(crate) fn records(title: &'static str, records: &[String]) -> Option<Plain> {
    let page = page();
    let words = page.words;
    (!records.is_empty()).then(|| {
        let text = pretty(records);
        let (copied, saved) = (text.clone(), text.clone());
        let copy = move || page.copy(&copied);
        let save = move || {
            page.app.host().save_text("insight.json", "application/json", saved.clone());
        };
        plain("details", "records")
            .testid("insight-records")
            .with(plain("summary", "").text(title))
            .with(
                plain("div", "incident-acts")
                    .with_view(button(
                        "button is-small",
                        Some("insight-copy"),
                        None,
                        words.copy(),
                        copy,
                    ))
                    .with_view(button(
                        "button is-small",
                        Some("insight-save"),
                        None,
                        words.save_record(),
                        save,
                    )),
            )
            .with(plain("pre", "raw").focusable().text(text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_a_file_that_can_be_dropped_again() {
        let text = pretty(&["{\"b\":1}".to_owned(), "{\"a\":2}".to_owned()]);
        let file: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(file, serde_json::json!({"Records": [{"b": 1}, {"a": 2}]}));
        assert_eq!(pretty(&["{".to_owned()]), "{");
    }
}
