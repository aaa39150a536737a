//! Files or standard input, for every command alike.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Read, stdin};
use std::path::{Path, PathBuf};

use crate::{Failure, complain};

/// One of the inputs that were named.
pub(crate) struct Input {
    /// How messages call it.
    pub name: String,
    /// What it holds.
    pub reader: Box<dyn BufRead>,
}

/// Opens `files` one after another; `-`, or none at all, is standard input.
pub(crate) fn open_all(files: &[PathBuf]) -> impl Iterator<Item = Result<Input, Failure>> {
    let standard_input = [PathBuf::from("-")];
    let files = if files.is_empty() { standard_input.to_vec() } else { files.to_vec() };
    files.into_iter().map(|file| open(&file))
}

fn open(file: &Path) -> Result<Input, Failure> {
    if file == Path::new("-") {
        if stdin().is_terminal() {
            complain("nozzle: reading from the terminal; end with Ctrl-D");
        }
        return Ok(Input { name: "standard input".to_owned(), reader: Box::new(stdin().lock()) });
    }
    let name = file.display().to_string();
    match File::open(file) {
        Ok(opened) => Ok(Input { name, reader: Box::new(BufReader::new(opened)) }),
        Err(error) => Err(unreadable(&name, &error)),
    }
}

impl Input {
    /// Reads all that is left.
    pub(crate) fn read_all(&mut self) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        match self.reader.read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(unreadable(&self.name, &error)),
        }
    }

    /// Reads the next line with its line end; `None` at the end.
    pub(crate) fn read_line(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        let mut line = Vec::new();
        match self.reader.read_until(b'\n', &mut line) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(line)),
            Err(error) => Err(unreadable(&self.name, &error)),
        }
    }
}

fn unreadable(name: &str, error: &std::io::Error) -> Failure {
    Failure::Usage(format!("{name} cannot be read: {error}"))
}
