//! Documents in a folder of this machine, a file for each index.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use super::Document;
use crate::serve::files::{append_to, make_folder};

/// A folder that stands for an engine.
pub(in crate::serve) struct Folder {
    path: PathBuf,
}

impl Folder {
    pub(in crate::serve) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Appends documents to the files of their indices.
    pub(super) fn append(&self, documents: &[Document<'_>]) -> io::Result<()> {
        let mut files: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
        for document in documents {
            let lines = files.entry(&document.index).or_default();
            lines.extend_from_slice(&document.body);
            lines.push(b'\n');
        }
        make_folder(&self.path)?;
        for (index, lines) in files {
            let mut file = append_to(&self.path.join(format!("{index}.ndjson")))?;
            let length = file.metadata()?.len();
            if let Err(error) = file.write_all(&lines) {
                // Half a document is none.
                file.set_len(length)?;
                return Err(error);
            }
        }
        Ok(())
    }
}
