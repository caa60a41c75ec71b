//! The description of this API, OpenAPI 3.1, made from the code.

mod schemes;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use utoipa::{
    Modify, OpenApi, PartialSchema,
    openapi::{
        Header, Ref, RefOr, Required, Response, ResponseBuilder,
        content::ContentBuilder,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn},
        schema::{ArrayItems, ObjectBuilder, Schema, SchemaType, Type},
        security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
    },
};

use crate::{
    account_invitations, accounts, admin, agreements, blocks, categories, collectives, deliveries,
    domains, feeds, follows, identity, incoming, instance, interactions, joining, listings, lookup,
    media, memberships, moderation, mutes, notifications, posts, problem::Problem, profiles, queue,
    reactions, replies, reports, resets, search, searches, sessions, settings, sign_ups, sponsors,
    statistics, streaming, templates, tokens, totp, webhooks, words,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tequio",
        description = "What collectives need and what they offer: read it, post it, answer it, \
                       follow it. Everything a person can do on a page, a program can do here.",
        license(name = "AGPL-3.0-only", identifier = "AGPL-3.0-only")
    ),
    servers((url = "/api/v1")),
    tags(
        (name = "instance", description = "What this server is"),
        (name = "accounts", description = "Who I am, and how one gets in"),
        (name = "collectives", description = "Groups that speak with one voice"),
        (name = "memberships", description = "Who belongs to a collective, and as what"),
        (name = "listings", description = "Needs and offers"),
        (name = "templates", description = "Forms kept for later, and listings that come again"),
        (name = "media", description = "Pictures"),
        (name = "agreements", description = "What is offered in answer to a listing (FEP-0837)"),
        (name = "replies", description = "Answers under a listing, and posts elsewhere"),
        (name = "reactions", description = "Likes and votes"),
        (name = "queue", description = "What waits for the stewards of a collective"),
        (name = "follows", description = "Whom I follow, and who follows us"),
        (name = "notifications", description = "What I am told"),
        (name = "blocks", description = "Whom I keep away from me"),
        (name = "mutes", description = "Whom I do not want to hear"),
        (name = "feeds", description = "What is new"),
        (name = "webhooks", description = "What happens, told to a server of the collective"),
        (name = "streaming", description = "What happens, as it happens"),
        (name = "search", description = "Finding things by their words, and the words they are sorted by"),
        (name = "moderation", description = "What stewards and admins do, and what is reported to them"),
        (name = "admin", description = "What admins do about the server itself"),
        (name = "lookup", description = "Finding people and things on other servers")
    ),
    paths(
        instance::show,
        statistics::instance,
        accounts::show,
        identity::change_email,
        identity::confirm_email,
        identity::change_password,
        identity::export,
        identity::delete,
        sessions::list,
        sessions::end,
        sessions::end_all,
        settings::show,
        settings::change,
        totp::show,
        totp::begin,
        totp::confirm,
        totp::disable,
        totp::renew,
        tokens::list,
        tokens::make,
        tokens::end,
        sign_ups::sign_up,
        sign_ups::confirm,
        sign_ups::resend,
        sign_ups::show,
        sign_ups::change,
        resets::ask,
        resets::finish,
        sponsors::list,
        sponsors::make,
        sponsors::act,
        sponsors::sponsor,
        sponsors::all,
        sponsors::act_as_admin,
        account_invitations::list,
        account_invitations::invite,
        account_invitations::revoke,
        collectives::page,
        collectives::create,
        collectives::show,
        collectives::edit,
        statistics::collective,
        memberships::list,
        memberships::invite,
        memberships::change,
        memberships::remove,
        memberships::answer,
        profiles::show_myself,
        joining::show,
        joining::set,
        joining::ask,
        joining::withdraw,
        joining::list,
        joining::answer,
        listings::page,
        listings::board,
        listings::post,
        listings::preview,
        listings::show,
        listings::edit,
        listings::remove,
        listings::exact_place,
        listings::publish,
        listings::progress,
        listings::fulfil,
        listings::withdraw,
        listings::reopen,
        listings::mine,
        templates::list,
        templates::create,
        templates::show,
        templates::edit,
        templates::remove,
        templates::make,
        replies::thread,
        replies::post,
        replies::edit,
        replies::remove,
        agreements::board,
        agreements::list,
        agreements::show,
        agreements::offer,
        agreements::accept,
        agreements::reject,
        agreements::withdraw,
        agreements::fulfil,
        media::upload,
        media::show,
        media::describe,
        media::remove,
        posts::page,
        posts::show,
        posts::thread,
        posts::answer,
        reactions::like_listing,
        reactions::unlike_listing,
        reactions::dislike_listing,
        reactions::undislike_listing,
        reactions::like_reply,
        reactions::unlike_reply,
        reactions::dislike_reply,
        reactions::undislike_reply,
        incoming::list,
        incoming::take,
        incoming::put_back,
        incoming::finish,
        queue::show,
        queue::boost,
        queue::unboost,
        queue::dismiss,
        queue::accept_held,
        queue::dismiss_held,
        queue::suspend_held,
        follows::list,
        follows::ask,
        follows::unfollow,
        follows::requests,
        follows::answer,
        feeds::home,
        feeds::public,
        search::search,
        searches::page,
        searches::save,
        searches::show,
        searches::edit,
        searches::remove,
        searches::results,
        categories::list,
        notifications::list,
        notifications::count,
        notifications::read,
        notifications::remove,
        blocks::list,
        blocks::put,
        blocks::remove,
        mutes::list,
        mutes::put,
        mutes::remove,
        lookup::resolve,
        interactions::show,
        moderation::log,
        moderation::blocks,
        moderation::block,
        moderation::unblock,
        moderation::hide,
        moderation::show,
        moderation::lock,
        moderation::unlock,
        moderation::suspend,
        moderation::unsuspend,
        domains::list,
        domains::export,
        domains::import,
        domains::set,
        domains::remove,
        domains::suspend,
        domains::unsuspend,
        reports::all,
        reports::report,
        reports::resolve,
        reports::of_collective,
        streaming::watch,
        webhooks::list,
        webhooks::add,
        webhooks::edit,
        webhooks::remove,
        webhooks::letters,
        webhooks::test,
        admin::numbers::numbers,
        admin::numbers::health,
        admin::numbers::storage,
        admin::collectives::list,
        admin::collectives::show,
        admin::servers::list,
        admin::servers::show,
        admin::inbound::list,
        admin::inbound::show,
        admin::work::jobs,
        admin::work::retry,
        admin::work::discard,
        admin::work::lost,
        admin::work::again,
        admin::work::forget,
        admin::cases::list,
        admin::cases::open,
        admin::cases::show,
        admin::cases::decide,
        admin::cases::due,
        admin::cases::follow_up,
        admin::appeals::list,
        admin::appeals::answer,
        admin::appeals::mine,
        admin::appeals::appeal,
        admin::appeals::by_letter,
        admin::log::list,
        admin::settings::show,
        admin::settings::change,
        admin::announcements::current,
        admin::announcements::list,
        admin::announcements::announce,
        admin::announcements::end,
        admin::proposals::list,
        admin::proposals::agree,
        admin::proposals::refuse,
        admin::setup::found,
        deliveries::list,
        deliveries::retry,
        deliveries::drop_all,
        deliveries::pause,
        deliveries::resume
    ),
    components(schemas(Problem)),
    modifiers(&Manners)
)]
struct Document;

/// Adds what all operations have in common: how to sign in, and the problems that any may answer with.
struct Manners;

impl Modify for Manners {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let mut bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        bearer.description = Some(
            "A token with the scopes that an operation names; `read` and `write` hold all of theirs but `admin:read` and `admin:write`. \
             An app is given one with OAuth 2: `/.well-known/oauth-authorization-server` says where (RFC 8414)."
                .to_owned(),
        );
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        components.add_security_scheme("oauth2", schemes::oauth2());
        for item in document.paths.paths.values_mut() {
            for writes in [&mut item.post, &mut item.patch, &mut item.delete, &mut item.put] {
                writes.iter_mut().for_each(named_once);
            }
            let all = [&mut item.get, &mut item.post, &mut item.patch, &mut item.delete];
            let all = all.into_iter().chain([&mut item.put]);
            all.flatten().for_each(|operation| {
                problems(operation);
                schemes::or_by_an_app(operation);
            });
            item.get.iter_mut().for_each(not_sent_again);
        }
        for (name, schema) in &mut components.schemas {
            if name != "Problem" {
                always_whole(schema);
            }
            seen(schema);
        }
        pages_of_what_is_named(&mut components.schemas);
    }
}

/// A page says which schema its items have, so that they are of one type with what is shown alone.
fn pages_of_what_is_named(schemas: &mut BTreeMap<String, RefOr<Schema>>) {
    let names: BTreeSet<String> = schemas.keys().cloned().collect();
    for (name, schema) in schemas {
        let Some(item) = name.strip_prefix("Page_").filter(|item| names.contains(*item)) else {
            continue;
        };
        if let RefOr::T(Schema::Object(page)) = schema
            && let Some(RefOr::T(Schema::Array(items))) = page.properties.get_mut("items")
        {
            items.items = ArrayItems::RefOrSchema(Box::new(Ref::from_schema_name(item).into()));
        }
    }
}

/// Answers name every field, `null` where there is nothing; requests, which know no other fields, need not.
fn always_whole(schema: &mut RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::Object(object)) if object.additional_properties.is_none() => {
            object.required = object.properties.keys().cloned().collect();
        }
        RefOr::T(Schema::AllOf(parts)) => parts.items.iter_mut().for_each(always_whole),
        _ => {}
    }
}

/// Blanks at both ends are taken away first, so a text that must not be empty has something to be seen.
fn seen(schema: &mut RefOr<Schema>) {
    let RefOr::T(Schema::Object(object)) = schema else { return };
    object.properties.values_mut().for_each(seen);
    let is_free = object.pattern.is_none() && object.format.is_none();
    if is_free && object.min_length.is_some_and(|least| 0 < least) {
        object.pattern = Some("[^\\s\\u0000-\\u001f\\u007f-\\u009f]".to_owned());
    }
}

/// What any operation of this shape may answer when it cannot do what was asked.
fn problems(operation: &mut Operation) {
    let nobody = SecurityRequirement::default();
    let secured = operation.security.iter().flatten().any(|it| *it != nobody);
    let may_be_anybody = operation.security.iter().flatten().any(|it| *it == nobody);
    let has_path = operation.parameters.iter().flatten().any(is_in_path);
    let is_input =
        |it: &RefOr<Parameter>| !matches!(it, RefOr::T(it) if it.name == "Idempotency-Key");
    let has_body = operation.request_body.is_some();
    let writes = operation.parameters.iter().flatten().any(|it| !is_input(it));
    let has_input = writes || has_body || operation.parameters.iter().flatten().any(is_input);
    for (status, says, applies) in [
        ("400", "The body is not valid JSON, or a header is not what it should be", writes),
        ("401", "The token is missing, unknown, or has expired", secured),
        ("403", "It is not yours to do, or the token lacks the scope", secured && !may_be_anybody),
        ("403", "The token lacks the scope", secured && may_be_anybody),
        ("404", "There is no such thing, or not for you", has_path),
        ("409", "It cannot be done as things stand", writes),
        ("413", "The body is over 256 KiB", has_body),
        ("415", "The body is not JSON", has_body),
        ("422", "A value is wrong; `field` names it and `detail` says what is right", has_input),
        ("429", "Too much was asked; Retry-After says when to come back", true),
        ("500", "Something broke on our side", true),
        ("503", "The server is busy; Retry-After says when to come back", true),
    ] {
        if applies && !operation.responses.responses.contains_key(status) {
            operation.responses.responses.insert(status.to_owned(), problem(says).into());
        }
    }
    let headers = operation.parameters.iter_mut().flatten().filter_map(header_parameter);
    headers.for_each(|header| header.schema = Some(words::EntityTag::schema()));
    for (status, response) in &mut operation.responses.responses {
        if status.starts_with(['4', '5'])
            && let RefOr::T(response) = response
        {
            response.content = problem("").content;
            if let Some(name) = header_of(status) {
                response.headers.insert(name.to_owned(), Header::new(String::schema()).into());
            }
        }
    }
}

fn key_schema() -> Schema {
    let text = ObjectBuilder::new().schema_type(SchemaType::new(Type::String));
    text.pattern(Some("^[!-~]([ -~]{0,253}[!-~])?$")).into()
}

/// Whatever writes may be given a name, and is then done once.
fn named_once(operation: &mut Operation) {
    let parameter = ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("A name for this request, such as a UUID: sent again, it is done once"))
        .schema(Some(key_schema()))
        .build();
    operation.parameters.get_or_insert_default().push(parameter.into());
}

/// What has a version is not sent again to whoever has it.
fn not_sent_again(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    let Some(RefOr::T(shown)) = responses.get("200") else { return };
    if !shown.headers.contains_key("ETag") {
        return;
    }
    let same = ResponseBuilder::new().description("It is as you saw it; there is no body").build();
    responses.insert("304".to_owned(), same.into());
    let parameter = ParameterBuilder::new()
        .name("If-None-Match")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "The ETag of what you have, or several; where it has not changed, it is not sent again",
        ))
        .schema(Some(String::schema()))
        .build();
    operation.parameters.get_or_insert_default().push(parameter.into());
}

/// `If-Match`, the only header that operations themselves name.
fn header_parameter(parameter: &mut RefOr<Parameter>) -> Option<&mut Parameter> {
    match parameter {
        RefOr::T(it) if it.parameter_in == ParameterIn::Header && it.name == "If-Match" => Some(it),
        _ => None,
    }
}

/// What a client reads beside the problem itself.
fn header_of(status: &str) -> Option<&'static str> {
    match status {
        "401" => Some("WWW-Authenticate"),
        "429" | "503" => Some("Retry-After"),
        _ => None,
    }
}

fn is_in_path(parameter: &RefOr<Parameter>) -> bool {
    matches!(parameter, RefOr::T(it) if it.parameter_in == ParameterIn::Path)
}

fn problem(says: &str) -> Response {
    let schema = Ref::from_schema_name("Problem");
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new().description(says).content("application/problem+json", content).build()
}

/// The description as JSON: the same text for the same code, whatever else is built with it.
pub fn openapi_json() -> String {
    let value = serde_json::to_value(Document::openapi()).unwrap_or_default();
    serde_json::to_string_pretty(&sorted(value)).unwrap_or_default()
}

/// With the keys of every object in order.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut pairs: Vec<(String, Value)> = map.into_iter().collect();
            pairs.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            pairs.into_iter().map(|(key, value)| (key, sorted(value))).collect()
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}
