//! Rules about other servers, and whom admins suspend; for admins alone.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use db::domains::RuleRow;
use domain::{
    ActorId, Invalid, Refusal,
    accounts::AccountRole,
    domains::{Domain, Rule, Severity},
};
use ops::{
    domains::{ImportDomainRules, Plan, RemoveDomainRule, SetDomainRule, plan, read, write},
    moderation::{SuspendActor, UnsuspendActor},
    proposals::Act,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    Api, Result,
    admin::proposals::{ProposedView, held},
    auth::{ReadAdmin, Viewer, WriteAdmin},
    body::Body,
    moderation::ReasonForm,
    paging::query,
    problem::ApiError,
    sight, words,
};

/// Longer than any list that is passed around.
const LONGEST_LIST: usize = 8 * 1024 * 1024;
/// So many of each kind are named in what a list does; the rest is counted.
const NAMED: usize = 200;

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/admin/domains").get(list))
        .service(web::resource("/admin/domains/export").get(export))
        .service(
            web::resource("/admin/domains/import")
                .app_data(web::PayloadConfig::new(LONGEST_LIST))
                .post(import),
        )
        .service(web::resource("/admin/domains/{domain}").put(set).delete(remove))
        .service(web::resource("/admin/actors/{actor}/suspend").post(suspend).delete(unsuspend));
}

fn admins_only<S>(viewer: &Viewer<S>) -> Result<()> {
    if viewer.account.role == AccountRole::Admin { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
}

/// A rule about a domain and everything below it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RuleView {
    #[schema(example = "evil.example")]
    domain: String,
    #[schema(value_type = words::Severity)]
    severity: String,
    /// Whether no picture of theirs is shown or passed on.
    reject_media: bool,
    /// Whether no report of theirs is taken.
    reject_reports: bool,
    /// Whether their name is not written out where the list is shown to others.
    obfuscate: bool,
    /// For whoever may read the list.
    public_comment: String,
    /// For admins alone.
    private_comment: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
}

impl RuleView {
    fn new(row: &RuleRow) -> Self {
        Self {
            domain: row.domain.as_str().to_owned(),
            severity: row.severity.word().to_owned(),
            reject_media: row.reject_media,
            reject_reports: row.reject_reports,
            obfuscate: row.obfuscate,
            public_comment: row.public_comment.clone(),
            private_comment: row.private_comment.clone(),
            created_at: row.created_at.wire(),
        }
    }
}

/// All rules, by the alphabet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RulesView {
    items: Vec<RuleView>,
}

/// Lists the rules about other servers, by the alphabet; admins may.
#[utoipa::path(
    get,
    path = "/admin/domains",
    operation_id = "listDomainRules",
    tag = "moderation",
    responses((status = 200, description = "The rules", body = RulesView)),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn list(api: web::Data<Api>, viewer: Viewer<ReadAdmin>) -> Result<HttpResponse> {
    admins_only(&viewer)?;
    let rows = api.read(|conn| Ok(db::domains::all(conn)?)).await?;
    let items = rows.iter().map(RuleView::new).collect();
    Ok(HttpResponse::Ok().json(RulesView { items }))
}

/// What a rule says; what is left out is `false` or empty.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "severity": "limit", "public_comment": "spam", "reject_media": true }))]
pub(crate) struct RuleForm {
    #[schema(value_type = words::Severity)]
    severity: String,
    reject_media: Option<bool>,
    reject_reports: Option<bool>,
    obfuscate: Option<bool>,
    #[schema(max_length = 1000)]
    public_comment: Option<String>,
    #[schema(max_length = 1000)]
    private_comment: Option<String>,
}

impl RuleForm {
    fn rule(&self) -> Result<Rule> {
        let rule = Rule {
            reject_media: self.reject_media.unwrap_or_default(),
            reject_reports: self.reject_reports.unwrap_or_default(),
            obfuscate: self.obfuscate.unwrap_or_default(),
            ..Rule::of(Severity::parse(&self.severity)?)
        };
        let public = self.public_comment.as_deref().unwrap_or_default();
        Ok(rule.commented(public, self.private_comment.as_deref().unwrap_or_default())?)
    }
}

/// A rule, and what it did.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SetRuleView {
    rule: RuleView,
    /// How many follows have ended.
    severed: usize,
}

/// Makes a rule about a domain, in place of the one it had; admins may.
#[utoipa::path(
    put,
    path = "/admin/domains/{domain}",
    operation_id = "setDomainRule",
    tag = "moderation",
    params(("domain" = String, Path, description = "The domain; everything below it is meant too")),
    request_body = RuleForm,
    responses(
        (status = 200, description = "The rule holds", body = SetRuleView),
        (status = 202, description = "It waits for a second admin", body = ProposedView)
    ),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn set(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    admins_only(&viewer)?;
    let (rule, domain) = (body.json::<RuleForm>()?.rule()?, Domain::parse(&path)?);
    let named = domain.clone();
    let act = Act::suspend_domain(&domain, &rule);
    let done = api.door.perform(viewer.origin(), SetDomainRule { domain, rule }).await;
    let severed = match held(&api, &viewer, done, || act).await? {
        Ok(severed) => severed,
        Err(waits) => return Ok(waits),
    };
    let row = api.read(move |conn| Ok(db::domains::find(conn, &named)?)).await?;
    let row = row.ok_or_else(|| ApiError::not_found("rule"))?;
    Ok(HttpResponse::Ok().json(SetRuleView { rule: RuleView::new(&row), severed }))
}

/// Takes the rule about a domain away; admins may. What was hidden is shown again; follows that ended stay ended.
#[utoipa::path(
    delete,
    path = "/admin/domains/{domain}",
    operation_id = "removeDomainRule",
    tag = "moderation",
    params(("domain" = String, Path, description = "The domain of the rule")),
    responses((status = 204, description = "There is no such rule any more")),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn remove(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    admins_only(&viewer)?;
    let domain = Domain::parse(&path).map_err(|_| ApiError::not_found("rule"))?;
    api.door.perform(viewer.origin(), RemoveDomainRule { domain }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Prints the rules as Mastodon's CSV, without private comments; admins may.
#[utoipa::path(
    get,
    path = "/admin/domains/export",
    operation_id = "exportDomainRules",
    tag = "moderation",
    responses((status = 200, description = "The list", body = String, content_type = "text/csv")),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn export(api: web::Data<Api>, viewer: Viewer<ReadAdmin>) -> Result<HttpResponse> {
    admins_only(&viewer)?;
    let rows = api.read(|conn| Ok(db::domains::all(conn)?)).await?;
    let named = (header::CONTENT_DISPOSITION, "attachment; filename=\"domains.csv\"");
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header(named)
        .body(write(&rows)))
}

/// Whether a list is only looked at.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImportQuery {
    /// Say what it would do, and do nothing.
    #[param(value_type = Option<bool>)]
    dry_run: Option<String>,
}

/// A list of rules.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "list": "#domain,#severity\nevil.example,suspend\n" }))]
pub(crate) struct ImportForm {
    /// Mastodon's CSV, or one domain a line; up to 200,000 lines.
    list: String,
    /// Of lines that name none; `suspend` where it is left out.
    #[schema(value_type = Option<words::Severity>)]
    severity: Option<String>,
}

/// What a list did, or would do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportView {
    /// Whether it was done.
    applied: bool,
    /// How many domains had no rule.
    new: usize,
    /// How many had another rule.
    changed: usize,
    /// How many had this very rule.
    unchanged: usize,
    /// How many lines are no rules; the first 200 of them are in `refused`.
    refused_lines: usize,
    refused: Vec<RefusedView>,
    /// How many follows end; the first 200 of them are in `severed`.
    severed_follows: usize,
    severed: Vec<SeveredView>,
}

/// A line that is no rule.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RefusedView {
    /// Counted from 1.
    line: u64,
    text: String,
    reason: String,
}

/// A follow that ends, by handles.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeveredView {
    follower: String,
    followed: String,
}

impl ImportView {
    fn new(done: Plan, applied: bool) -> Self {
        let (refused_lines, severed_follows) = (done.refused.len(), done.severed.len());
        let refused = done.refused.into_iter().take(NAMED);
        let severed = done.severed.into_iter().take(NAMED);
        Self {
            applied,
            new: done.new.len(),
            changed: done.changed.len(),
            unchanged: done.unchanged,
            refused_lines,
            refused: refused
                .map(|it| RefusedView { line: it.line, text: it.text, reason: it.reason })
                .collect(),
            severed_follows,
            severed: severed
                .map(|(follower, followed)| SeveredView { follower, followed })
                .collect(),
        }
    }
}

/// Makes the rules of a list, all of them or none, or says what that would do; admins may.
#[utoipa::path(
    post,
    path = "/admin/domains/import",
    operation_id = "importDomainRules",
    tag = "moderation",
    params(ImportQuery),
    request_body = ImportForm,
    responses(
        (status = 200, description = "What it did, or would do", body = ImportView),
        (status = 202, description = "It waits for a second admin", body = ProposedView),
        (status = 413, description = "The body is over 8 MiB")
    ),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn import(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    req: HttpRequest,
    body: Body,
) -> Result<HttpResponse> {
    admins_only(&viewer)?;
    let dry_run = match query::<ImportQuery>(&req)?.dry_run.as_deref() {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(Invalid::new("dry_run", "must be true or false").into()),
    };
    let form: ImportForm = body.json()?;
    let usual = form.severity.as_deref().map_or(Ok(Severity::Suspend), Severity::parse)?;
    let lines = read(&form.list, usual);
    let done = if dry_run {
        let (host, now) = (api.door.site().host().to_owned(), api.door.now());
        api.read(move |conn| Ok(plan(conn, &host, &lines, None, now)?)).await?
    } else {
        let done = api.door.perform(viewer.origin(), ImportDomainRules { lines }).await;
        let severity = usual.word().to_owned();
        let act = || Act::ImportDomains { list: form.list, severity };
        match held(&api, &viewer, done, act).await? {
            Ok(plan) => plan,
            Err(waits) => return Ok(waits),
        }
    };
    Ok(HttpResponse::Ok().json(ImportView::new(done, !dry_run)))
}

/// Suspends somebody, here or elsewhere, with the scope of those who run this instance.
#[utoipa::path(
    post,
    path = "/admin/actors/{actor}/suspend",
    operation_id = "suspendActorAsAdmin",
    tag = "moderation",
    params(("actor" = String, Path, description = "Their id", format = "uuid")),
    request_body = ReasonForm,
    responses(
        (status = 204, description = "They are suspended"),
        (status = 202, description = "It waits for a second admin", body = ProposedView)
    ),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn suspend(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let reason = ReasonForm::of(body)?;
    let actor: ActorId = sight::id(&path, "actor")?;
    let done = SuspendActor { actor, reason: reason.clone() };
    let done = api.door.perform(viewer.origin(), done).await;
    match held(&api, &viewer, done, || Act::suspend(actor, reason)).await? {
        Ok(()) => Ok(HttpResponse::NoContent().finish()),
        Err(waits) => Ok(waits),
    }
}

/// Ends a suspension, with the scope of those who run this instance.
#[utoipa::path(
    delete,
    path = "/admin/actors/{actor}/suspend",
    operation_id = "unsuspendActorAsAdmin",
    tag = "moderation",
    params(("actor" = String, Path, description = "Their id", format = "uuid")),
    responses((status = 204, description = "They are not suspended")),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn unsuspend(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let actor: ActorId = sight::id(&path, "actor")?;
    let reason = String::new();
    api.door.perform(viewer.origin(), UnsuspendActor { actor, reason }).await?;
    Ok(HttpResponse::NoContent().finish())
}
