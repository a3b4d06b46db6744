//! Writes the sample organisation's trail as a folder, laid out as in its bucket.
//!
//! ```text
//! cargo run --release --example sample-logs -- OUT_DIR [--events 50000] [--days 7] [--per-file 120] [--seed 1] [--gzip]
//! ```

use std::env;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use trailglass::sample::{self, Plan};

const USAGE: &str =
    "usage: sample-logs OUT_DIR [--events N] [--days N] [--per-file N] [--seed N] [--gzip]";

/// What was asked for on the command line.
struct Wish {
    folder: PathBuf,
    plan: Plan,
    gzip: bool,
}

#[expect(clippy::print_stdout, reason = "a command line program tells what it did")]
fn main() -> Result<(), Box<dyn Error>> {
    let wish = read(env::args().skip(1))?;
    let (mut count, mut json_bytes, mut written_bytes) = (0_u64, 0_u64, 0_u64);
    for file in sample::files(&wish.plan) {
        let mut path = wish.folder.join(&file.path);
        json_bytes += file.json.len() as u64;
        let bytes = if wish.gzip {
            path.set_extension("json.gz");
            packed(&file.json)?
        } else {
            file.json
        };
        written_bytes += bytes.len() as u64;
        write(&path, &bytes)?;
        count += 1;
    }
    println!("{count} files, {json_bytes} bytes of JSON, {written_bytes} bytes written");
    Ok(())
}

fn read(arguments: impl Iterator<Item = String>) -> Result<Wish, Box<dyn Error>> {
    let mut wish = Wish { folder: PathBuf::new(), plan: Plan::default(), gzip: false };
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let mut number = || -> Result<u64, Box<dyn Error>> {
            let text = arguments.next().ok_or_else(|| format!("{argument} needs a number"))?;
            text.replace('_', "").parse().map_err(|it| format!("{argument} {text}: {it}").into())
        };
        match argument.as_str() {
            "--events" => wish.plan.events = number()?,
            "--days" => wish.plan.days = u32::try_from(number()?)?,
            "--per-file" => wish.plan.per_file = u32::try_from(number()?)?,
            "--seed" => wish.plan.seed = number()?,
            "--gzip" => wish.gzip = true,
            text if text.starts_with('-') || !wish.folder.as_os_str().is_empty() => {
                return Err(USAGE.into());
            },
            _ => wish.folder = PathBuf::from(argument),
        }
    }
    if wish.folder.as_os_str().is_empty() { Err(USAGE.into()) } else { Ok(wish) }
}

fn packed(json: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(json.len() / 6), Compression::new(6));
    encoder.write_all(json)?;
    Ok(encoder.finish()?)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes).map_err(|it| format!("{it}: {}", path.display()).into())
}
