//! Names the place of a frame independently of the machine: `blog/render.py`, whether the program
//! was installed in `/app`, in `/var/task` or under somebody's home.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memchr2;

use super::literals::Literals;
use super::marks::Marks as _;
use super::model::Frame;

/// Directories under which libraries are installed: what follows the last of them is the name by
/// which every machine knows the file.
const LIBRARY_ROOTS: &[&str] = &["/site-packages/", "/dist-packages/", "/node_modules/"];

/// What stands before the version in the directory of Python's own library.
const PYTHON_LIBRARY: &str = "/lib/python";

/// All that is looked for anywhere in a path.
static INSIDE: LazyLock<Literals> =
    LazyLock::new(|| Literals::new(LIBRARY_ROOTS.iter().copied().chain([PYTHON_LIBRARY])));

/// Directories in which programs are installed. A `*` at the end stands for one name. The first row
/// that fits is taken off, so a longer row stands before its beginning.
const ROOTS: &[&str] = &[
    "/app/",
    "/code/",
    "/workspace/",
    "/var/task/",
    "/var/runtime/",
    "/var/www/html/",
    "/var/www/",
    "/usr/src/app/",
    "/usr/src/",
    "/src/",
    "/srv/",
    "/opt/*/",
    "/home/*/",
    "/Users/*/",
    "/root/",
    "./",
];

/// The module of `frame`, or else its file without the part that depends on the machine.
pub(super) fn of<'f>(frame: &'f Frame<'_>) -> Option<Cow<'f, str>> {
    match (&frame.module, &frame.file) {
        (Some(module), _) => Some(Cow::Borrowed(module)),
        (None, Some(file)) => Some(relative(file)),
        (None, None) => None,
    }
}

/// `file` without the directory in which its program or library is installed, and with `/`
/// between its parts. A path under no known directory stays whole.
fn relative(file: &str) -> Cow<'_, str> {
    if memchr2(b':', b'\\', file.as_bytes()).is_none() {
        return Cow::Borrowed(strip_root(file));
    }
    if let Some((scheme, rest)) = file.split_at_mark("://") {
        return of_url(scheme, rest);
    }
    if file.contains('\\') {
        let slashed = file.replace('\\', "/");
        let path = match slashed.split_at_mark(":/") {
            Some((drive, path)) if drive.len() == 1 => format!("/{path}"),
            _ => slashed,
        };
        return Cow::Owned(strip_root(&path).to_owned());
    }
    Cow::Borrowed(strip_root(file))
}

/// The path of a URL without its host and query, which differ between deployments, and without the
/// hash that bundlers put into the names of scripts.
fn of_url<'f>(scheme: &str, rest: &'f str) -> Cow<'f, str> {
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let (_, path) = path.split_at_checked(path.find('/').unwrap_or(path.len())).unwrap_or_default();
    if scheme == "file" {
        return relative(path);
    }
    let path = path.trim_start_matches('/');
    without_hash(path.strip_prefix("./").unwrap_or(path))
}

/// `js/main.3f2a1b9c.js` as `js/main.js`.
fn without_hash(path: &str) -> Cow<'_, str> {
    let is_hash = |part: &str| {
        (8..=32).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && part.bytes().any(|byte| byte.is_ascii_digit())
    };
    let split = || {
        let (stem, ending) = path.rsplit_once('.')?;
        let (name, hash) = stem.rsplit_once(['.', '-'])?;
        (is_hash(hash) && !name.ends_with('/')).then(|| format!("{name}.{ending}"))
    };
    split().map_or(Cow::Borrowed(path), Cow::Owned)
}

fn strip_root(path: &str) -> &str {
    if INSIDE.any_in(path) {
        let library = LIBRARY_ROOTS.iter().find_map(|root| path.rsplit_once(root));
        if let Some(name) = library.map(|(_, name)| name).or_else(|| strip_python_library(path)) {
            return name;
        }
    }
    ROOTS.iter().find_map(|root| strip_one_root(path, root)).unwrap_or(path)
}

/// Takes off `…/lib/python3.11/`.
fn strip_python_library(path: &str) -> Option<&str> {
    let (_, versioned) = path.rsplit_once(PYTHON_LIBRARY)?;
    let (version, name) = versioned.split_once('/')?;
    let is_version = version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_version.then_some(name)
}

fn strip_one_root<'p>(path: &'p str, root: &str) -> Option<&'p str> {
    // Most paths are told apart by what stands before the `*`.
    match root.strip_suffix("*/") {
        None => path.strip_prefix(root),
        Some(before) => path.strip_prefix(before)?.split_once('/').map(|(_, rest)| rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths() {
        let table = [
            ("/app/blog/render.py", "blog/render.py"),
            ("/app/render.py", "render.py"),
            ("/application/render.py", "/application/render.py"),
            ("/var/task/index.py", "index.py"),
            ("/usr/src/app/blog/render.py", "blog/render.py"),
            ("/opt/blog/render.py", "render.py"),
            ("/opt/render.py", "/opt/render.py"),
            ("/home/ann/blog/render.py", "blog/render.py"),
            ("/srv/blog/render.py", "blog/render.py"),
            ("./blog/render.py", "blog/render.py"),
            ("blog/render.py", "blog/render.py"),
            ("C:\\app\\blog\\render.py", "blog/render.py"),
            ("blog\\render.py", "blog/render.py"),
            ("/usr/lib/python3.11/json/decoder.py", "json/decoder.py"),
            ("/usr/lib/pythonic/a.py", "/usr/lib/pythonic/a.py"),
            ("/app/.venv/lib/python3.12/site-packages/flask/app.py", "flask/app.py"),
            ("/usr/lib/python3/dist-packages/yaml/loader.py", "yaml/loader.py"),
            ("<frozen importlib._bootstrap>", "<frozen importlib._bootstrap>"),
            ("<string>", "<string>"),
            ("/app/node_modules/express/lib/router.js", "express/lib/router.js"),
            ("node:internal/timers", "node:internal/timers"),
            ("file:///app/blog/render.mjs", "blog/render.mjs"),
            ("file:///C:/app/render.mjs", "/C:/app/render.mjs"),
            ("https://mail.example/js/app.js?v=3", "js/app.js"),
            ("https://mail.example:8080/js/main.3f2a1b9c.js", "js/main.js"),
            ("https://cdn.example/assets/index-BhX3k9aZ.js", "assets/index.js"),
            ("https://mail.example/js/jquery-slim.min.js", "js/jquery-slim.min.js"),
            ("https://mail.example", ""),
            ("webpack://shop/./src/cart.ts", "src/cart.ts"),
            ("webpack-internal:///./src/cart.ts", "src/cart.ts"),
        ];
        for (file, expected) in table {
            assert_eq!(relative(file), expected, "{file}");
        }
    }

    #[test]
    fn no_root_hides_a_later_one() {
        for (row, root) in ROOTS.iter().enumerate() {
            assert!(root.ends_with('/') && root.matches('*').count() <= 1, "{root}");
            for earlier in &ROOTS[..row] {
                assert!(!root.starts_with(earlier), "{earlier} hides {root}");
            }
        }
    }
}
