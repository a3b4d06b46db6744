//! The help: the filter language by example, and the keys.

use leptos::prelude::*;

use crate::{
    state::command::Command,
    ui::{context::page, keys::KEYS, widget::Dialog, words::Words},
};

type Example = (&'static str, fn(Words) -> &'static str);

/// The filter language by example; each line can be put to use.
pub(crate) const EXAMPLES: &[Example] = &[
    ("eventName:TerminateInstances", Words::help_only),
    ("eventName:Delete*", Words::help_wildcard),
    ("-outcome:success", Words::help_not),
    ("service:(s3 OR iam)", Words::help_any),
    ("awsRegion:us-east-1 OR (service:iam NOT readOnly:true)", Words::help_or),
    ("eventTime>=2021-07-30T16:00", Words::help_time),
    ("eventTime:2021-07-30", Words::help_day),
    ("userAgent:\"aws-cli*\"", Words::help_quotes),
    ("errorCode:*", Words::help_exists),
    ("AccessDenied", Words::help_word),
];

/// The help, where it is open.
#[component]
pub(crate) fn Help() -> impl IntoView {
    let page = page();
    let words = page.words;
    let has_data = page.has_data();
    let example = move |(text, meaning): Example| {
        let put_to_use = move |_| {
            page.screen.help.set(false);
            page.send(Command::Filter(text.to_owned()));
        };
        let button = move || {
            has_data.get().then(|| {
                view! {
                    <button type="button" class="button is-small" on:click=put_to_use>
                        {words.try_it()}
                    </button>
                }
            })
        };
        view! {
            <tr>
                <td><code>{text}</code></td>
                <td>{meaning(words)}</td>
                <td>{button}</td>
            </tr>
        }
    };
    let key = move |(key, meaning): crate::ui::keys::Key| {
        let keys = key.split(' ').map(|it| view! { <kbd>{it}</kbd> }).collect_view();
        view! { <tr><td class="keys">{keys}</td><td>{meaning(words)}</td></tr> }
    };
    view! {
        <Dialog
            title=words.help_title()
            close_label=words.close()
            open=page.screen.help
            close=Callback::new(move |()| page.screen.help.set(false))
        >
            <h3>{words.help_filter()}</h3>
            <p>{words.help_filter_lead()}</p>
            <table class="help-table">
                <tbody>{EXAMPLES.iter().copied().map(example).collect_view()}</tbody>
            </table>
            <h3>{words.help_keys()}</h3>
            <table class="help-table">
                <tbody>{KEYS.iter().copied().map(key).collect_view()}</tbody>
            </table>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::EXAMPLES;
    use crate::model::filter::Filter;

    #[test]
    fn every_example_of_the_help_is_a_filter() {
        for (text, _) in EXAMPLES {
            assert!(Filter::parse(text).is_ok(), "{text}");
        }
    }
}
