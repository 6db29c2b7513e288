use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use rustix::fs::OFlags;

/// A file that grows by lines, whoever moves it away meanwhile.
pub struct Lines {
    path: PathBuf,
    file: File,
    /// Half a line stands at its end.
    torn: bool,
}

impl Lines {
    /// For its owner's eyes alone where it is made. A pipe that nobody reads is refused, and one that is full takes no
    /// line: nobody waits for who reads it.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut file = OpenOptions::new();
        let file = file.append(true).create(true).mode(0o600);
        let no_wait = OFlags::NONBLOCK.bits().cast_signed();
        Ok(Self {
            file: file.custom_flags(no_wait).open(path)?,
            path: path.to_owned(),
            torn: false,
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn write(&mut self, line: &str) -> io::Result<()> {
        if !self.is_there()? {
            *self = Self::open(&self.path)?;
        }
        let begins = if self.torn { "\n" } else { "" };
        let text = format!("{begins}{line}\n");
        // In one go: lines of several processes do not run into each other.
        let written = self.file.write(text.as_bytes())?;
        self.torn = written < text.len();
        match self.torn {
            true => Err(ErrorKind::StorageFull.into()),
            false => Ok(()),
        }
    }

    /// What is open is what the path leads to: else it was rotated away.
    fn is_there(&self) -> io::Result<bool> {
        let open = self.file.metadata()?;
        Ok(fs::metadata(&self.path)
            .is_ok_and(|there| (there.dev(), there.ino()) == (open.dev(), open.ino())))
    }
}
