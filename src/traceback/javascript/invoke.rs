//! How the Lambda runtime for Node logs as text what nobody caught: a few words, a tab, and the error
//! as JSON, whose `stack` is an array of lines.

use memchr::memchr_iter;

use crate::json::{Value, read};

/// What stands between the words and the rest of the error.
const ERROR: &str = "\t{\"errorType\":";

/// The words before the error, and its stack as Node prints it; none when `message` is no such
/// line.
pub(in crate::traceback) fn unfold(message: &str) -> Option<(&str, String)> {
    // Most messages hold no tab at all.
    let (words, error) = memchr_iter(b'\t', message.as_bytes())
        .filter_map(|at| message.split_at_checked(at))
        .find(|(_, error)| error.starts_with(ERROR))?;
    let error = read(error.trim()).ok()?;
    let Some(Value::Array(lines)) = error.as_object()?.get("stack") else { return None };
    let lines: Option<Vec<&str>> = lines.iter().map(Value::as_str).collect();
    Some((words.trim_end(), lines?.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stacks() {
        let stack = "Error: x\n    at f (/var/task/index.js:1:2)";
        let lines = "\"Error: x\",\"    at f (/var/task/index.js:1:2)\"";
        let message = format!(
            "Invoke Error \t{{\"errorType\":\"Error\",\"errorMessage\":\"x\",\"stack\":[{lines}]}}"
        );
        assert_eq!(unfold(&message), Some(("Invoke Error", stack.to_owned())));
        for other in [
            "Invoke Error",
            "Invoke Error \t{\"errorType\":\"Error\"}",
            "Invoke Error \t{\"errorType\":\"Error\",\"stack\":[1]}",
            "Invoke Error \t{\"errorType\":\"Error\",\"stack\":[\"x\"",
        ] {
            assert_eq!(unfold(other), None, "{other}");
        }
    }
}
