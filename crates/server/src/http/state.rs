//! What handlers share.

use std::{path::PathBuf, sync::Arc};

use metrics_exporter_prometheus::PrometheusHandle;
use runtime::Application;

use super::origin::TrustedProxies;
use crate::template::Templates;

/// What the server was told.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Proxies whose word on the client's address is believed.
    pub proxies: TrustedProxies,
    /// Whether browsers reach us over HTTPS: cookies are marked so.
    pub is_secure: bool,
    /// Templates read from this folder as they change, for those who write them.
    pub templates: Option<PathBuf>,
    /// Whether a path moves the clock; for tests.
    pub moves_clock: bool,
}

/// What handlers share; cheap to clone.
#[derive(Clone)]
pub struct ServerState {
    /// The application.
    pub application: Application,
    /// The pages' templates.
    pub templates: Arc<Templates>,
    /// What the server was told.
    pub options: Arc<Options>,
    /// The figures of `/metrics`.
    pub metrics: Option<PrometheusHandle>,
}

impl ServerState {
    /// State over an application.
    pub fn new(application: Application, options: Options, metrics: Option<PrometheusHandle>) -> Self {
        let templates = options.templates.as_deref().map_or_else(Templates::embedded, Templates::reloading);
        Self { application, templates: Arc::new(templates), options: Arc::new(options), metrics }
    }
}
