//! `GET /health`: may requests be sent here?

use actix_web::{HttpResponse, web};
use serde_json::json;

/// What the health check looks at.
pub struct Health {
    pub reader: db::Reader,
    pub development: bool,
}

/// 200 when the database answers, 503 when it does not. Says nothing that a stranger may not know.
pub async fn health(health: web::Data<Health>) -> HttpResponse {
    let asked = health.reader.read(|conn| db::settings::find(conn, "instance.url"));
    let secure = !health.development;
    match asked.await {
        Ok(_) => HttpResponse::Ok().json(json!({ "status": "ok", "secure": secure })),
        Err(err) => {
            tracing::error!(%err, "the database does not answer");
            HttpResponse::ServiceUnavailable()
                .insert_header(("retry-after", "5"))
                .json(json!({ "status": "database unavailable", "secure": secure }))
        }
    }
}
