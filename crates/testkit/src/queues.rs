//! What an operation left for others: events, deliveries, jobs, and lines of the audit log.

use db::{deliveries::DeliveryRow, jobs::JobRow};
use ops::Event;

use crate::{World, rows::lines};

impl World {
    /// Takes the events that wait, oldest first; what they would send is not sent.
    pub async fn events(&self) -> Vec<Event> {
        let now = self.now();
        let rows = self.read(move |conn| db::events::due(conn, now, 10_000)).await;
        let mut events = Vec::new();
        for row in rows {
            events.push(serde_json::from_str(&row.payload).expect("an event is readable"));
            self.queues.tell(row.id, Vec::new()).await.unwrap();
        }
        events
    }

    /// Takes the jobs that wait, as their kinds and names.
    pub async fn jobs(&self) -> Vec<JobRow> {
        let jobs = self.queues.take_jobs(10_000).await.unwrap();
        for job in &jobs {
            self.queues.finish_job(job.id).await.unwrap();
        }
        jobs
    }

    /// What is on its way, by host and in order; it stays there.
    pub async fn deliveries(&self) -> Vec<DeliveryRow> {
        self.read(|conn| {
            let hosts = lines(conn, "SELECT DISTINCT host AS line FROM deliveries ORDER BY 1");
            let mut deliveries = Vec::new();
            for host in hosts {
                deliveries.extend(db::deliveries::waiting(conn, &host, 10_000)?);
            }
            Ok(deliveries)
        })
        .await
    }

    /// The audit log, oldest first, each line as `action target detail`.
    pub async fn audit(&self) -> Vec<String> {
        self.read(|conn| {
            let words = "trim(action || ' ' || target || ' ' || detail)";
            Ok(lines(conn, &format!("SELECT {words} AS line FROM audit ORDER BY id")))
        })
        .await
    }
}
