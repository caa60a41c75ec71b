//! What a collective says of itself beyond its summary, and whether its members are named.

use actix_web::{HttpResponse, web};
use domain::{
    Invalid,
    collectives::{Section, Sections},
};
use ops::memberships::ShowMyself;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Api, Result,
    auth::{Viewer, WriteMemberships},
    body::Body,
    collectives::{MembershipView, find},
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/collectives/{collective}/membership").patch(show_myself));
}

/// Plain text under headings; all of them may be left out.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(example = json!({ "vision": "A street that feeds itself", "in_an_hour": "Water the beds." }))]
pub(crate) struct SectionTexts {
    /// Where it wants to get.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    vision: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    values: Option<String>,
    /// How it decides and shares its work.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    ways_of_working: Option<String>,
    /// Who it is made of, and whom it is there for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    community: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    next_steps: Option<String>,
    /// With whom it works.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    collaborations: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    what_we_need: Option<String>,
    /// How one joins or helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    joining: Option<String>,
    /// What one can do for it in an hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    in_an_hour: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    in_a_day: Option<String>,
    /// What one can do for it again and again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    monthly: Option<String>,
}

impl SectionTexts {
    /// As the answer shows them.
    pub(crate) fn new(sections: &Sections) -> Self {
        let mut texts = Self::default();
        for (section, text) in sections.iter() {
            *texts.field(section) = Some(text.to_owned());
        }
        texts
    }

    /// What they make of the sections that are there: what is left out stays, what is empty goes.
    pub(crate) fn apply(mut self, mut now: Sections) -> std::result::Result<Sections, Invalid> {
        for section in Section::ALL {
            if let Some(text) = self.field(*section).take() {
                now.set(*section, &text)?;
            }
        }
        Ok(now)
    }

    fn field(&mut self, section: Section) -> &mut Option<String> {
        match section {
            Section::Vision => &mut self.vision,
            Section::Values => &mut self.values,
            Section::WaysOfWorking => &mut self.ways_of_working,
            Section::Community => &mut self.community,
            Section::NextSteps => &mut self.next_steps,
            Section::Collaborations => &mut self.collaborations,
            Section::WhatWeNeed => &mut self.what_we_need,
            Section::Joining => &mut self.joining,
            Section::InAnHour => &mut self.in_an_hour,
            Section::InADay => &mut self.in_a_day,
            Section::Monthly => &mut self.monthly,
        }
    }
}

/// Whether you are named.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "shown": true }))]
pub(crate) struct ShownForm {
    /// May everybody read on the collective's page that you belong to it?
    shown: bool,
}

/// Says whether you are named on the collective's page; nobody else can, and nobody is who has not said so.
#[utoipa::path(
    patch,
    path = "/collectives/{collective}/membership",
    operation_id = "showMyself",
    tag = "memberships",
    params(("collective" = String, Path, description = "Its id, its handle, or handle@host")),
    request_body = ShownForm,
    responses((status = 200, description = "How you stand with it now", body = MembershipView)),
    security(("bearer" = ["memberships:write"]))
)]
pub(crate) async fn show_myself(
    api: web::Data<Api>,
    viewer: Viewer<WriteMemberships>,
    path: web::Path<String>,
    body: Body,
) -> Result<HttpResponse> {
    let form: ShownForm = body.json()?;
    let collective = find(&api, &path).await?.id.collective();
    let operation = ShowMyself { collective, shown: form.shown };
    api.door.perform(viewer.origin(), operation).await?;
    let person = viewer.person;
    let found = api.read(move |conn| MembershipView::load(conn, collective, Some(person)));
    Ok(HttpResponse::Ok().json(found.await?))
}
