//! Serves a folder of static files on 127.0.0.1 and prints the address. Nothing but the standard
//! library: one file, compiled in seconds.

use std::{
    env, fs,
    io::{self, BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::{Component, Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    thread,
    time::Duration,
};

/// Each file ending that the page uses, and what it is.
const TYPES: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("svg", "image/svg+xml"),
    ("webmanifest", "application/manifest+json"),
    ("json", "application/json"),
    ("ts", "text/plain; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
];

fn main() -> ExitCode {
    let folder = env::args().nth(1).unwrap_or_else(|| "dist".to_owned());
    let port = env::var("PORT").ok().and_then(|it| it.parse().ok()).unwrap_or(8080);
    match serve(Path::new(&folder), port) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot serve {folder} on port {port}: {error}");
            ExitCode::FAILURE
        },
    }
}

fn serve(folder: &Path, port: u16) -> io::Result<()> {
    let root: Arc<Path> = folder.canonicalize()?.into();
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    println!("http://{}/", listener.local_addr()?);
    io::stdout().flush()?;
    for stream in listener.incoming() {
        let (Ok(stream), root) = (stream, Arc::clone(&root)) else { continue };
        thread::spawn(move || {
            // A browser that hangs up is no news.
            talk(&stream, &root).ok();
        });
    }
    Ok(())
}

/// Answers one request after the other until the browser hangs up.
fn talk(mut stream: &TcpStream, root: &Path) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut request = String::new();
        if reader.read_line(&mut request)? == 0 {
            return Ok(());
        }
        let mut header = String::new();
        while reader.read_line(&mut header)? > 2 {
            header.clear();
        }
        let mut words = request.split_whitespace();
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or("/"));
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let found = find(root, path).and_then(|it| fs::read(&it).ok().map(|body| (it, body)));
        let (status, kind, body) = match found {
            _ if method != "GET" && method != "HEAD" => {
                ("405 Method Not Allowed", "text/plain", b"only GET\n".to_vec())
            },
            Some((path, body)) => ("200 OK", kind(&path), body),
            None => ("404 Not Found", "text/plain", b"not found\n".to_vec()),
        };
        // A file with a build's id in its address never changes.
        let lasts = query.starts_with("v=") && status == "200 OK";
        let cache = if lasts { "max-age=31536000, immutable" } else { "no-cache" };
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\ncache-control: {cache}\r\nx-content-type-options: nosniff\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes())?;
        if method != "HEAD" {
            stream.write_all(&body)?;
        }
    }
}

/// The file behind the path of an address; `None` where there is none, or it lies outside.
fn find(root: &Path, path: &str) -> Option<PathBuf> {
    let relative = PathBuf::from(decode(path)?.trim_start_matches('/'));
    if relative.components().any(|it| !matches!(it, Component::Normal(_) | Component::CurDir)) {
        return None;
    }
    let full = root.join(relative);
    let full = if full.is_dir() { full.join("index.html") } else { full };
    full.is_file().then_some(full)
}

fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn kind(path: &Path) -> &'static str {
    let ending = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
    TYPES.iter().find(|(it, _)| *it == ending).map_or("application/octet-stream", |(_, kind)| kind)
}
