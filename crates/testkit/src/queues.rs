//! What an operation left for others: events, deliveries, jobs, and lines of the audit log.

use db::{deliveries::DeliveryRow, jobs::JobRow};
use ops::{Event, mail::Letter};

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

    /// Takes the letters that wait, oldest first.
    pub async fn letters(&self) -> Vec<Letter> {
        let mut jobs = self.queues.take_jobs_of(db::jobs::MAIL, 10_000).await.unwrap();
        jobs.sort_by_key(|job| job.id);
        let mut letters = Vec::new();
        for job in jobs {
            self.queues.finish_job(job.id).await.unwrap();
            letters.push(serde_json::from_str(&job.payload).expect("a letter is readable"));
        }
        letters
    }

    /// Takes the one letter that waits, and the word in its link.
    pub async fn link(&self, to: &str) -> String {
        let letters = self.letters().await;
        assert_eq!(letters.len(), 1, "there is not one letter");
        assert_eq!(letters[0].to, to);
        let word = letters[0].text.split("?token=").nth(1).expect("a letter without a link");
        word.split_whitespace().next().unwrap().to_owned()
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
