//! Who, what and where: the values of an insight's events beside those of the rest of its series.

use leptos::{ev::MouseEvent, prelude::*};

use crate::{
    model::{
        field::Field,
        insight::{Attribution, Insight, Part},
    },
    ui::{
        context::{Page, page},
        format::{fill, grouped, share_percent, short_arn, visible},
        widget::{Plain, plain},
    },
};

/// Values that are shown of each field.
const VALUES: usize = 5;

/// The shares of a value: of the events in the insight, and of those at other times. The first is
/// of all, the second of the values that are told.
fn shares(attribution: &Attribution, part: &Part) -> (f64, f64) {
    let sum = |of: fn(&Part) -> u64| attribution.values.iter().map(of).sum::<u64>().max(1) as f64;
    (part.inside as f64 / sum(|it| it.inside), part.outside as f64 / sum(|it| it.outside))
}

/// Whether the series has events at other times: without any, all is new and nothing is.
fn is_known(insight: &Insight) -> bool {
    let elsewhere = |it: &Attribution| it.values.iter().any(|part| part.outside > 0);
    insight.baseline.count > 0 || insight.attributions.iter().any(elsewhere)
}

/// One value. A click filters by it, with Shift leaves it out, as values do beside the table.
fn value(page: Page, field: Field, (now, else_): (f64, f64), part: &Part, known: bool) -> AnyView {
    let words = page.words;
    let some = Some(part.value.clone()).filter(|it| !it.is_empty());
    let whole = some.clone().unwrap_or_else(|| words.no_value().to_owned());
    let name = short_arn(&whole).into_owned();
    let numbers = [("n", grouped(part.inside)), ("m", grouped(part.outside))];
    let numbers =
        fill(words.contrast_counts(), &numbers.each_ref().map(|it| (it.0, it.1.as_str())));
    let title = format!("{}\n{numbers}\n{}", visible(&whole), words.contrast_click());
    let act = move |event: MouseEvent| {
        if event.shift_key() {
            page.without(field, some.clone());
        } else {
            page.only(field, some.clone());
        }
    };
    let bars = plain("span", "contrast-bars")
        .with(plain("i", "contrast-now").placed(0.0, now))
        .with(plain("i", "contrast-else").placed(0.0, else_))
        .view();
    let is_new = (known && part.outside == 0)
        .then(|| plain("span", "badge").text(words.attribution_new()).view());
    let shares = format!("{} · {}", share_percent(now), share_percent(else_));
    view! {
        <button
            type="button"
            class="contrast-value"
            data-testid="insight-value"
            data-value=part.value.clone()
            title=title
            on:click=act
        >
            <span class="contrast-name">{name}</span>
            {is_new}
            <span class="contrast-shares">{shares}</span>
            {bars}
        </button>
    }
    .into_any()
}

fn dimension(page: Page, attribution: &Attribution, known: bool) -> Plain {
    let values = attribution.values.iter().take(VALUES).map(|part| {
        let line = value(page, attribution.field, shares(attribution, part), part, known);
        plain("li", "").with_view(line)
    });
    plain("div", "contrast-field")
        .with(plain("h5", "mono").text(attribution.field.name()))
        .with(plain("ul", "").with_all(values))
}

/// All fields, the most telling first; nothing of what did not come.
pub(crate) fn contrast(insight: &Insight) -> Option<Plain> {
    let page = page();
    let words = page.words;
    let fields: Vec<&Attribution> =
        insight.attributions.iter().filter(|it| !it.values.is_empty()).collect();
    let known = is_known(insight);
    let keys = [("contrast-now", words.contrast_now()), ("contrast-else", words.contrast_else())];
    let keys = keys.map(|(class, text)| {
        plain("li", "").with(plain("i", format!("plot-key {class}"))).text(text)
    });
    (!fields.is_empty()).then(|| {
        plain("section", "contrast")
            .testid("insight-contrast")
            .with(plain("h4", "").text(words.contrast_title()))
            .with(plain("ul", "plot-legend").with_all(keys))
            .with(
                plain("div", "contrast-fields")
                    .with_all(fields.iter().map(|it| dimension(page, it, known))),
            )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_now_and_of_else() {
        let part = |inside, outside| Part { value: String::new(), inside, outside };
        let values = vec![part(9, 0), part(1, 40)];
        let it = Attribution { field: Field::Principal, values };
        assert_eq!(shares(&it, &it.values[0]), (0.9, 0.0));
        assert_eq!(shares(&it, &it.values[1]), (0.1, 1.0));
        let none = Attribution { field: Field::Principal, values: vec![part(0, 0)] };
        assert_eq!(shares(&none, &none.values[0]), (0.0, 0.0));
    }
}
