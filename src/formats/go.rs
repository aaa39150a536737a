//! Go: the standard logger, zap's and zerolog's consoles, logrus on a terminal, hclog.

use super::scan::{split_at_byte, time_alone};
use super::{Beginning, Format, Line, Reading, example};
use crate::document::Field;
use crate::level::{Place, lookup};
use crate::timestamp::Reference;

const TIME: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.000Z");
const MILLI: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.123Z");
const ERROR: (&str, &str) = ("log.level", "error");
const INFO: (&str, &str) = ("log.level", "info");
const FILE: (&str, &str) = ("log.origin.file.name", "main.go");
const LINE: (&str, &str) = ("log.origin.file.line", "12");
const MESSAGE: (&str, &str) = ("message", "no stock");

pub(super) static FORMATS: &[Format] = &[
    Format::pattern(
        "go-file",
        "{time}{:slashes} {file}:{line}: ",
        &[
            example("2020/05/11 12:44:44 main.go:12: no stock", &[TIME, FILE, LINE, MESSAGE]),
            example(
                "2020/05/11 12:44:44.000001 /app/main.go:12: no stock",
                &[
                    ("@timestamp", "2020-05-11T12:44:44.000001Z"),
                    ("log.origin.file.name", "/app/main.go"),
                    LINE,
                    MESSAGE,
                ],
            ),
        ],
        &["2020/05/11 12:44:44 http: TLS handshake error", "2020/05/11 12:44:44 shop:12: no stock"],
    ),
    Format::pattern(
        "go-prefix-file",
        "{name}: {time}{:slashes} {file}:{line}: ",
        &[example(
            "shop.checkout: 2020/05/11 12:44:44 main.go:12: no stock",
            &[TIME, ("log.logger", "shop.checkout"), FILE, LINE, MESSAGE],
        )],
        &["shop: 12:44:44 main.go:12: no stock"],
    ),
    Format::pattern(
        "go-prefix",
        "{name}: {time}{:slashes} ",
        &[example("shop: 2020/05/11 12:44:44 no stock", &[TIME, ("log.logger", "shop"), MESSAGE])],
        &["shop: 2020-05-11 12:44:44 no stock"],
    ),
    Format::function(
        "zap-console",
        (Beginning::YEAR, zap),
        &[
            example(
                "2020-05-11T12:44:44.123Z\tERROR\tshop.stock\tapp/main.go:12\tno stock\t{\"order\": 7}",
                &[
                    MILLI,
                    ERROR,
                    ("log.logger", "shop.stock"),
                    ("log.origin.file.name", "app/main.go"),
                    LINE,
                    ("fields", "{\"order\":7}"),
                    MESSAGE,
                ],
            ),
            example("2020-05-11T12:44:44.123Z\tinfo\tno stock", &[MILLI, INFO, MESSAGE]),
            example(
                "2020-05-11T14:44:44.123+0200\tERROR\tmain.go:12\tno stock\nmain.main\n\t/app/main.go:12",
                &[MILLI, ERROR, FILE, LINE, ("message", "no stock\nmain.main\n\t/app/main.go:12")],
            ),
        ],
        &["2020-05-11T12:44:44.123Z\tnothing\tmain.go:12\tno stock", "1.589\tx\ty"],
    ),
    Format::pattern(
        "zerolog-file",
        "{clock} {BARE} {file}:{line} > ",
        &[example(
            "12:44PM INF main.go:12 > no stock order=7",
            &[INFO, ("labels.time", "12:44PM"), FILE, LINE, ("message", "no stock order=7")],
        )],
        &["12:44PM INF main.go > no stock"],
    ),
    Format::pattern(
        "zerolog-time-file",
        "{time} {BARE} {file}:{line} > ",
        &[example(
            "2020-05-11T12:44:44Z ERR main.go:12 > no stock",
            &[TIME, ERROR, FILE, LINE, MESSAGE],
        )],
        &["2020-05-11T12:44:44Z ERR main.go:12 no stock"],
    ),
    Format::pattern(
        "logrus-terminal",
        "{LEVEL}[{elapsed}] ",
        &[
            example(
                "INFO[0003] no stock                   order=7",
                &[
                    INFO,
                    ("numeric_labels.elapsed", "0003"),
                    ("message", "no stock                   order=7"),
                ],
            ),
            example("ERRO[0000] no stock", &[ERROR, ("numeric_labels.elapsed", "0000"), MESSAGE]),
        ],
        &["INFO[main] no stock"],
    ),
    Format::pattern(
        "hclog",
        "{time}{:zoned} [{LEVEL}] {name}: ",
        &[
            example(
                "2020-05-11T12:44:44.123Z [ERROR]  agent.server: no stock",
                &[MILLI, ERROR, ("log.logger", "agent.server"), MESSAGE],
            ),
            example(
                "2020-05-11T14:44:44.123+0200 [INFO]  agent: no stock: order=7",
                &[MILLI, INFO, ("log.logger", "agent"), ("message", "no stock: order=7")],
            ),
        ],
        &["2020-05-11T12:44:44.123Z [ERROR] Agent: no stock"],
    ),
    Format::pattern(
        "hclog-file",
        "{time}{:zoned} [{LEVEL}] {file}:{line}: {name}: ",
        &[example(
            "2020-05-11T14:44:44.123+0200 [ERROR] app/main.go:12: agent: no stock",
            &[
                MILLI,
                ERROR,
                ("log.origin.file.name", "app/main.go"),
                LINE,
                ("log.logger", "agent"),
                MESSAGE,
            ],
        )],
        &[],
    ),
];

/// zap's console: time, level, perhaps the logger, perhaps the caller, the message, and perhaps a
/// JSON object, with tabs between them.
fn zap<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    let (first, rest) = split_at_byte(line.line, b'\t')?;
    let (level, mut rest) = split_at_byte(rest, b'\t')?;
    let (level, _) = lookup(level.as_bytes()).filter(|(_, place)| *place <= Place::Punctuated)?;
    let time = time_alone(first, reference)?;
    let mut reading = Reading::of("", line.text);
    reading.time = Some(time);
    reading.level = Some(level);
    if let Some((logger, after)) = split_at_byte(rest, b'\t')
        && let Some((next, _)) = split_at_byte(after, b'\t')
        && caller(next).is_some()
        && !logger.contains([' ', ':'])
    {
        reading.push(Field::LogLogger, logger);
        rest = after;
    }
    if let Some((place, after)) = split_at_byte(rest, b'\t')
        && let Some((file, number)) = caller(place)
    {
        reading.push(Field::LogOriginFileName, file);
        reading.push(Field::LogOriginFileLine, number);
        rest = after;
    }
    reading.message = line.text_from(rest);
    reading.cut_object();
    Some(reading)
}

/// `app/main.go:12`.
fn caller(text: &str) -> Option<(&str, &str)> {
    let (file, line) = text.rsplit_once(':')?;
    let is_caller = file.strip_suffix(".go").is_some()
        && !file.contains(' ')
        && !line.is_empty()
        && line.bytes().all(|byte| byte.is_ascii_digit());
    is_caller.then_some((file, line))
}
