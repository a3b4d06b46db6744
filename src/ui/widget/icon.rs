//! Icons: strokes on a grid of 16, in the colour of the text around them.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Search,
    Close,
    Plus,
    Minus,
    Download,
    Contrast,
    Help,
    Down,
    Right,
    Left,
    Up,
    Folder,
    File,
    Lock,
    Warning,
    Copy,
    More,
    Columns,
    Sidebar,
    Check,
    Spark,
    Group,
    ZoomOut,
}

impl Shape {
    fn path(self) -> &'static str {
        match self {
            Shape::Search => "M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM11 11l3 3",
            Shape::Close => "M4 4l8 8M12 4l-8 8",
            Shape::Plus => "M8 3v10M3 8h10",
            Shape::Minus => "M3 8h10",
            Shape::Download => "M8 2v8M4.5 7 8 10.5 11.5 7M3 13.5h10",
            Shape::Contrast => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 2v12M8 5h4.7M8 8h6M8 11h4.7",
            Shape::Help => {
                "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM6.2 6.3c.3-2.3 3.7-2 3.5.2C9.6 8 8 8 8 9.4M8 11.4v.2"
            },
            Shape::Down => "M4 6l4 4 4-4",
            Shape::Right => "M6 4l4 4-4 4",
            Shape::Left => "M10 4 6 8l4 4",
            Shape::Up => "M4 10l4-4 4 4",
            Shape::Folder => {
                "M2 4.5V12a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V6a1 1 0 0 0-1-1H8L6.5 3.5H3a1 1 0 0 0-1 1Z"
            },
            Shape::File => "M4 2h5l3 3v9H4V2ZM9 2v3h3",
            Shape::Lock => "M4 7h8v6.5H4V7ZM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
            Shape::Warning => "M8 2.5 14.5 13.5h-13L8 2.5ZM8 6.5v3.5M8 11.7v.2",
            Shape::Copy => "M5.5 5.5h8v8h-8v-8ZM10.5 5.5v-3h-8v8h3",
            Shape::More => "M3.5 8h.1M8 8h.1M12.5 8h.1",
            Shape::Columns => "M2.5 3h11v10h-11V3ZM6.2 3v10M9.8 3v10",
            Shape::Sidebar => "M2.5 3h11v10h-11V3ZM6.5 3v10",
            Shape::Check => "M3 8.5 6.5 12 13 4.5",
            Shape::Spark => "M1.5 9.5h3L6.5 3l3 10 2-6h3",
            Shape::Group => "M3 4h10M3 8h7M3 12h4",
            Shape::ZoomOut => "M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM11 11l3 3M5 7h4",
        }
    }
}

/// A picture beside a word, or in a button that has a name. Never read aloud.
#[component]
pub(crate) fn Icon(
    /// What it shows.
    shape: Shape,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=shape.path()></path>
        </svg>
    }
}
