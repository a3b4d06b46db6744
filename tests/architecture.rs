//! Holds what `src/lib.rs` says of the layers: who may name whom, how long a file may be, where
//! colours stand. Prose that no test holds drifts.

#![expect(clippy::unwrap_used, reason = "a test may stop here")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Who may name whom, lowest layer first. A layer may always name itself.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("reader", &["model"]),
    ("insights", &["model"]),
    ("integrity", &["model"]),
    ("protocol", &["model"]),
    ("engine", &["model", "reader", "insights"]),
    ("service", &["protocol", "engine", "insights", "reader", "model"]),
    ("client", &["protocol", "model"]),
    ("state", &["client", "protocol", "model"]),
    ("platform", &["state", "client", "protocol", "model"]),
    ("api", &["state", "client", "platform", "protocol", "model"]),
    ("sample", &["model"]),
    ("worker", &["service", "reader", "integrity", "protocol", "model"]),
    ("ui", &["state", "platform", "protocol", "model"]),
];

const BROWSER: &[&str] = &["gloo", "js_sys", "wasm_bindgen", "wasm_bindgen_futures", "web_sys"];
const LEPTOS: &[&str] = &["leptos"];
const POLARS: &[&str] = &["polars"];

/// Crates that a layer must not name.
const MUST_NOT_NAME: &[(&str, &[&[&str]])] = &[
    ("model", &[BROWSER, LEPTOS, POLARS]),
    ("reader", &[BROWSER, LEPTOS, POLARS]),
    ("insights", &[BROWSER, LEPTOS, POLARS]),
    ("integrity", &[BROWSER, LEPTOS, POLARS]),
    ("protocol", &[BROWSER, LEPTOS, POLARS]),
    ("engine", &[BROWSER, LEPTOS]),
    ("service", &[BROWSER, LEPTOS, POLARS]),
    ("client", &[BROWSER, LEPTOS, POLARS]),
    ("state", &[BROWSER, POLARS]),
    ("sample", &[BROWSER, LEPTOS, POLARS]),
    ("worker", &[LEPTOS, POLARS]),
    ("ui", &[BROWSER, POLARS]),
    ("api", &[POLARS]),
    ("platform", &[POLARS]),
];

/// Files of more than [`MOST_LINES`] lines: tables and piles of tests.
const LONG_FILES: &[&str] =
    &["src/model/filter/parse/tests.rs", "src/sample/catalogue.rs", "src/ui/words.rs"];
const MOST_LINES: usize = 400;

/// Places that may write to the world outside of the signals. The number may only fall.
const EFFECTS: usize = 3;

#[test]
fn layers_only_look_down() {
    let mut wrong = Vec::new();
    for (layer, path) in layered_files() {
        let (_, below) = MAY_NAME.iter().find(|(it, _)| *it == layer).unwrap_or_else(|| {
            panic!(
                "{}: the folder {layer} is in no table; add it here and in src/lib.rs",
                path.display()
            )
        });
        let code = without_comments(&fs::read_to_string(&path).unwrap());
        for named in named_modules(&code) {
            let is_layer = MAY_NAME.iter().any(|(it, _)| *it == named);
            if is_layer && named != layer && !below.contains(&named.as_str()) {
                wrong.push(format!("{}: {layer} may not name {named}", path.display()));
            }
        }
        let forbidden = MUST_NOT_NAME.iter().filter(|(it, _)| *it == layer);
        for name in forbidden.flat_map(|(_, sets)| sets.iter().copied().flatten()) {
            if names_crate(&code, name) {
                wrong.push(format!("{}: {layer} may not name the crate {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn exports_to_javascript_stand_in_the_programs() {
    let mut wrong = Vec::new();
    for (_, path) in layered_files() {
        if without_comments(&fs::read_to_string(&path).unwrap()).contains("#[wasm_bindgen") {
            wrong.push(path.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "an export lands in all three programs:\n{}", wrong.join("\n"));
}

#[test]
fn files_are_short_enough_to_read() {
    let mut long = Vec::new();
    for path in files(Path::new("src"), "rs") {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        let name = path.display().to_string();
        if lines > MOST_LINES && !LONG_FILES.contains(&name.as_str()) {
            long.push(format!("{name}: {lines} lines"));
        }
    }
    assert!(long.is_empty(), "split, or name a table in LONG_FILES:\n{}", long.join("\n"));
}

#[test]
fn colours_stand_in_the_tokens() {
    let mut wrong = Vec::new();
    for path in files(Path::new("style"), "css") {
        if path.ends_with("tokens.css") {
            continue;
        }
        for (at, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            let code = line.split("/*").next().unwrap_or_default();
            let hex = code.match_indices('#').any(|(at, _)| {
                let digits = code[at + 1..].chars().take_while(char::is_ascii_hexdigit).count();
                matches!(digits, 3 | 4 | 6 | 8) && code[..at].contains(':')
            });
            if hex || ["rgb(", "rgba(", "hsl(", "oklch("].iter().any(|it| code.contains(it)) {
                wrong.push(format!("{}:{}: {line}", path.display(), at + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn effects_are_few() {
    let count: usize = files(Path::new("src"), "rs")
        .iter()
        .map(|path| {
            without_comments(&fs::read_to_string(path).unwrap()).matches("Effect::new").count()
        })
        .sum();
    assert!(count <= EFFECTS, "{count} effects; what can be derived should be derived");
    assert!(count == EFFECTS, "only {count} effects are left: write that number into EFFECTS");
}

/// Every Rust file of a layer, with the layer's name.
fn layered_files() -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for entry in fs::read_dir("src").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "bin" {
            found.extend(files(&path, "rs").into_iter().map(|it| (name.clone(), it)));
        }
    }
    found
}

/// The modules that follow `crate::`, in plain paths and in (nested, many-line) `use` groups.
fn named_modules(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if !rest.starts_with('{') {
            found.push(first_word(rest));
            continue;
        }
        let (mut depth, mut starts_item) = (0, false);
        for (at, c) in rest.char_indices() {
            if starts_item && (c.is_alphanumeric() || c == '_') {
                found.push(first_word(&rest[at..]));
                starts_item = false;
            }
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => (),
            }
            if depth == 0 {
                break;
            }
            starts_item |= depth == 1 && matches!(c, '{' | ',');
        }
    }
    found
}

fn names_crate(code: &str, name: &str) -> bool {
    let path = format!("{name}::");
    code.match_indices(&path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|it| it.is_alphanumeric() || it == '_')
    })
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect()
}

fn without_comments(text: &str) -> String {
    let code = text.lines().map(|line| line.split("//").next().unwrap_or(""));
    code.collect::<Vec<&str>>().join("\n")
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}
