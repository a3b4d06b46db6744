//! Elements that are drawn once and do not change.
//!
//! To Leptos every shape of a view is a type of its own, with code of its own to build, change and
//! forget it. Of these elements there is one type, whatever they draw: what need not move is drawn
//! with them, and the page's program stays small.

use leptos::{ev, html, prelude::*};

use crate::ui::format::{visible, visible_lines};

/// An element in the making.
#[derive(Default)]
pub(crate) struct Plain {
    tag: &'static str,
    class: String,
    id: Option<String>,
    role: Option<&'static str>,
    label: Option<String>,
    tabindex: Option<&'static str>,
    testid: Option<&'static str>,
    kind: Option<String>,
    title: Option<String>,
    left: Option<(&'static str, String)>,
    width: Option<(&'static str, String)>,
    children: Vec<AnyView>,
}

/// An element of that name and those classes.
pub(crate) fn plain(tag: &'static str, class: impl Into<String>) -> Plain {
    Plain { tag, class: class.into(), ..Plain::default() }
}

impl Plain {
    /// Its part for those who do not see it.
    pub(crate) fn role(self, role: &'static str) -> Plain {
        Plain { role: Some(role), ..self }
    }

    /// Its name for those who do not see it.
    pub(crate) fn label(self, label: impl Into<String>) -> Plain {
        Plain { label: Some(visible(&label.into()).into_owned()), ..self }
    }

    /// A stop of the Tab key, for what scrolls.
    pub(crate) fn focusable(self) -> Plain {
        Plain { tabindex: Some("0"), ..self }
    }

    /// A place that the keyboard is put on by its id.
    pub(crate) fn target(self, id: impl Into<String>) -> Plain {
        Plain { id: Some(id.into()), tabindex: Some("-1"), ..self }
    }

    /// Its `data-testid`.
    pub(crate) fn testid(self, testid: &'static str) -> Plain {
        Plain { testid: Some(testid), ..self }
    }

    /// Its `data-kind`.
    pub(crate) fn kind(self, kind: impl Into<String>) -> Plain {
        Plain { kind: Some(kind.into()), ..self }
    }

    /// What is told of it when the pointer rests on it.
    pub(crate) fn title(self, title: impl Into<String>) -> Plain {
        Plain { title: Some(visible(&title.into()).into_owned()), ..self }
    }

    /// Where it begins and how wide it is, as shares of what it is in.
    pub(crate) fn placed(self, left: f64, width: f64) -> Plain {
        let percent = |share: f64| format!("{:.3}%", share * 100.0);
        Plain {
            left: Some(("left", percent(left))),
            width: Some(("width", percent(width))),
            ..self
        }
    }

    /// Where it begins, as a share of what it is in.
    pub(crate) fn placed_at(self, left: f64) -> Plain {
        Plain { width: None, ..self.placed(left, 0.0) }
    }

    /// Text in it: only ever text, whatever it is, and nothing in it unseen.
    pub(crate) fn text(mut self, text: impl Into<String>) -> Plain {
        let text = text.into();
        let shown = if self.tag == "pre" { visible_lines(&text) } else { visible(&text) };
        self.children.push(shown.into_owned().into_any());
        self
    }

    /// Another one in it.
    pub(crate) fn with(mut self, child: Plain) -> Plain {
        self.children.push(child.view());
        self
    }

    /// Others in it.
    pub(crate) fn with_all(mut self, children: impl IntoIterator<Item = Plain>) -> Plain {
        self.children.extend(children.into_iter().map(Plain::view));
        self
    }

    /// Anything in it.
    pub(crate) fn with_view(mut self, child: AnyView) -> Plain {
        self.children.push(child);
        self
    }

    /// As a part of a view.
    pub(crate) fn view(self) -> AnyView {
        html::custom(self.tag)
            .class(self.class)
            .attr("id", self.id)
            .attr("role", self.role)
            .attr("aria-label", self.label)
            .attr("tabindex", self.tabindex)
            .attr("data-testid", self.testid)
            .attr("data-kind", self.kind)
            .attr("title", self.title)
            .style(self.left)
            .style(self.width)
            .child(self.children)
            .into_any()
    }
}

/// A button with a text.
pub(crate) fn button(
    class: &'static str,
    testid: Option<&'static str>,
    title: Option<&'static str>,
    text: impl Into<String>,
    act: impl Fn() + 'static,
) -> AnyView {
    // One type for all acts as well.
    let act: Box<dyn Fn()> = Box::new(act);
    html::button()
        .r#type("button")
        .class(class)
        .attr("data-testid", testid)
        .attr("title", title)
        .on(ev::click, move |_| act())
        .child(visible(&text.into()).into_owned())
        .into_any()
}
