//! NodeInfo 2.0 and 2.1 (FEP-f1d5): what software this is, and how much lives here.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, http::header, web};
use apub::outbound::{
    NODEINFO_2_0, NODEINFO_2_1, NodeInfoDocument, NodeInfoLink, NodeInfoLinksDocument,
    NodeInfoServices, NodeInfoSoftware, NodeInfoUsage, NodeInfoUsers,
};
use domain::sign_ups::SignUpMode;

use crate::{Federation, error::InboxError};

/// What we call our software; peers choose a dialect by it.
pub const SOFTWARE: &str = "tequio";

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/.well-known/nodeinfo", web::get().to(links))
        .route("/nodeinfo/2.0", web::get().to(version_2_0))
        .route("/nodeinfo/2.1", web::get().to(version_2_1));
}

async fn links(data: web::Data<Federation>) -> HttpResponse {
    let link =
        |rel: &str, path: &str| NodeInfoLink { rel: rel.to_owned(), href: data.site().at(path) };
    // FEP-2677: the actor of the instance itself.
    let application = link("https://www.w3.org/ns/activitystreams#Application", "");
    let links =
        vec![link(NODEINFO_2_1, "nodeinfo/2.1"), link(NODEINFO_2_0, "nodeinfo/2.0"), application];
    open(HttpResponse::Ok()).json(NodeInfoLinksDocument { links })
}

async fn version_2_0(data: web::Data<Federation>) -> Result<HttpResponse, InboxError> {
    answer(&data, "2.0").await
}

async fn version_2_1(data: web::Data<Federation>) -> Result<HttpResponse, InboxError> {
    answer(&data, "2.1").await
}

async fn answer(data: &Federation, version: &str) -> Result<HttpResponse, InboxError> {
    let counts = data.read(|conn| {
        let people = db::actors::count_local_people(conn)?;
        let listings = db::listings::count_local(conn)?;
        let open = ops::sign_ups::mode(conn)? == SignUpMode::Open;
        Ok((open, [people, listings, db::replies::count_local(conn)?]))
    });
    let (open_registrations, counts) = counts.await?;
    let counts = counts.map(i64::unsigned_abs);
    let document = NodeInfoDocument { open_registrations, ..document(data, version, counts) };
    let kind = format!(
        "application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/{version}#\""
    );
    let mut response = open(HttpResponse::Ok());
    Ok(response.insert_header((header::CONTENT_TYPE, kind)).json(document))
}

fn document(data: &Federation, version: &str, counts: [u64; 3]) -> NodeInfoDocument {
    let about = &data.parts.about;
    let [people, listings, replies] = counts;
    // Only 2.1 knows where the source is.
    let repository = (version == "2.1").then(|| "https://github.com/tequio/tequio".to_owned());
    NodeInfoDocument {
        version: version.to_owned(),
        software: NodeInfoSoftware {
            name: SOFTWARE.to_owned(),
            version: about.version.clone(),
            repository,
            homepage: None,
        },
        protocols: vec!["activitypub".to_owned()],
        services: NodeInfoServices::default(),
        open_registrations: false,
        usage: NodeInfoUsage {
            users: NodeInfoUsers { total: people, active_halfyear: None, active_month: None },
            local_posts: listings,
            local_comments: replies,
        },
        metadata: BTreeMap::from([
            ("nodeName".to_owned(), about.name.clone()),
            ("nodeDescription".to_owned(), about.description.clone()),
        ]),
    }
}

fn open(mut response: actix_web::HttpResponseBuilder) -> actix_web::HttpResponseBuilder {
    response.insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    response
}
