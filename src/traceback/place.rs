//! Names the place of a frame independently of the machine: `blog/render.py`, whether the program
//! was installed in `/app`, in `/var/task` or under somebody's home.

use std::borrow::Cow;

use super::model::Frame;

/// Directories under which libraries are installed: what follows the last of them is the name by
/// which every machine knows the file.
const LIBRARY_ROOTS: &[&str] = &["/site-packages/", "/dist-packages/"];

/// Directories in which programs are installed. A `*` stands for one name. The first row that fits
/// is taken off, so a longer row stands before its beginning.
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
    if file.contains('\\') {
        let slashed = file.replace('\\', "/");
        let path = match slashed.split_once(":/") {
            Some((drive, path)) if drive.len() == 1 => format!("/{path}"),
            _ => slashed,
        };
        return Cow::Owned(strip_root(&path).to_owned());
    }
    Cow::Borrowed(strip_root(file))
}

fn strip_root(path: &str) -> &str {
    for root in LIBRARY_ROOTS {
        if let Some((_, name)) = path.rsplit_once(root) {
            return name;
        }
    }
    if let Some(name) = strip_python_library(path) {
        return name;
    }
    ROOTS.iter().find_map(|root| strip_one_root(path, root)).unwrap_or(path)
}

/// Takes off `…/lib/python3.11/`.
fn strip_python_library(path: &str) -> Option<&str> {
    let (_, versioned) = path.rsplit_once("/lib/python")?;
    let (version, name) = versioned.split_once('/')?;
    let is_version = version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_version.then_some(name)
}

fn strip_one_root<'p>(path: &'p str, root: &str) -> Option<&'p str> {
    match root.split_once('*') {
        None => path.strip_prefix(root),
        Some((before, after)) => {
            let rest = path.strip_prefix(before)?;
            let (_, rest) = rest.split_once(after)?;
            Some(rest)
        }
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
