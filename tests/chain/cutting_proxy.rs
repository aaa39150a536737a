//! A proxy before the engine that hands requests on and cuts the connection instead of the first
//! answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// It listens on loopback until the test ends.
pub(crate) struct CuttingProxy {
    pub url: String,
    cut: Arc<AtomicUsize>,
}

impl CuttingProxy {
    /// Before the engine at `engine`, whose first answers, as many as `to_cut`, get lost.
    pub(crate) fn start(engine: &str, to_cut: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let engine = engine.trim_start_matches("http://").to_owned();
        let cut = Arc::new(AtomicUsize::new(0));
        let shared = Arc::clone(&cut);
        std::thread::spawn(move || {
            for producer in listener.incoming() {
                let mut producer = producer.unwrap();
                let Some(answer) = exchange(&producer, &engine) else { continue };
                if shared.load(Ordering::SeqCst) < to_cut {
                    shared.fetch_add(1, Ordering::SeqCst);
                    continue;
                }
                // The other side may have given up.
                let _ = producer.write_all(&answer);
            }
        });
        Self { url, cut }
    }

    pub(crate) fn answers_cut(&self) -> usize {
        self.cut.load(Ordering::SeqCst)
    }
}

/// One request, handed on with the wish that the connection be closed, and the whole answer.
fn exchange(producer: &TcpStream, engine: &str) -> Option<Vec<u8>> {
    let mut producer = BufReader::new(producer);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        producer.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line == "\r\n" {
            break;
        }
        if !lower.starts_with("connection:") {
            head.push_str(&line);
        }
    }
    let mut body = vec![0; length];
    producer.read_exact(&mut body).ok()?;
    let mut engine = TcpStream::connect(engine).unwrap();
    engine.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes()).unwrap();
    engine.write_all(&body).unwrap();
    let mut answer = Vec::new();
    engine.read_to_end(&mut answer).unwrap();
    Some(answer)
}
