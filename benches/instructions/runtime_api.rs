//! A stand-in for Lambda's Runtime API that hands out some events and then none.
//!
//! AWS's own emulator ends the function before it could write its counts.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

pub(crate) struct RuntimeApi {
    listener: TcpListener,
}

impl RuntimeApi {
    pub(crate) fn listen() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").unwrap() }
    }

    pub(crate) fn address(&self) -> String {
        let address: SocketAddr = self.listener.local_addr().unwrap();
        address.to_string()
    }

    /// Answers until the function has asked for one event more than there are.
    pub(crate) fn serve(&self, events: &[Vec<u8>]) {
        let mut events = events.iter();
        // A function that opens another connection has closed the one before.
        let mut connections = Vec::new();
        for connection in self.listener.incoming() {
            connections.push(connection.unwrap());
            let Some(connection) = connections.last() else { continue };
            let mut reader = BufReader::new(connection);
            while let Some(request) = read_request(&mut reader) {
                if !request.starts_with("GET ") {
                    answer(connection, "202 Accepted", "", b"{}");
                    continue;
                }
                let Some(event) = events.next() else {
                    // The connection stays open, and the function waits.
                    return std::mem::forget(connections);
                };
                answer(connection, "200 OK", INVOCATION, event);
            }
        }
    }
}

const INVOCATION: &str = "Lambda-Runtime-Aws-Request-Id: 8476a536-e9f4-11e8-9739-2dfe598c3fcd\r\n\
    Lambda-Runtime-Deadline-Ms: 4102444800000\r\n\
    Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:eu-west-1:123456789012:function:f\r\n\
    Lambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1\r\n";

/// Reads one request to its end and gives its first line; `None` when the connection is closed.
fn read_request(reader: &mut BufReader<&TcpStream>) -> Option<String> {
    let mut first = String::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap() == 0 {
            return None;
        }
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if first.is_empty() {
            first = line.to_ascii_uppercase();
        }
    }
    let read = std::io::copy(&mut reader.take(length), &mut std::io::sink()).unwrap();
    (read == length).then_some(first)
}

fn answer(mut connection: &TcpStream, status: &str, headers: &str, body: &[u8]) {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    );
    connection.write_all(&[head.as_bytes(), body].concat()).unwrap();
}
