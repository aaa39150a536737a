//! Files that nobody but their owner reads: a backup holds records as they came, with their
//! secrets.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::time::Duration;

use super::stopping::Stopping;
use crate::complain;

/// How long a file that could not be written is left alone.
const PAUSE: Duration = Duration::from_secs(1);

/// Makes a folder and those around it, unless they are there.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Opens a file to write at its end.
pub(super) fn append_to(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).create(true).mode(0o600).open(path)
}

/// Writes a file that is there as a whole or not at all.
pub(super) fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    make_folder(folder)?;
    let unfinished = folder.join(format!(".{name}"));
    let options = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).clone();
    let written = options.open(&unfinished).and_then(|mut file| file.write_all(bytes));
    written.and_then(|()| fs::rename(&unfinished, folder.join(name)))
}

/// Does what has to be done, over and over: as Firehose, a stream stands still where it can neither
/// deliver nor back up, rather than lose a record. When the server ends it is tried a last time;
/// `None` when that fails, too.
pub(super) fn insist<T>(
    what: &str,
    stopping: &Stopping,
    mut work: impl FnMut() -> io::Result<T>,
) -> Option<T> {
    let mut is_last = false;
    loop {
        match work() {
            Ok(done) => return Some(done),
            Err(error) if is_last => {
                complain(&format!("nozzle: {what} cannot be written and IS LOST: {error}"));
                return None;
            }
            Err(error) => complain(&format!("nozzle: {what} cannot be written: {error}")),
        }
        is_last = stopping.wait(PAUSE);
    }
}
