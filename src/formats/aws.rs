//! What services of AWS log: load balancers, CloudFront, S3 and VPC flows. The lines stay whole;
//! their time is taken from where it stands.
//!
//! Sources: the *access log entries* of Elastic Load Balancing's guides, *CloudFront standard logs*,
//! *Amazon S3 server access log format*, *VPC flow log records*.

use std::net::IpAddr;

use super::access::{is_status, push_client, push_request, push_stated};
use super::bytes::Bytes;
use super::scan::{address_and_port, bracketed, quoted, time_alone, word_and_blank, word_before};
use super::{Beginning, Format, Line, Reading, example};
use crate::document::Field;
use crate::timestamp::{Reference, parse_epoch, parse_timestamp};

const TIME: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.000Z");
const IP: (&str, &str) = ("client.ip", "10.0.0.1");
const ADDRESS: (&str, &str) = ("client.address", "10.0.0.1");
const OK: (&str, &str) = ("http.response.status_code", "200");

const ALB: &str = "https 2020-05-11T12:44:44.000000Z app/shop/50dc6c495c0c9188 10.0.0.1:5000 10.0.0.2:80 0.086 0.048 0.037 200 200 0 57 \"GET https://shop.example:443/x HTTP/1.1\" \"curl/7.46.0\" - - arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/73e2d6bc24d8a067";
const CLASSIC: &str = "2020-05-11T12:44:44.000000Z shop 10.0.0.1:5000 10.0.0.2:80 0.000073 0.001048 0.000057 200 200 0 29 \"GET http://shop.example:80/x HTTP/1.1\" \"curl/7.38.0\" - -";
const NETWORK: &str = "tls 2.0 2020-05-11T12:44:44 net/shop/c6e77e28c25b2234 g3d4b5e8bb8464cd 10.0.0.1:5000 10.0.0.2:443 5 2 98 246 - arn:aws:acm:eu-west-1:123456789012:certificate/x - - - - - - - -";
const CLOUDFRONT: &str =
    "2020-05-11\t12:44:44\tFRA2-C1\t392\t10.0.0.1\tGET\td1.cloudfront.net\t/x\t200\t-\tcurl/7.68.0";
const S3: &str = "79a5 shop-bucket [11/May/2020:12:44:44 +0000] 10.0.0.1 arn:aws:iam::123456789012:user/bob 3E57427F3EXAMPLE REST.GET.OBJECT x.png \"GET /x.png HTTP/1.1\" 200 - 113 113 7 6 \"-\" \"curl/7.68.0\" -";
const FLOW: &str = "2 123456789010 eni-1235b8ca123456789 10.0.0.1 10.0.0.2 20641 22 6 20 4249 1589201024 1589201084 ACCEPT OK";

pub(super) static FORMATS: &[Format] = &[
    Format::function(
        "application-load-balancer",
        (Beginning::with(Bytes::of(b"ghw")), application_load_balancer),
        &[example(
            ALB,
            &[
                TIME,
                IP,
                ADDRESS,
                ("client.port", "5000"),
                OK,
                ("http.request.method", "GET"),
                ("url.original", "https://shop.example:443/x"),
                ("url.path", "/x"),
                ("http.version", "1.1"),
                ("user_agent.original", "curl/7.46.0"),
                ("message", ALB),
            ],
        )],
        &["https 2020-05-11T12:44:44.000000Z app/shop", "http is a protocol"],
    ),
    Format::function(
        "classic-load-balancer",
        (Beginning::YEAR, classic_load_balancer),
        &[example(
            CLASSIC,
            &[
                TIME,
                IP,
                ADDRESS,
                ("client.port", "5000"),
                OK,
                ("http.request.method", "GET"),
                ("url.original", "http://shop.example:80/x"),
                ("url.path", "/x"),
                ("http.version", "1.1"),
                ("user_agent.original", "curl/7.38.0"),
                ("message", CLASSIC),
            ],
        )],
        &["2020-05-11T12:44:44.000000Z shop 10.0.0.1:5000 is down"],
    ),
    Format::function(
        "network-load-balancer",
        (Beginning::with(Bytes::of(b"t")), network_load_balancer),
        &[example(NETWORK, &[TIME, IP, ADDRESS, ("client.port", "5000"), ("message", NETWORK)])],
        &["tls 1.2 is old"],
    ),
    Format::function(
        "cloudfront",
        (Beginning::YEAR, cloudfront),
        &[example(
            CLOUDFRONT,
            &[TIME, IP, ADDRESS, ("http.request.method", "GET"), OK, ("message", CLOUDFRONT)],
        )],
        &["2020-05-11\t12:44:44\tno stock"],
    ),
    Format::function(
        "s3-access",
        (Beginning::with(Bytes::DIGITS.or(Bytes::between(b'a', b'f'))), s3_access),
        &[example(S3, &[TIME, IP, ADDRESS, ("event.action", "REST.GET.OBJECT"), ("message", S3)])],
        &["79a5 shop-bucket [11/May/2020:12:44:44 +0000] is open"],
    ),
    Format::function(
        "vpc-flow",
        (Beginning::with(Bytes::of(b"2")), vpc_flow),
        &[example(
            FLOW,
            &[
                TIME,
                ("source.ip", "10.0.0.1"),
                ("destination.ip", "10.0.0.2"),
                ("source.port", "20641"),
                ("destination.port", "22"),
                ("event.action", "accept"),
                ("message", FLOW),
            ],
        )],
        &["2 123456789010 eni-x - - - - - - - 1589201024 soon - NODATA", "2 orders 3 items"],
    ),
];

fn at<'t>(line: &Line<'t>, time: &'t str, reference: &Reference<'_>) -> Option<Reading<'t>> {
    let mut reading = Reading::of("", line.text);
    reading.time = Some(time_alone(time, reference)?);
    Some(reading)
}

fn push_address<'t>(reading: &mut Reading<'t>, text: &'t str) -> Option<()> {
    let (address, port) = address_and_port(text)?;
    push_client(reading, address);
    if let Some(port) = port {
        reading.push(Field::ClientPort, port);
    }
    Some(())
}

fn application_load_balancer<'t>(
    line: &Line<'t>,
    reference: &Reference<'_>,
) -> Option<Reading<'t>> {
    const PROTOCOLS: [&str; 6] = ["http", "https", "h2", "grpcs", "ws", "wss"];
    let (protocol, rest) = word_before(line.line, " ")?;
    if !PROTOCOLS.contains(&protocol) {
        return None;
    }
    let (time, rest) = word_and_blank(rest)?;
    let (balancer, rest) = word_and_blank(rest)?;
    let mut reading = at(line, time, reference).filter(|_| balancer.starts_with("app/"))?;
    push_exchange(&mut reading, rest)?;
    Some(reading)
}

fn classic_load_balancer<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    if line.line.as_bytes().get(10) != Some(&b'T') {
        return None;
    }
    let (time, rest) = word_and_blank(line.line)?;
    let (_, rest) = word_and_blank(rest)?;
    // Two addresses are no logger's.
    let mut words = rest.split(' ');
    address_and_port(words.next()?)?;
    words.next().filter(|backend| *backend == "-" || address_and_port(backend).is_some())?;
    let mut reading = at(line, time, reference)?;
    push_exchange(&mut reading, rest)?;
    Some(reading)
}

/// `CLIENT:PORT TARGET:PORT T T T STATUS STATUS RECEIVED SENT "REQUEST" "USER AGENT" …`
fn push_exchange<'t>(reading: &mut Reading<'t>, text: &'t str) -> Option<()> {
    let (head, _) = text.split_once(" \"")?;
    let mut words = head.split(' ');
    push_address(reading, words.next()?)?;
    let status = words.nth(4)?;
    if is_status(status) {
        reading.push(Field::HttpResponseStatusCode, status);
    }
    let (request, rest) = quoted(text.get(head.len() + 1..)?, '"')?;
    push_request(reading, request);
    if let Some((agent, _)) = rest.strip_prefix(' ').and_then(|text| quoted(text, '\"')) {
        push_stated(reading, Field::UserAgentOriginal, agent);
    }
    Some(())
}

fn network_load_balancer<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    let mut words = line.line.strip_prefix("tls ")?.split(' ');
    let (_, time, balancer) = (words.next()?, words.next()?, words.next()?);
    let client = words.nth(1)?;
    let mut reading = at(line, time, reference).filter(|_| balancer.starts_with("net/"))?;
    push_address(&mut reading, client)?;
    Some(reading)
}

fn cloudfront<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    if line.line.as_bytes().get(10) != Some(&b'\t') {
        return None;
    }
    let mut columns = line.line.split('\t');
    let (date, clock) = (columns.next()?, columns.next()?);
    let (client, method) = (columns.nth(2)?, columns.next()?);
    let status = columns.nth(2)?;
    client.parse::<IpAddr>().ok()?;
    let instant = parse_timestamp(&format!("{date}T{clock}Z"), reference)?;
    let mut reading = Reading::of("", line.text);
    reading.time = Some((instant, line.line.get(..date.len() + 1 + clock.len())?));
    push_client(&mut reading, client);
    reading.push(Field::HttpRequestMethod, method);
    if is_status(status) {
        reading.push(Field::HttpResponseStatusCode, status);
    }
    Some(reading)
}

fn s3_access<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    let owner = line.line.bytes().take_while(u8::is_ascii_hexdigit).count();
    let rest = line.line.get(owner..)?.strip_prefix(' ').filter(|_| owner > 0)?;
    let (_, rest) = word_and_blank(rest)?;
    let (time, rest) = bracketed(rest)?;
    let mut words = rest.strip_prefix(' ')?.split(' ');
    let client = words.next()?;
    let operation = words.nth(2)?;
    let is_operation = operation.contains('.')
        && operation.bytes().all(|byte| byte.is_ascii_uppercase() || b"._".contains(&byte));
    let mut reading = at(line, time, reference).filter(|_| is_operation)?;
    push_client(&mut reading, client);
    reading.push(Field::EventAction, operation);
    Some(reading)
}

/// The default format, version 2; its end is when the flow was last seen.
fn vpc_flow<'t>(line: &Line<'t>, _: &Reference<'_>) -> Option<Reading<'t>> {
    let rest = line.line.strip_prefix("2 ")?;
    let mut words = rest.split(' ');
    let (_, interface) = (words.next()?, words.next()?);
    if !interface.starts_with("eni-") {
        return None;
    }
    let (source, destination) = (words.next()?, words.next()?);
    let (source_port, destination_port) = (words.next()?, words.next()?);
    let end = words.nth(4)?;
    let action = words.next()?;
    if end.len() != 10 {
        return None;
    }
    let mut reading = Reading::of("", line.text);
    reading.time = Some((parse_epoch(end)?, end));
    let parts = [
        (Field::SourceIp, source),
        (Field::DestinationIp, destination),
        (Field::SourcePort, source_port),
        (Field::DestinationPort, destination_port),
    ];
    for (field, value) in parts {
        push_stated(&mut reading, field, value);
    }
    match action {
        "ACCEPT" => reading.push(Field::EventAction, "accept"),
        "REJECT" => reading.push(Field::EventAction, "reject"),
        _ => {}
    }
    Some(reading)
}
