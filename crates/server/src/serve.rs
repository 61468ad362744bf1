//! Listens, with or without TLS, until it is told to stop; what is being answered then is answered first.

use std::{fs::File, io, io::BufReader, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use axum::{Router, extract::connect_info::Connected, serve::IncomingStream, serve::Listener};
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::timeout,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};
use tokio_util::sync::CancellationToken;
use tracing::debug;

/// How long a client may take over a TLS handshake.
const HANDSHAKE_MAX: Duration = Duration::from_secs(10);

/// How many connections wait, shaken, to be served.
const SHAKEN_MAX: usize = 64;

/// How long answers may take once the server was told to stop.
const DRAIN_MAX: Duration = Duration::from_secs(20);

/// Why the server cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address cannot be had.
    #[error("cannot listen there")]
    Listen(#[from] io::Error),
    /// The certificate or its key cannot be read.
    #[error("the certificate or its key cannot be read")]
    Pem(#[from] rustls::pki_types::pem::Error),
    /// The certificate and the key do not fit.
    #[error("the certificate and its key do not fit")]
    Tls(#[from] rustls::Error),
}

/// A server that listens and is about to serve.
pub struct Server {
    listener: TcpListener,
    tls: Option<Arc<ServerConfig>>,
}

impl Server {
    /// Takes the address.
    pub async fn bind(address: SocketAddr, tls: Option<Arc<ServerConfig>>) -> Result<Self, Error> {
        Ok(Self { listener: TcpListener::bind(address).await?, tls })
    }

    /// Where browsers find it.
    pub fn url(&self) -> Result<String, Error> {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        Ok(format!("{scheme}://{}", self.listener.local_addr()?))
    }

    /// Serves until the token is cancelled.
    pub async fn serve(self, router: Router, stop: CancellationToken) -> Result<(), Error> {
        let stopped = stop.clone();
        let drained = async move {
            stopped.cancelled().await;
            tokio::time::sleep(DRAIN_MAX).await;
        };
        let service = router.into_make_service_with_connect_info::<Peer>();
        let serving = async move {
            match self.tls {
                None => axum::serve(self.listener, service).with_graceful_shutdown(stop.cancelled_owned()).await,
                Some(tls) => {
                    let listener = TlsListener::start(self.listener, TlsAcceptor::from(tls));
                    axum::serve(listener, service).with_graceful_shutdown(stop.cancelled_owned()).await
                }
            }
        };
        tokio::select! {
            result = serving => Ok(result?),
            () = drained => Ok(()),
        }
    }
}

/// Reads a certificate chain and its key.
pub fn tls(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, Error> {
    let chain = CertificateDer::pem_reader_iter(BufReader::new(File::open(certificate)?)).collect::<Result<_, _>>()?;
    let key = PrivateKeyDer::from_pem_reader(BufReader::new(File::open(key)?))?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    Ok(Arc::new(config))
}

/// The other end of a connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

impl Connected<IncomingStream<'_, TcpListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TcpListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

impl Connected<IncomingStream<'_, TlsListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TlsListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// Connections whose handshake is done; a slow one keeps nobody waiting.
struct TlsListener {
    shaken: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: io::Result<SocketAddr>,
}

impl TlsListener {
    fn start(listener: TcpListener, acceptor: TlsAcceptor) -> Self {
        let address = listener.local_addr();
        let (sender, shaken) = mpsc::channel(SHAKEN_MAX);
        tokio::spawn(async move {
            while !sender.is_closed() {
                let (stream, peer) = match listener.accept().await {
                    Ok(accepted) => accepted,
                    Err(error) => {
                        debug!(%error, "A connection could not be accepted");
                        tokio::time::sleep(Duration::from_millis(50)).await;
                        continue;
                    }
                };
                let (acceptor, sender) = (acceptor.clone(), sender.clone());
                tokio::spawn(async move {
                    match timeout(HANDSHAKE_MAX, acceptor.accept(stream)).await {
                        Ok(Ok(stream)) => drop(sender.send((stream, peer)).await),
                        Ok(Err(error)) => debug!(%error, "A TLS handshake failed"),
                        Err(_) => debug!("A TLS handshake took too long"),
                    }
                });
            }
        });
        Self { shaken, address }
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.shaken.recv().await {
            Some(accepted) => accepted,
            // The accepting task ends only with the program.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        match &self.address {
            Ok(address) => Ok(*address),
            Err(error) => Err(error.kind().into()),
        }
    }
}
