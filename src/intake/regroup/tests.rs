//! Groups of lines, one case a line: its own mark, the gap before it, the text.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

fn log_events<'a>(lines: &[&'a str]) -> Vec<LogEvent<'a>> {
    lines.iter().map(|line| LogEvent { text: Some(line), time: None }).collect()
}

/// The groups that the lines of a case are marked to be: `|` for a line that belongs to the group
/// of the line before it, `.` for any other.
fn check(case: &str) {
    let lines: Vec<_> = case.lines().map(|line| line.split_at(1)).collect();
    let texts: Vec<_> = lines.iter().map(|(_, text)| *text).collect();
    let mut marks = vec!["."; texts.len()];
    for group in groups(&log_events(&texts)) {
        marks[group.start + 1..group.end].fill("|");
    }
    let shown: Vec<_> =
        marks.iter().zip(&texts).map(|(mark, text)| format!("{mark}{text}")).collect();
    assert_eq!(shown.join("\n"), case.trim_end_matches('\n'));
}

#[test]
fn python() {
    check(
        ".ready
.Exception in thread Thread-1 (run):
|Traceback (most recent call last):
|  File \"a.py\", line 3, in f
|    x = [
|
|    ]
|KeyError: 'p9'
|The above exception was the direct cause of the following exception:
|Traceback (most recent call last):
|  File \"a.py\", line 3, in f
|RuntimeError: x
.
.done",
    );
    // The Lambda runtime.
    check(
        ".[ERROR] KeyError: 'Records'
|Traceback (most recent call last):
|\u{a0}\u{a0}File \"/var/task/index.py\", line 4, in handler
|\u{a0}\u{a0}\u{a0}\u{a0}for r in event[\"Records\"]:
.done",
    );
    // A level of no trouble, and a logger's line after the frames.
    check(
        ".INFO:root:here
.Traceback (most recent call last):
|  File \"a.py\", line 3, in f
.INFO:root:there",
    );
    check(
        ".2020-05-11 14:44:44,123 ERROR Traceback (most recent call last):
|  File \"a.py\", line 3, in f
|KeyError: 'x'
.KeyError: 'x'",
    );
}

#[test]
fn perl() {
    check(
        ".Use of uninitialized value $x at a.pl line 2.
.no recipient at a.pl line 8, <STDIN> line 3.
|	Mail::send(1) called at a.pl line 15
|	eval {...} called at a.pl line 20
.BEGIN failed--compilation aborted at a.pl line 21.",
    );
    // A message that ends with a newline.
    check(
        ".starting
.mailbox is full
| at a.pl line 3.
|	main::f() called at a.pl line 5
.done",
    );
    check(
        ".we met
. at the bus stop, line 8.
.	Mail::send(1) called at a.pl line 15
.	Bob called at noon line 3",
    );
}

#[test]
fn cpp() {
    check(
        ".starting
.terminate called after throwing an instance of 'std::out_of_range'
|  what():  box 7
.  what():  box 8
.Aborted",
    );
    check(
        ".=================================================================
|==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x60
|READ of size 4 at 0x60 thread T0
|    #0 0x4f in f(int) /src/a.cpp:12:3
|
|SUMMARY: AddressSanitizer: heap-use-after-free /src/a.cpp:12:3 in f(int)
|==7==ABORTING
.next
.    #0 0x4f in f(int) /src/a.cpp:12:3",
    );
}

#[test]
fn java() {
    check(
        ".2024-05-04 08:00:00 ERROR [worker-1] o.e.mail.Sender - another
.2024-05-04 08:00:01 ERROR [worker-2] o.e.mail.Sender - send failed
|org.example.mail.SendException: to bob; nested exception is:
|	java.net.ConnectException: Connection refused
|	at org.example.mail.Sender.send(Sender.java:55) ~[mail-2.1.jar:2.1]
|	at org.example.mail.Main.lambda$run$0(Main.java:19) [mail-2.1.jar:2.1]
|	at java.base/java.lang.Thread.run(Thread.java:840) ~[?:?]
|	at jdk.internal.reflect.GeneratedMethodAccessor1.invoke(Unknown Source)
|	Suppressed: java.io.IOException: close
|		at org.example.mail.Conn.close(Conn.java:12)
|		... 2 common frames omitted
|Caused by: java.net.SocketTimeoutException: Read
|timed out
|	at java.base/java.net.Socket.read(Native Method)
|	... 27 more
|Wrapped by: a.B: c
|	at a.B.c(B.kt:1)
.2024-05-04 08:00:02 INFO  [worker-2] o.e.mail.Sender - next",
    );
    check(
        ".2020-05-11 12:00:00 INFO OrderService - working
.2020-05-11 12:00:00 ERROR OrderService - java.lang.X: boom
|	at a.b.C.d(C.java:1)
.Caused by: rain",
    );
    // Two exceptions one after another.
    check(
        ".java.io.IOException: a
|	at a.b.C.d(C.java:1)
.java.io.IOException: b
|	at a.b.C.d(C.java:1)",
    );
    // Frames without a head.
    check(
        ".REPORT RequestId: 6bc28136	Duration: 1 ms
.	at a.b.C.d(C.java:1)
.	at a.b.C.e(C.java:2)",
    );
    check(
        ".{\"a\":1}
.	at a.b.C.d(C.java:1)",
    );
}

#[test]
fn node() {
    check(
        ".2020-05-11T12:44:44.123Z	6bc28136-aaaa-4365-b021-0ce6b2e64ab0	ERROR	Error: boom
|    at send (/app/mail/send.js:9:11)
|    at async Promise.all (index 0)
|    at async /app/mail/index.js:3:1 {
|  code: 'ECONNREFUSED',
|  [cause]: Error: connect
|      at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1595:16)
|}
.
.2020-05-11T12:44:44.123Z	6bc28136-aaaa-4365-b021-0ce6b2e64ab0	INFO	next",
    );
    check(
        ".failed to send
|    at send (/app/mail/send.js:9:11)
|    at new Promise (<anonymous>)
.next",
    );
}

#[test]
fn dotnet() {
    check(
        ".info: App.Worker[0]
.      working
.fail: App.Worker[0]
|      failed to send
|      System.InvalidOperationException: boom
|       ---> System.Net.Sockets.SocketException (111): Connection refused
|         at App.Conn.Open(String host) in /src/Conn.cs:line 20
|         --- End of inner exception stack trace ---
|         at App.Worker.Run() in /src/Worker.cs:line 9
.info: App.Worker[0]",
    );
    check(
        ".Unhandled exception. Mail.SendException: to bob
| ---> System.Net.Sockets.SocketException (111): Connection refused
|   at System.Net.Sockets.Socket.DoConnect(EndPoint endPointSnapshot, SocketAddress socketAddress)
|   --- End of inner exception stack trace ---
|   at Mail.Sender.SendAsync(Message m) in /src/Mail/Sender.cs:line 44
|--- End of stack trace from previous location ---
|   at Mail.Program.Main(String[] args) in /src/Mail/Program.cs:line 8
.
.ready",
    );
}

#[test]
fn go() {
    check(
        ".ready
.panic: runtime error: invalid memory address or nil pointer dereference
|[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1]
|
|goroutine 34 [running]:
|example.com/mail/queue.(*Queue).Take(0xc000010018, 0x9)
|	/src/mail/queue/queue.go:27 +0x4c
|created by main.main in goroutine 1
|	/src/mail/main.go:12 +0x7a
|
|goroutine 1 [chan receive, 2 minutes]:
|main.main()
|	/src/mail/main.go:14
|exit status 2
.exit status 2",
    );
    // zap.
    check(
        ".2020-05-11T14:44:44.123Z	info	mail/main.go:11	ready
.2020-05-11T14:44:44.123Z	error	mail/main.go:12	no route
|main.send
|	/src/mail/main.go:12
|main.main
|	/src/mail/main.go:9
.done",
    );
}

#[test]
fn ruby() {
    check(
        ".ActiveRecord::RecordNotFound (Couldn't find Mail with 'id'=9):
|  
|activerecord (7.1.3) lib/active_record/core.rb:253:in `find'
|app/controllers/mails_controller.rb:11:in `show'
.Started GET",
    );
    check(
        "./app/mail.rb:7:in 'Hash#fetch': key not found: :to (KeyError)
|	from /app/mail.rb:7:in 'block in Mailer#deliver'
|	 ... 12 levels...
|	from /app/mail.rb:12
.done",
    );
}

#[test]
fn elixir() {
    check(
        ".ready
.14:44:44.123 [error] Task #PID<0.9.0> started from #PID<0.8.0> terminating
|** (KeyError) key :to not found in: %{}
|    (mail 0.1.0) lib/mail.ex:9: Mail.send/1
|Function: #Function<1.2/0 in Mail.a/1>
|    Args: []
.14:44:44.124 [info] next",
    );
    // Nothing above says that what follows belongs to it.
    check(
        ".** (KeyError) key :to not found in: %{}
|    (mail 0.1.0) lib/mail.ex:9: Mail.send/1
.State: 10
.    Args: []",
    );
    // Two processes at once.
    check(
        ".** (KeyError) key :to not found in: %{}
.** (ArgumentError) no box
.    (mail 0.1.0) lib/mail.ex:9: Mail.send/1
.    (mail 0.1.0) lib/mail.ex:12: Mail.open/1",
    );
    check(
        ".** (Mix) could not find task
.order 17 accepted
.    (mail 0.1.0) lib/mail.ex:9: Mail.send/1",
    );
}

#[test]
fn dart() {
    check(
        ".ready
.Unhandled exception:
|BoxException: damaged
|#0      Box.open (package:mail/box.dart:12:7)
|<asynchronous suspension>
|#1      main (file:///srv/mail/bin/main.dart:9:3)
.<asynchronous suspension> is a line of its own
.done",
    );
    check(
        ".SocketException: refused
.BoxException: damaged
.#0      Box.open (package:mail/box.dart:12:7)
.#1      main (package:mail/main.dart:9:3)",
    );
    check(
        ".order 17 accepted
.#0      Box.open (package:mail/box.dart:12:7)
.#1 fixed (see a.dart)",
    );
}

#[test]
fn php() {
    check(
        ".[2020-05-11 14:44:44] production.ERROR: boom {\"exception\":\"[object] (RuntimeException(code: 0): boom at /app/a.php:3)
|[stacktrace]
|#0 /app/a.php(7): App\\Mail->send()
|#1 {main}
|\"} 
.[2020-05-11 14:44:45] production.INFO: next",
    );
    check(
        ".PHP Fatal error:  Uncaught JsonException: Syntax error in /app/mail.php:6
|Stack trace:
|#0 /app/mail.php(6): json_decode('{\"to\":', true, 512, 4194304)
|#1 [internal function]: {closure}('x')
|#2 {main}
|Next Mail\\BoxException: box in is damaged in /app/mail.php:9
|Stack trace:
|#0 {main}
|  thrown in /app/mail.php on line 9
.PHP Warning:  x",
    );
}

#[test]
fn rust() {
    check(
        ".
.thread 'mailer' (771) panicked at src/queue.rs:27:14:
|called `Option::unwrap()` on a `None` value
.ready
.thread 'main' panicked at 'boom', src/main.rs:2:5
|note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
.note: this is another",
    );
    check(
        ".Error: could not deliver
|
|Caused by:
|    0: connect to mx1
|    1: Connection refused (os error 111)
.
.done",
    );
}

/// Two lines each: a line that could be a head, and one that is nearly a frame below it.
#[test]
fn what_is_nearly_a_frame_joins_nothing() {
    for (head, line) in [
        ("java.io.IOException: x", "\tat the end (of the day)"),
        ("java.io.IOException: x", "\tat a.b.C.d(C.java:x)"),
        ("java.io.IOException: x", "\tat a.b.C.d"),
        ("java.io.IOException: x", "at a.b.C.d(C.java:1)"),
        ("java.io.IOException: x", "\t... 3 more"),
        ("Error: x", "    at the station (platform 9)"),
        ("Error: x", "    at 12:30:45"),
        ("Error: x", "    at send (/app/send.js:9)"),
        ("Error: x", "  code: 'E'"),
        ("Error: x", "Node.js v20.1.0"),
        ("System.Exception: x", "   at the station(platform 9)"),
        ("System.Exception: x", "   at A.B(C d) and more"),
        ("done", "   at A.B(C d)"),
        ("panic: x", "goroutine 1 is running"),
        ("panic: x", "exit status 2"),
        ("x", "\t/src/main.go:12:3: undefined"),
        ("x", "\t/src/main.go:12 +0x1"),
        ("a.rb:1:in 'b': x (E)", "\tfrom Bob"),
        ("a.rb:1:in 'b': x", "  from a.rb:1"),
        ("x", "a.rb:1:in 'b'"),
        ("E: x in a:1", "#0 {main}"),
        ("x", "Stack trace:"),
        ("thread 'main' is running", "stack backtrace:"),
        ("people", "Caused by:"),
        ("Traceback (most recent call last):", "  File a.py, line 3"),
        ("Traceback (most recent call last):", "KeyError: 'x'"),
        ("  File \"a.py\", line 3", "    code"),
    ] {
        check_texts(&[head, line], None);
    }
}

#[test]
fn log_events_of_several_lines() {
    check_texts(
        &["ERROR x\nTraceback (most recent call last):", "  File \"a.py\", line 3, in f"],
        Some(&(0..2)),
    );
    check_texts(
        &["java.io.IOException: a\n\tat a.b.C.d(C.java:1)", "\tat a.b.C.e(C.java:1)"],
        Some(&(0..2)),
    );
    check_texts(
        &["java.io.IOException: a", "\tat a.b.C.d(C.java:1)\n\tat a.b.C.d(C.java:1)"],
        Some(&(0..2)),
    );
    check_texts(&["two\nlines", "\tat a.b.C.e(C.java:1)"], None);
    check_texts(
        &["panic: x", "", "goroutine 1 [running]:", "main.main()", "\t/a.go:1\n\t/b.go:2"],
        Some(&(0..3)),
    );
}

/// Frames that two heads could have, or logs between a head and the frames.
#[test]
fn frames_whose_head_is_in_doubt_are_left() {
    let frame = "\tat a.A.x(A.java:1)";
    let node = "    at checkout (/app/a.js:1:2)";
    for lines in [
        &["java.lang.A1Exception: one", "java.lang.B2Exception: two", frame, "\tat b.B.x(B.java:1)"]
            as &[_],
        &["java.lang.A1Exception: one", "more of it", "java.lang.B2Exception: two", frame],
        &["java.lang.A1Exception: one", "12:00:00 ERROR App - B2Exception: two", frame],
        &["Error: one", "Error: two", node],
        &["Error: cannot find user", "GET /health 200 1ms", "Order 5: total 7", node],
        &["ERROR boom java.lang.IllegalStateException: x", "GET /health", frame],
        &["Error: x", "10.0.0.1 - - \"GET / HTTP/1.1\" 200", node],
        &["Error: x", "[worker] ready", node],
        &["Error: x", "user=bob ready", node],
        &["panic: a", "panic: b", "", "goroutine 1 [running]:"],
        // A line above that says of no trouble.
        &["Starting up", "    at Object.<anonymous> (/app/a.js:1:2)", "listening"],
        &["something odd", frame],
        &["", frame],
        // A log that is no traceback's stands between.
        &[
            "2020-05-11T14:44:44Z error no route",
            "GET /health 200",
            "main.send",
            "\t/src/main.go:12",
        ],
    ] {
        check_texts(lines, None);
    }
    // The line of another log may end a traceback's message, and does not begin one.
    check(
        ".java.lang.IllegalStateException: x
|\tat a.A.x(A.java:1)
|Caused by: a.B: user clicking twice
.GET /y 200
.java.io.IOException: other
|\tat a.A.x(A.java:1)",
    );
    // What the runtime prints before a head says whose frames they are.
    check(
        ".Error: one
./app/a.js:1
|  throw new Error('two');
|  ^
|
|Error: two
|    at checkout (/app/a.js:1:2)",
    );
    check(
        ".unexpected fault address 0x0
|fatal error: fault
|[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1]
|
|goroutine 1 [running]:",
    );
}

/// Logs that begin as a traceback goes on.
#[test]
fn what_nearly_follows_is_left() {
    const PHP: &str = ".PHP Fatal error:  Uncaught RuntimeException: x in /a.php:3
|Stack trace:
|#0 {main}";
    const PYTHON: &str = "Traceback (most recent call last):
|  File \"a.py\", line 3, in f
|    x()
|ValueError: bad";
    const REMOTE: &str = ".concurrent.futures.process._RemoteTraceback: \n|\"\"\"\n";
    const GO: &str = "goroutine 1 [running]:
|main.main()
|\t/a/main.go:3 +0x1d";
    for after in [
        ".Next run in 5 s",
        ".Next batch runs at noon\n.user bob logged in\n.Stack trace:\n.#0 hello",
        ".Next Order: 7",
        ".Next step: deploy\n.Stack trace:",
        ".Next E in room:7\n.Stack trace:",
        "|Next a\\b: box 3 is damaged\n|further words in /a.php:3\n|Stack trace:\n|#0 {main}",
        "|\n|Next E in /a.php:9\n|Stack trace:\n|#0 {main}\n|  thrown in /a.php on line 9",
    ] {
        check(&format!("{PHP}\n{after}"));
    }
    check(".Order for Bob in room 3 in bay:7\n.hello\n.Stack trace:\n.#0 {main}");

    for after in [
        ".\"\"\"",
        ".processing orders\n.SELECT a\n.\"\"\"",
        ".user bob paid\n.Stack (most recent call last):\n|  File \"b.py\", line 1, in g",
        ".Call stack\n.Call stack:\n.  File \"b.py\", line 1, in g",
        "|Stack (most recent call last):\n|  File \"b.py\", line 1, in g",
    ] {
        check(&format!(".{PYTHON}\n{after}"));
    }
    check(&format!("{REMOTE}|{PYTHON}\n|more of it\n|\"\"\"\n.done\n.\"\"\""));
    check(&format!("{REMOTE}|{PYTHON}\n.'''"));

    for after in [
        ".orders.process(42)\n.user.login(bob)\n.rax 0x0",
        ".orders.process(42)\n.rax 0x0\n.\t/a/main.go:3 +0x1d",
        ".server.start\n.ready",
        ".created by alice\n.\ton Monday",
        "|created by main.main\n|\t/a/main.go:3 +0x1d\n|exit status 2\n.server.start()",
    ] {
        check(&format!(".ready\n.panic: boom\n|\n|{GO}\n{after}"));
    }
    let signal = ".SIGQUIT: quit\n|PC=0x47 m=0 sigcode=0\n|\n|";
    check(&format!("{signal}{GO}\n|\n|rax    0x0\n|rip    0x47\n.order taken"));

    // A level begins a log even where the message must stand.
    check(".thread 'main' panicked at a.rs:1:2:\n.INFO request served\n.note: run");
}

/// Checks for the only group of `texts`.
fn check_texts(texts: &[&str], expected: Option<&Range<usize>>) {
    assert_eq!(only_group(&log_events(texts)).as_ref(), expected, "{texts:?}");
}

fn only_group(log_events: &[LogEvent<'_>]) -> Option<Range<usize>> {
    let mut groups = groups(log_events).into_iter();
    let first = groups.next();
    assert_eq!(groups.next(), None);
    first
}

#[test]
fn a_gap_ends_a_group() {
    let mut log_events =
        log_events(&["a.b.C: d", "\tat a.b.C.d(C.java:1)", "\tat a.b.C.d(C.java:1)"]);
    log_events[2].time = Some(2001);
    log_events[1].time = Some(1001);
    assert_eq!(only_group(&log_events), Some(0..3));
    log_events[0].time = Some(0);
    assert!(groups(&log_events).is_empty());
    log_events[0].time = Some(1);
    log_events[2].time = Some(0);
    assert_eq!(only_group(&log_events), Some(0..2));
}

#[test]
fn a_group_has_its_limits() {
    let frame = "\tat a.b.C.d(C.java:1)";
    let mut lines = vec!["a.b.C: d"];
    lines.extend([frame; 700]);
    lines.push("Caused by: a.b.E: f");
    lines.extend([frame; 3]);
    assert_eq!(groups(&log_events(&lines)), vec![0..500, 701..705]);

    let long = format!("\tat a.b.C.{}(C.java:1)", "d".repeat(100_000));
    assert_eq!(only_group(&log_events(&["a.b.C: d", &long, &long, &long])), Some(0..3));
    let head = format!("a.b.C: {}", "d".repeat(MOST_BYTES));
    assert!(groups(&log_events(&[&head, frame])).is_empty());
}

#[test]
fn hostile_lines_take_linear_time() {
    for pattern in [
        &["\tat a.b(C.java:1)"] as &[_],
        &["\tat a.b.C.d(C.java:1)", "x"],
        &["Caused by:"],
        &["Caused by: a.b.C: d"],
        &["Caused by: a.b.C: d", "\tat a.b.C.d(C.java:1)"],
        &["Traceback (most recent call last):"],
        &["Traceback (most recent call last):", "  File \"a\", line 1, in f", "E: x", "", "y"],
        &["Stack trace:"],
        &["goroutine 1 [running]:", ""],
        &["    at a (b:1:1)", ""],
        &["a.b.CException: d"],
        &["thread 'x' panicked at a:1:1:"],
        &["", "    at a (b:1:1) {"],
        &["a:1:in 'b'"],
    ] {
        let lines: Vec<_> = pattern.iter().copied().cycle().take(100_000).collect();
        let log_events = log_events(&lines);
        let start = Instant::now();
        let groups = groups(&log_events);
        assert!(start.elapsed() < Duration::from_secs(5), "{pattern:?}");
        assert!(groups.iter().all(|group| (2..=MOST_LOG_EVENTS).contains(&group.len())));
    }
    for long in ["\tat ".repeat(100_000), "java.lang.".repeat(100_000), "a:1:in '".repeat(100_000)]
    {
        let lines = [&long, "\tat a.b.C.d(C.java:1)", &long, "Stack trace:", &long, "\tfrom a:1"];
        let start = Instant::now();
        groups(&log_events(&lines));
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", long.get(..20));
    }
}

/// Lines of every language, and some of none.
const PIECES: &[&str] = &[
    "Traceback (most recent call last):",
    "  File \"a.py\", line 3, in f",
    "    code",
    "KeyError: 'x'",
    "During handling of the above exception, another exception occurred:",
    "  + Exception Group Traceback (most recent call last):",
    "  | x",
    "java.io.IOException: x",
    "\tat a.b.C.d(C.java:1)",
    "Caused by: a.b.C: d",
    "\t... 3 more",
    "Error: x",
    "    at send (/app/send.js:9:11) {",
    "  code: 'x'",
    "}",
    "Node.js v20.1.0",
    "   at A.B(C d)",
    " ---> A.B: c",
    "panic: x",
    "goroutine 1 [running]:",
    "main.main()",
    "\t/a.go:1 +0x1",
    "a.rb:1:in 'b': x (E)",
    "\tfrom a.rb:1:in 'b'",
    "Stack trace:",
    "#0 {main}",
    "Next E: x in a:1",
    "thread 'main' panicked at a.rs:1:1:",
    "stack backtrace:",
    "   0: f",
    "Caused by:",
    "Error: y",
    "ERROR:root:x",
    "INFO:root:x",
    "2020-05-11 14:44:44 ERROR x",
    "{\"a\":1}",
    "END RequestId: 1",
    "two\nlines",
    "x",
    "",
];

proptest! {
    #[test]
    fn groups_keep_the_rules(
        lines in prop::collection::vec((prop::sample::select(PIECES), 0..1200_i64), 0..60),
    ) {
        let mut now = 0;
        let log_events: Vec<_> = lines
            .iter()
            .map(|(text, gap)| {
                now += gap;
                LogEvent { text: Some(text), time: Some(now) }
            })
            .collect();
        let mut end = 0;
        for group in groups(&log_events) {
            prop_assert!(group.start >= end && group.len() >= 2);
            end = group.end;
            let members = &log_events[group];
            for pair in members.windows(2) {
                prop_assert!(pair[0].is_near(&pair[1]));
            }
            for (at, member) in members.iter().enumerate() {
                let text = member.text.unwrap();
                prop_assert!(!text.starts_with('{') && !text.starts_with("END "), "{}", text);
                prop_assert!(at < 2 || !text.starts_with("2020"), "{}", text);
            }
            // No group ends in a line that only may belong to it.
            prop_assert!(!members.last().unwrap().text.unwrap().is_empty());
        }
        prop_assert!(end <= log_events.len());
    }

    #[test]
    fn any_text_is_answered(lines in prop::collection::vec(any::<String>(), 0..20)) {
        let texts: Vec<_> = lines.iter().map(String::as_str).collect();
        groups(&log_events(&texts));
    }
}
