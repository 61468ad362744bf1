//! The inbox page of somebody for whom very many tasks wait.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use definition::id::Login;
use runtime::viewer::Origin;
use zeroize::Zeroizing;

use super::{
    client::Client,
    company::{Company, TEAMS},
    figures::{InboxFigures, percentile},
};

/// How often the page is asked for.
const PAGES: usize = 300;

/// How often before that, so that everything is at hand that usually is.
const WARM_UP: usize = 20;

/// What the reader signs in with.
const PASSWORD: &str = "correct horse battery staple";

/// Lets tasks wait, more and more of them, and measures the page each time.
pub async fn measure(company: &Company, address: &str, counts: &[u32]) -> Result<Vec<InboxFigures>> {
    let (asker, reader) = TEAMS[0];
    let password = Zeroizing::new(PASSWORD.to_owned());
    company.application.set_password(&Login::from(reader), &password).await?;
    let session = company.application.sign_in(reader, &password, &Origin::default()).await?;
    let made =
        company.application.start(&company.viewer(asker)?, &Company::process(), &company.request(asker, 0)).await?;
    let store = company.application.store();
    let case = store.case_by_id(made.case.id.0).await?.context("a case that was begun")?;
    let task = store.tasks_of_case(case.id).await?.pop().context("a reference case waits for its approvers")?;
    let mut client = Client::connect(address).await?;
    let (mut figures, mut waiting) = (Vec::new(), 1);
    for count in counts {
        store.fill_cases(&case, &task, reader, count.saturating_sub(waiting)).await?;
        waiting = waiting.max(*count);
        let (mut latencies, mut bytes) = (Vec::new(), 0);
        for turn in 0..WARM_UP + PAGES {
            let began = Instant::now();
            bytes = client.page("/inbox", &session.secret).await?.len();
            if turn >= WARM_UP {
                latencies.push(began.elapsed());
            }
        }
        latencies.sort_unstable();
        figures.push(InboxFigures { tasks: *count, p50_micros: percentile(&latencies, 50), bytes });
    }
    Ok(figures)
}

/// The middle one, in nanoseconds.
pub fn median_nanos(latencies: &mut [Duration]) -> u64 {
    latencies.sort_unstable();
    latencies.get(latencies.len() / 2).map_or(0, |one| u64::try_from(one.as_nanos()).unwrap_or(u64::MAX))
}
