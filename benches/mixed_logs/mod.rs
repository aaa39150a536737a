//! The input of the benchmarks: an event of logs as several services write them, the same bytes at
//! every run.

// Each benchmark takes what it needs.
#![allow(dead_code)]

use serde_json::json;

/// How often each kind of log comes, in a hundred.
const TRACEBACKS: u64 = 3;
const SECRETS: u64 = 3;
const TEXTS: u64 = 12;

/// A generator of numbers that only has to look irregular (a 64-bit LCG, Knuth's constants).
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    pub(crate) fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let index = usize::try_from(self.below(words.len() as u64)).unwrap_or_default();
        words.get(index).copied().unwrap_or_default()
    }

    /// 128 bits in hexadecimal, as trace ids are.
    pub(crate) fn hexadecimal_id(&mut self) -> String {
        let words: Vec<String> =
            (0..4).map(|_| format!("{:08x}", self.below(1 << 31) * 2)).collect();
        words.concat()
    }

    pub(crate) fn sentence(&mut self, words: u64) -> String {
        const WORDS: &[&str] = &[
            "order",
            "stock",
            "reserved",
            "for",
            "customer",
            "in",
            "warehouse",
            "after",
            "retry",
            "payment",
            "accepted",
            "by",
            "gateway",
            "queue",
            "length",
            "is",
            "cache",
            "miss",
        ];
        let words: Vec<&str> = (0..words).map(|_| self.pick(WORDS)).collect();
        words.join(" ")
    }
}

/// Logs of at least `size` bytes together.
pub(crate) fn logs(size: usize) -> Vec<String> {
    logs_of(size, log)
}

/// Lines of text of at least `size` bytes together.
pub(crate) fn texts(size: usize) -> Vec<String> {
    logs_of(size, text)
}

/// Logs of at least `size` bytes together, each with a traceback and a secret.
pub(crate) fn tracebacks_with_secrets(size: usize) -> Vec<String> {
    logs_of(size, with_traceback_and_secret)
}

fn logs_of(size: usize, kind: fn(&mut Numbers) -> String) -> Vec<String> {
    let mut numbers = Numbers::new(7);
    let mut logs = Vec::new();
    let mut total = 0;
    while total < size {
        let log = kind(&mut numbers);
        total += log.len();
        logs.push(log);
    }
    logs
}

/// One event with a record for each payload.
pub(crate) fn event<P: AsRef<[u8]>>(payloads: &[P]) -> Vec<u8> {
    let records = payloads.iter().enumerate().map(|(index, payload)| {
        json!({
            "recordId": format!("4954698668313554428650745793632162567570{index:016}"),
            "approximateArrivalTimestamp": 1_589_201_090_000_u64 + index as u64,
            "data": base64_simd::STANDARD.encode_to_string(payload),
        })
    });
    let event = json!({
        "invocationId": "1fd5c4cc-4c3a-4d0b-9a0e-6f3c0a1d2b3e",
        "deliveryStreamArn": "arn:aws:firehose:eu-west-1:123456789012:deliverystream/logs",
        "region": "eu-west-1",
        "records": records.collect::<Vec<_>>(),
    });
    event.to_string().into_bytes()
}

fn log(numbers: &mut Numbers) -> String {
    let kind = numbers.below(100);
    if kind < TRACEBACKS {
        with_traceback(numbers)
    } else if kind < TRACEBACKS + SECRETS {
        with_secret(numbers)
    } else if kind < TRACEBACKS + SECRETS + TEXTS {
        text(numbers)
    } else {
        match numbers.below(3) {
            0 => python(numbers),
            1 => node(numbers),
            _ => java(numbers),
        }
    }
}

fn asctime(numbers: &mut Numbers) -> String {
    let (minute, second, millisecond) = (numbers.below(60), numbers.below(60), numbers.below(1000));
    format!("2020-05-11 12:{minute:02}:{second:02},{millisecond:03}")
}

fn python(numbers: &mut Numbers) -> String {
    json!({
        "asctime": asctime(numbers), "levelname": numbers.pick(&["INFO", "INFO", "WARNING"]),
        "name": "shop.checkout", "filename": "checkout.py", "lineno": numbers.below(400),
        "funcName": "place_order", "processName": "MainProcess", "threadName": "worker-2",
        "message": numbers.sentence(40), "order_id": format!("A-{}", numbers.below(100_000)),
        "total": 49.9, "items": numbers.below(9), "express": true, "detail": numbers.sentence(18),
    })
    .to_string()
}

fn node(numbers: &mut Numbers) -> String {
    json!({
        "level": 30, "time": 1_589_201_000_000_u64 + numbers.below(90_000), "pid": 4711,
        "hostname": "web-1", "name": "shop", "reqId": format!("req-{}", numbers.below(100_000)),
        "req": {"method": "GET", "url": format!("/orders/{}", numbers.below(100_000)),
                "headers": {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/128.0",
                            "accept": "text/html,application/xhtml+xml"},
                "remoteAddress": "198.51.100.7"},
        "res": {"statusCode": 200}, "responseTime": numbers.below(900),
        "msg": numbers.sentence(24),
    })
    .to_string()
}

fn java(numbers: &mut Numbers) -> String {
    json!({
        "@timestamp": format!("2020-05-11T12:{:02}:{:02}.123Z", numbers.below(60), numbers.below(60)),
        "message": numbers.sentence(46), "logger_name": "org.example.shop.OrderService",
        "thread_name": "http-nio-8080-exec-7", "level": "INFO", "level_value": 20000,
        "traceId": numbers.hexadecimal_id(), "spanId": "00f067aa0ba902b7",
        "tenant": "acme", "orderId": numbers.below(100_000),
    })
    .to_string()
}

fn text(numbers: &mut Numbers) -> String {
    format!("{} INFO shop.worker: {}\n", asctime(numbers), numbers.sentence(70))
}

fn with_traceback(numbers: &mut Numbers) -> String {
    json!({
        "asctime": asctime(numbers), "levelname": "ERROR", "name": "shop.store",
        "message": "cannot load the order", "exc_info": traceback(numbers),
    })
    .to_string()
}

fn traceback(numbers: &mut Numbers) -> String {
    format!(
        "Traceback (most recent call last):\n  File \"/app/shop/views.py\", line {}, in show\n    order = store.load(number)\n  File \"/app/shop/store.py\", line 14, in load\n    return self.rows[key]\nKeyError: 'A-{}'",
        numbers.below(400),
        numbers.below(100_000)
    )
}

fn with_traceback_and_secret(numbers: &mut Numbers) -> String {
    json!({
        "asctime": asctime(numbers), "levelname": "ERROR", "name": "shop.db", "password": "hunter2",
        "message": format!("no connection to {}", address_with_secret(numbers)),
        "exc_info": traceback(numbers),
    })
    .to_string()
}

fn address_with_secret(numbers: &mut Numbers) -> String {
    format!("postgres://app:s3cr3t-{}@db.internal/orders", numbers.below(100_000))
}

fn with_secret(numbers: &mut Numbers) -> String {
    json!({
        "asctime": asctime(numbers), "levelname": "INFO", "name": "shop.db", "password": "hunter2",
        "message": format!("connected to {}, {}", address_with_secret(numbers), numbers.sentence(40)),
    })
    .to_string()
}
