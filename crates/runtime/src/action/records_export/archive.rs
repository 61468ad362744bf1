//! Where the bytes of a file go: into an encrypted archive if it has a password, and sealed in any case.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;
use vault::{ChunkSealer, Digest, DigestStream};
use zip::{
    AesMode, CompressionMethod, ZipWriter,
    result::ZipError,
    write::{SimpleFileOptions, StreamWriter},
};

use super::making::MakingError;
use crate::artifacts;

/// A file of up to so many bytes lies in the database, where it is written with everything else. Few in tests, which
/// have only small files.
const SMALL_BYTES_MAX: usize = if cfg!(test) { 1024 } else { 64 * 1024 };

/// Sealed bytes on their way: in memory as long as they are few, then to a file of the folder.
pub struct SealedFile {
    sealer: ChunkSealer,
    spilling: Spilling,
    ready: Vec<u8>,
    size: u64,
    digest: DigestStream,
}

/// A sealed file, complete. Not yet under its name, and perhaps not yet on the disk.
pub struct SealedDone {
    pub bytes: Bytes,
    pub size: u64,
    pub digest: Digest,
}

/// Where the bytes are.
pub enum Bytes {
    /// Here.
    Small(Vec<u8>),
    /// In a file of the folder.
    File(NamedTempFile),
}

impl SealedFile {
    /// Begins a file; if it grows large, it lies in the folder under a name that begins so.
    pub fn new(sealer: ChunkSealer, folder: &Path, prefix: String) -> Self {
        let spilling = Spilling { folder: folder.to_owned(), prefix, file: None };
        Self { sealer, spilling, ready: Vec::new(), size: 0, digest: DigestStream::begin() }
    }

    fn finish(self) -> Result<SealedDone, MakingError> {
        let Self { sealer, mut spilling, mut ready, size, digest } = self;
        sealer.finish(&mut ready)?;
        if spilling.is_due(&ready) {
            spilling.spill(&mut ready)?;
        }
        let bytes = spilling.file.map_or(Bytes::Small(ready), Bytes::File);
        Ok(SealedDone { bytes, size, digest: digest.finish() })
    }
}

/// Where bytes go that are too many for the memory.
struct Spilling {
    folder: PathBuf,
    prefix: String,
    file: Option<NamedTempFile>,
}

impl Spilling {
    fn is_due(&self, ready: &[u8]) -> bool {
        self.file.is_some() || ready.len() > SMALL_BYTES_MAX
    }

    /// Writes what is ready to the file, which is made when it is first needed.
    fn spill(&mut self, ready: &mut Vec<u8>) -> io::Result<()> {
        let file = if let Some(file) = &mut self.file {
            file
        } else {
            artifacts::make_folder(&self.folder)?;
            let named =
                tempfile::Builder::new().prefix(&self.prefix).suffix(".unfinished").tempfile_in(&self.folder)?;
            self.file.insert(named)
        };
        file.write_all(ready)?;
        ready.clear();
        Ok(())
    }
}

impl Write for SealedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sealer.push(bytes, &mut self.ready).map_err(io::Error::other)?;
        self.digest.push(bytes);
        self.size += bytes.len() as u64;
        if self.spilling.is_due(&self.ready) {
            self.spilling.spill(&mut self.ready)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.spilling.file.as_mut().map_or(Ok(()), NamedTempFile::flush)
    }
}

/// What a file is written into.
pub enum Target {
    /// As it is.
    Plain(Box<SealedFile>),
    /// As the one file of an encrypted archive.
    Archive(Box<ZipWriter<StreamWriter<SealedFile>>>),
}

impl Target {
    /// Begins; with a password, an archive (AES-256) that holds the file under its name.
    pub fn begin(sealed: SealedFile, name: &str, password: Option<&str>) -> Result<Self, MakingError> {
        let Some(password) = password else { return Ok(Self::Plain(Box::new(sealed))) };
        let mut archive = ZipWriter::new_stream(sealed);
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .large_file(true)
            .with_aes_encryption(AesMode::Aes256, password);
        archive.start_file(name, options)?;
        Ok(Self::Archive(Box::new(archive)))
    }

    /// Ends.
    pub fn finish(self) -> Result<SealedDone, MakingError> {
        match self {
            Self::Plain(sealed) => sealed.finish(),
            Self::Archive(archive) => archive.finish()?.into_inner().finish(),
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(sealed) => sealed.write(bytes),
            Self::Archive(archive) => archive.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(sealed) => sealed.flush(),
            Self::Archive(archive) => archive.flush(),
        }
    }
}

impl From<ZipError> for MakingError {
    fn from(error: ZipError) -> Self {
        if let ZipError::Io(error) = error { Self::File(error) } else { Self::Format }
    }
}
