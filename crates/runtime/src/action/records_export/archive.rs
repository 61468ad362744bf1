//! Where the bytes of a file go: into an encrypted archive if it has a password, and in any case sealed to the disk.

use std::io::{self, Write};

use tempfile::NamedTempFile;
use vault::{ChunkSealer, Digest, DigestStream};
use zip::{
    AesMode, CompressionMethod, ZipWriter,
    result::ZipError,
    write::{SimpleFileOptions, StreamWriter},
};

use super::making::MakingError;

/// Sealed bytes on their way to the disk.
pub struct SealedFile {
    sealer: ChunkSealer,
    file: NamedTempFile,
    ready: Vec<u8>,
    size: u64,
    digest: DigestStream,
}

/// A sealed file, complete, not yet under its name and perhaps not yet on the disk.
pub struct SealedDone {
    pub file: NamedTempFile,
    pub size: u64,
    pub digest: Digest,
}

impl SealedFile {
    pub fn new(sealer: ChunkSealer, file: NamedTempFile) -> Self {
        Self { sealer, file, ready: Vec::new(), size: 0, digest: DigestStream::begin() }
    }

    fn finish(self) -> Result<SealedDone, MakingError> {
        let Self { sealer, mut file, mut ready, size, digest } = self;
        sealer.finish(&mut ready)?;
        file.write_all(&ready)?;
        Ok(SealedDone { file, size, digest: digest.finish() })
    }
}

impl Write for SealedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sealer.push(bytes, &mut self.ready).map_err(io::Error::other)?;
        self.digest.push(bytes);
        self.size += bytes.len() as u64;
        self.file.write_all(&self.ready)?;
        self.ready.clear();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
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
