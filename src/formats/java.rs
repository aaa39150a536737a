//! The JVM: logback, log4j, SLF4J's simple logger, Spring Boot, Quarkus, `java.util.logging`,
//! Tomcat, Elasticsearch.

use super::bytes::Bytes;
use super::scan::{word_and_blank, word_before};
use super::{Beginning, Format, Line, Reading, example};
use crate::document::Field;
use crate::level::lookup;
use crate::timestamp::Reference;

const TIME: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.123Z");
const CLOCK: (&str, &str) = ("labels.time", "12:44:44.123");
const ERROR: (&str, &str) = ("log.level", "error");
const MAIN: (&str, &str) = ("process.thread.name", "main");
const SHOP: (&str, &str) = ("log.logger", "com.acme.Shop");
const PID: (&str, &str) = ("process.pid", "12");
const MESSAGE: (&str, &str) = ("message", "no stock");

pub(super) static FORMATS: &[Format] = &[
    Format::pattern(
        "logback",
        "{time} [{thread}] {LEVEL} {logger} - ",
        &[
            example(
                "2020-05-11 12:44:44.123 [main] ERROR com.acme.Shop - no stock",
                &[TIME, ERROR, MAIN, SHOP, MESSAGE],
            ),
            example(
                "2020-05-11 12:44:44,123 [7] ERROR com.acme.Shop - no stock",
                &[TIME, ERROR, ("process.thread.id", "7"), SHOP, MESSAGE],
            ),
        ],
        &["2020-05-11 12:44:44.123 [main] ERROR the shop - no stock"],
    ),
    Format::pattern(
        "logback-pairs",
        "{time} [{thread}] {LEVEL} {logger} -- ",
        &[example(
            "2020-05-11 12:44:44.123 [main] ERROR com.acme.Shop -- no stock",
            &[TIME, ERROR, MAIN, SHOP, MESSAGE],
        )],
        &[],
    ),
    Format::pattern(
        "logback-no-pairs",
        "{time} [{thread}] {LEVEL} {logger} -- -- ",
        &[example(
            "2020-05-11 12:44:44.123 [main] ERROR com.acme.Shop --  -- no stock",
            &[TIME, ERROR, MAIN, SHOP, MESSAGE],
        )],
        &[],
    ),
    Format::pattern(
        "logback-default",
        "{clock} [{thread}] {LEVEL} {logger} -- ",
        &[example(
            "12:44:44.123 [main] ERROR com.acme.Shop -- no stock",
            &[ERROR, CLOCK, MAIN, SHOP, MESSAGE],
        )],
        &["12:44:44.123 [main] ERROR -- no stock"],
    ),
    Format::pattern(
        "log4j-default",
        "{clock} [{thread}] {LEVEL} {logger} - ",
        &[example(
            "12:44:44.123 [main] ERROR com.acme.Shop - no stock",
            &[ERROR, CLOCK, MAIN, SHOP, MESSAGE],
        )],
        &["12:44:44.123 [main] ERROR - no stock"],
    ),
    Format::pattern(
        "log4j-elapsed",
        "{elapsed} [{thread}] {LEVEL} {logger} - ",
        &[example(
            "153  [main] ERROR com.acme.Shop - no stock",
            &[ERROR, ("numeric_labels.elapsed", "153"), MAIN, SHOP, MESSAGE],
        )],
        &["153 [main] ERROR no stock"],
    ),
    Format::pattern(
        "slf4j-simple",
        "[{thread}] {LEVEL} {logger} - ",
        &[example("[main] ERROR com.acme.Shop - no stock", &[ERROR, MAIN, SHOP, MESSAGE])],
        &["[main] ERROR no stock"],
    ),
    Format::pattern(
        "java-level-thread",
        "{LEVEL} [{thread}] {logger} - ",
        &[example("ERROR [main] com.acme.Shop - no stock", &[ERROR, MAIN, SHOP, MESSAGE])],
        &["ERROR [main] no stock"],
    ),
    Format::pattern(
        "java-time-level-thread",
        "{time} {LEVEL} [{thread}] {logger} - ",
        &[example(
            "2020-05-11 12:44:44,123 ERROR [main] com.acme.Shop - no stock",
            &[TIME, ERROR, MAIN, SHOP, MESSAGE],
        )],
        &["2020-05-11 12:44:44,123 ERROR [main] no stock"],
    ),
    Format::pattern(
        "log4j-place",
        "{time} {LEVEL} [{thread}] {logger} ({file}:{line}) - ",
        &[example(
            "2020-05-11 12:44:44,123 ERROR [main] com.acme.Shop (Shop.java:12) - no stock",
            &[
                TIME,
                ERROR,
                MAIN,
                SHOP,
                ("log.origin.file.name", "Shop.java"),
                ("log.origin.file.line", "12"),
                MESSAGE,
            ],
        )],
        &["2020-05-11 12:44:44,123 ERROR [main] com.acme.Shop (Shop) - no stock"],
    ),
    Format::pattern(
        "java-time-level-thread-colon",
        "{time} {LEVEL} [{thread}] {dotted}: ",
        &[example(
            "2020-05-11 12:44:44,123 ERROR [main] com.acme.Shop: no stock",
            &[TIME, ERROR, MAIN, SHOP, MESSAGE],
        )],
        &["2020-05-11 12:44:44,123 ERROR [main] java.io.IOException: no stock"],
    ),
    Format::pattern(
        "log4j-logger-line",
        "{time} {LEVEL} {logger}:{line} - ",
        &[example(
            "2020-05-11 12:44:44,123 ERROR Shop:12 - no stock",
            &[TIME, ERROR, ("log.logger", "Shop"), ("log.origin.file.line", "12"), MESSAGE],
        )],
        &["2020-05-11 12:44:44,123 ERROR the Shop:12 - no stock"],
    ),
    Format::pattern(
        "log4j-logger",
        "{time} {LEVEL} {dotted} - ",
        &[example(
            "2020-05-11 12:44:44,123 ERROR com.acme.Shop - no stock",
            &[TIME, ERROR, SHOP, MESSAGE],
        )],
        &["2020-05-11 12:44:44,123 ERROR payment - declined"],
    ),
    Format::pattern(
        "spring",
        "{time} {LEVEL} {pid} --- [{thread}] {logger} : ",
        &[example(
            "2020-05-11 12:44:44.123 ERROR 12 --- [           main] com.acme.Shop                       : no stock",
            &[TIME, ERROR, PID, MAIN, SHOP, MESSAGE],
        )],
        &["2020-05-11 12:44:44.123 ERROR 12 --- [main] no stock"],
    ),
    Format::pattern(
        "spring-application",
        "{time} {LEVEL} {pid} --- [{application}] [{thread}] {logger} : ",
        &[example(
            "2020-05-11T12:44:44.123Z ERROR 12 --- [shop] [nio-8080-exec-1] com.acme.Shop : no stock",
            &[
                TIME,
                ERROR,
                PID,
                ("service.name", "shop"),
                ("process.thread.name", "nio-8080-exec-1"),
                SHOP,
                MESSAGE,
            ],
        )],
        &[],
    ),
    Format::pattern(
        "spring-trace",
        "{time} {LEVEL} {pid} --- [{application}] [{thread}] [{trace}-{span}] {logger} : ",
        &[example(
            "2020-05-11T12:44:44.123Z ERROR 12 --- [shop] [main] [5e1b415143a0913a1234567890123456-07f48fa4000bb8ac] com.acme.Shop : no stock",
            &[
                TIME,
                ERROR,
                PID,
                ("service.name", "shop"),
                MAIN,
                ("trace.id", "5e1b415143a0913a1234567890123456"),
                ("span.id", "07f48fa4000bb8ac"),
                SHOP,
                MESSAGE,
            ],
        )],
        &[],
    ),
    Format::pattern(
        "spring-no-trace",
        "{time} {LEVEL} {pid} --- [{application}] [{thread}] [~] {logger} : ",
        &[example(
            "2020-05-11T12:44:44.123Z ERROR 12 --- [shop] [main] [                                                 ] com.acme.Shop : no stock",
            &[TIME, ERROR, PID, ("service.name", "shop"), MAIN, SHOP, MESSAGE],
        )],
        &[],
    ),
    Format::pattern(
        "sleuth",
        "{time} {LEVEL} [{process},{trace},{span}] {pid} --- [{thread}] {logger} : ",
        &[example(
            "2020-05-11 12:44:44.123 ERROR [shop,5e1b415143a0913a1234567890123456,07f48fa4000bb8ac] 12 --- [main] com.acme.Shop : no stock",
            &[
                TIME,
                ERROR,
                ("process.name", "shop"),
                ("trace.id", "5e1b415143a0913a1234567890123456"),
                ("span.id", "07f48fa4000bb8ac"),
                PID,
                MAIN,
                SHOP,
                MESSAGE,
            ],
        )],
        &[],
    ),
    Format::pattern(
        "sleuth-no-trace",
        "{time} {LEVEL} [{process},,] {pid} --- [{thread}] {logger} : ",
        &[example(
            "2020-05-11 12:44:44.123 ERROR [shop,,] 12 --- [main] com.acme.Shop : no stock",
            &[TIME, ERROR, ("process.name", "shop"), PID, MAIN, SHOP, MESSAGE],
        )],
        &[],
    ),
    Format::pattern(
        "quarkus",
        "{time} {LEVEL} [{logger}] ({worker}) ",
        &[example(
            "2020-05-11 12:44:44,123 ERROR [com.acme.Shop] (main) no stock",
            &[TIME, ERROR, SHOP, MAIN, MESSAGE],
        )],
        &["2020-05-11 12:44:44,123 ERROR [com.acme.Shop] (no stock"],
    ),
    Format::pattern(
        "tomcat",
        "{time} {LEVEL} [{thread}] {dotted} ",
        &[example(
            "11-May-2020 12:44:44.123 SEVERE [main] org.apache.catalina.startup.Catalina.start no stock",
            &[
                TIME,
                ERROR,
                MAIN,
                ("log.logger", "org.apache.catalina.startup.Catalina.start"),
                MESSAGE,
            ],
        )],
        &["11-May-2020 12:44:44.123 SEVERE [main] no stock"],
    ),
    Format::pattern(
        "elasticsearch-node",
        "[{time}][{LEVEL}~][{logger}~] [{node}] ",
        &[example(
            "[2020-05-11T12:44:44,123][ERROR][o.e.n.Node               ] [node-1] no stock",
            &[TIME, ERROR, ("log.logger", "o.e.n.Node"), ("labels.node", "node-1"), MESSAGE],
        )],
        &["[2020-05-11T12:44:44,123][ERROR] [node-1] no stock"],
    ),
    Format::function(
        "java-util-logging",
        (Beginning::with(Bytes::CAPITALS), java_util_logging),
        &[
            example(
                "May 11, 2020 12:44:44 PM com.acme.Shop main\nSEVERE: no stock",
                &[
                    ("@timestamp", "2020-05-11T12:44:44.000Z"),
                    ERROR,
                    SHOP,
                    ("log.origin.function", "main"),
                    MESSAGE,
                ],
            ),
            example(
                "May 11, 2020 12:44:44 PM com.acme.Shop <init>\nFINE: no stock\njava.io.IOException: x",
                &[
                    ("@timestamp", "2020-05-11T12:44:44.000Z"),
                    ("log.level", "debug"),
                    SHOP,
                    ("log.origin.function", "<init>"),
                    ("message", "no stock\njava.io.IOException: x"),
                ],
            ),
        ],
        &[
            "May 11, 2020 12:44:44 PM com.acme.Shop main",
            "May 11, 2020 12:44:44 PM com.acme.Shop main\nBad: no stock",
        ],
    ),
];

/// The two lines of `java.util.logging`: time, class and method, then level and message.
fn java_util_logging<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    let second = line.following().trim_start_matches('\r').strip_prefix('\n')?;
    let (level, message) = word_before(second, ": ")?;
    let (level, _) =
        lookup(level.as_bytes()).filter(|_| level.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    let (time, rest) = line.time(line.line, reference)?;
    let (class, method) = word_and_blank(rest.strip_prefix(' ')?)?;
    if method.contains(' ') {
        return None;
    }
    let mut reading = Reading::of("", message);
    reading.time = Some(time);
    reading.level = Some(level);
    reading.push(Field::LogLogger, class);
    reading.push(Field::LogOriginFunction, method);
    Some(reading)
}
