//! What `.ci/install-tools` installs for the tests.

use std::path::{Path, PathBuf};

/// A tool; `None`, with a loud line, where it is not installed, but never in CI.
pub(crate) fn tool(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".tools").join(name);
    if path.exists() {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is missing in CI", path.display());
    eprintln!("\n*** NOT TESTED: {name} is missing; run .ci/install-tools\n");
    None
}
