//! Tells the application's own frames from those of libraries and runtimes.
//!
//! One table serves all languages: what it names is distinct enough not to meet another
//! language's code. Whatever no row names is the application's own. So is code without a file,
//! which Python calls `<string>` and `<stdin>`: somebody wrote it for this program.

use std::sync::LazyLock;

use super::literals::Literals;
use super::model::Frame;

/// What a row of the table looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Test {
    /// The file's path holds the text.
    FileHolds,
    /// The file's path begins with the text.
    FileBegins,
    /// The module's name begins with the text; the function's, where no module is printed.
    NameBegins,
}

#[rustfmt::skip]
const LIBRARIES: &[(Test, &str)] = &[
    // Python
    (Test::FileHolds, "site-packages"),
    (Test::FileHolds, "dist-packages"),
    (Test::FileHolds, "lib/python2"),
    (Test::FileHolds, "lib/python3"),
    (Test::FileHolds, "lib/pypy"),
    (Test::FileHolds, "\\Lib\\"),
    (Test::FileHolds, "/var/runtime/"),
    (Test::FileBegins, "<frozen "),
    // JavaScript
    (Test::FileHolds, "node_modules"),
    (Test::FileBegins, "node:"),
    (Test::FileBegins, "internal/"),
    (Test::FileBegins, "ext:"), // Deno
    // JVM
    (Test::NameBegins, "java."),
    (Test::NameBegins, "javax."),
    (Test::NameBegins, "jdk."),
    (Test::NameBegins, "sun."),
    (Test::NameBegins, "kotlin."),
    (Test::NameBegins, "scala."),
    (Test::NameBegins, "jakarta."),
    (Test::NameBegins, "kotlinx."),
    (Test::NameBegins, "clojure."),
    (Test::NameBegins, "groovy."),
    (Test::NameBegins, "reactor."),
    (Test::NameBegins, "org.apache."),
    (Test::NameBegins, "org.hibernate."),
    (Test::NameBegins, "org.junit."),
    (Test::NameBegins, "io.netty."),
    (Test::NameBegins, "com.fasterxml."),
    (Test::NameBegins, "org.springframework."),
    // Go
    (Test::FileHolds, "/usr/local/go/src"),
    (Test::FileHolds, "/pkg/mod/"),
    (Test::NameBegins, "runtime."),
    // Ruby
    (Test::FileHolds, "/gems/"),
    (Test::FileHolds, "lib/ruby/"),
    (Test::FileBegins, "<internal:"),
    // Perl
    (Test::FileHolds, "/perl5/"),
    (Test::FileHolds, "/perl/5."),
    (Test::FileHolds, "/perl-base/"),
    // PHP and Go
    (Test::FileHolds, "/vendor/"),
    // Rust
    (Test::FileBegins, "/rustc/"),
    (Test::FileHolds, ".cargo/registry"),
    (Test::FileBegins, "library/core/"),
    (Test::FileBegins, "library/std/"),
    (Test::FileBegins, "library/alloc/"),
    (Test::FileHolds, "/sysdeps/nptl/"),
    (Test::FileHolds, "/csu/libc-start"),
    (Test::NameBegins, "std::"),
    (Test::NameBegins, "core::"),
    (Test::NameBegins, "alloc::"),
    (Test::NameBegins, "<std::"),
    (Test::NameBegins, "<core::"),
    (Test::NameBegins, "<alloc::"),
    (Test::NameBegins, "__rust"),
    (Test::NameBegins, "rust_begin_unwind"),
    (Test::NameBegins, "__libc_start"),
    // Dart
    (Test::FileBegins, "dart:"),
    (Test::FileBegins, "package:flutter/"),
    (Test::FileBegins, "package:flutter_test/"),
    (Test::FileBegins, "package:stack_trace/"),
    (Test::FileBegins, "package:test/"),
    (Test::FileBegins, "package:test_api/"),
    // C++
    (Test::FileHolds, "/usr/include/"),
    (Test::FileBegins, "/usr/lib/"),
    (Test::FileBegins, "/lib64/"),
    (Test::FileHolds, "/lib/x86_64-linux-gnu/"),
    (Test::FileHolds, "/lib/aarch64-linux-gnu/"),
    (Test::FileHolds, "libc.so"),
    (Test::FileHolds, "libstdc++"),
    (Test::FileHolds, "libc++abi"),
    (Test::FileHolds, "/src/libsanitizer/"),
    (Test::FileHolds, "/compiler-rt/lib/"),
    (Test::FileBegins, "./nptl/"),
    (Test::FileBegins, "./stdlib/"),
    (Test::FileBegins, "../sysdeps/"),
    (Test::NameBegins, "void std::"),
    (Test::NameBegins, "boost::"),
    (Test::NameBegins, "operator new"),
    (Test::NameBegins, "operator delete"),
    (Test::NameBegins, "__interceptor_"),
    (Test::NameBegins, "__cxa_"),
    (Test::NameBegins, "__gnu_cxx::"),
    (Test::NameBegins, "_start"),
    // .NET
    (Test::NameBegins, "System."),
    (Test::NameBegins, "Microsoft."),
];

/// The rows of the table by what they look at, for one look at each frame.
static ROWS: LazyLock<Rows> = LazyLock::new(|| {
    let of = |wanted| {
        let rows = LIBRARIES.iter().filter(move |(test, _)| *test == wanted);
        Literals::new(rows.map(|&(_, text)| text))
    };
    Rows {
        file_holds: of(Test::FileHolds),
        file_begins: of(Test::FileBegins),
        name_begins: of(Test::NameBegins),
    }
});

struct Rows {
    file_holds: Literals,
    file_begins: Literals,
    name_begins: Literals,
}

/// Whether `frame` is the application's own.
pub(super) fn is_in_app(frame: &Frame<'_>) -> bool {
    let rows = &*ROWS;
    let file = frame.file.as_deref().unwrap_or_default();
    let name = frame.module.as_deref().or(frame.function.as_deref()).unwrap_or_default();
    !rows.file_begins.any_begins(file)
        && !rows.name_begins.any_begins(name)
        && !rows.file_holds.any_in(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_has_no_empty_or_repeated_row() {
        for (row, (test, text)) in LIBRARIES.iter().enumerate() {
            assert!(text.len() >= 4, "{text:?} would match too much");
            for (other_test, other) in &LIBRARIES[row + 1..] {
                let covers = |a: &str, b: &str| match test {
                    Test::FileHolds => a.contains(b),
                    Test::FileBegins | Test::NameBegins => a.starts_with(b),
                };
                let redundant = test == other_test && (covers(other, text) || covers(text, other));
                assert!(!redundant, "{text:?} and {other:?}");
            }
        }
    }

    #[test]
    fn every_row_works() {
        for &(test, text) in LIBRARIES {
            let inside = format!("/x{text}/y.z");
            let begins = format!("{text}y.z");
            let (file, name) = match test {
                Test::FileHolds => (inside.as_str(), "f"),
                Test::FileBegins => (begins.as_str(), "f"),
                Test::NameBegins => ("y.z", begins.as_str()),
            };
            let frame =
                Frame { file: Some(file.into()), function: Some(name.into()), ..Frame::default() };
            assert!(!is_in_app(&frame), "{text:?}");
        }
    }

    #[test]
    fn files() {
        let table = [
            ("/app/blog/render.py", true),
            ("render.py", true),
            ("<string>", true),
            ("<stdin>", true),
            ("/app/node/index.js", true),
            ("/srv/internal/report.py", true),
            ("/app/vendors/list.py", true),
            ("C:\\app\\lib\\render.py", true),
            ("/usr/lib/python3.11/json/decoder.py", false),
            ("/usr/local/lib/python2.7/json/decoder.py", false),
            ("/app/.venv/lib/python3.12/site-packages/flask/app.py", false),
            ("/usr/lib/python3/dist-packages/yaml/loader.py", false),
            ("C:\\Python311\\Lib\\json\\decoder.py", false),
            ("<frozen importlib._bootstrap>", false),
            ("/var/runtime/bootstrap.py", false),
            ("node:internal/modules/cjs/loader", false),
            ("/home/me/.cargo/registry/src/x/lib.rs", false),
        ];
        for (file, expected) in table {
            let frame = Frame { file: Some(file.into()), ..Frame::default() };
            assert_eq!(is_in_app(&frame), expected, "{file}");
        }
    }

    #[test]
    fn names() {
        let table = [
            (Some("java.util.List"), "get", false),
            (Some("javaland.Tree"), "get", true),
            (Some("org.example.java.Tree"), "get", true),
            (None, "runtime.gopanic", false),
            (None, "main.runtime", true),
            (Some("main"), "runtime.x", true),
            (Some("SystemX.Tree"), "Get", true),
            (Some("System.Linq.Enumerable"), "First", false),
        ];
        for (module, function, expected) in table {
            let frame = Frame {
                module: module.map(Into::into),
                function: Some(function.into()),
                ..Frame::default()
            };
            assert_eq!(is_in_app(&frame), expected, "{module:?} {function}");
        }
    }
}
