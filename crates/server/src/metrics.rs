//! Figures for `/metrics`, in Prometheus' text format.

use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};

/// Begins to keep figures; once in a process.
pub fn install() -> Result<PrometheusHandle, BuildError> {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    // A second server in one process, as tests start them, shares the first one's figures.
    if metrics::set_global_recorder(recorder).is_err() {
        tracing::debug!("The figures of this process are kept by its first server");
    }
    Ok(handle)
}
