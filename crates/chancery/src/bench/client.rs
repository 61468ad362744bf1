//! A client of our own API over one connection that is kept: the least that HTTP asks for, so that what is measured is
//! the server.

use anyhow::{Context, Result, bail};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// A connection.
pub struct Client {
    address: String,
    stream: BufReader<TcpStream>,
}

impl Client {
    /// Connects to a server.
    pub async fn connect(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { address: address.to_owned(), stream: BufReader::new(stream) })
    }

    /// Sends JSON in somebody's name; what it answers, if it did what was asked.
    pub async fn post(&mut self, path: &str, token: &str, body: &str) -> Result<serde_json::Value> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        Ok(serde_json::from_slice(&self.answer(path, &request).await?)?)
    }

    /// Asks for a page with a session's cookie; what it holds.
    pub async fn page(&mut self, path: &str, secret: &str) -> Result<Vec<u8>> {
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: {}\r\ncookie: chancery_session={secret}\r\n\r\n", self.address);
        self.answer(path, &request).await
    }

    async fn answer(&mut self, path: &str, request: &str) -> Result<Vec<u8>> {
        self.stream.get_mut().write_all(request.as_bytes()).await?;
        let status = self.line().await?;
        let mut length = 0;
        loop {
            let line = self.line().await?.to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().context("read the length of an answer")?;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        if !status.split(' ').nth(1).is_some_and(|code| code.starts_with('2')) {
            bail!("{path} answered {status}: {}", String::from_utf8_lossy(&body));
        }
        Ok(body)
    }

    async fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            bail!("the server closed the connection");
        }
        Ok(line.trim_end().to_owned())
    }
}
