//! How much a collective needed, offered, and agreed on. Nothing about anybody, and nobody is compared.

use actix_web::web;
use domain::{
    agreements::AgreementState,
    listings::{Kind, Purpose, State},
};

use crate::{
    Web, actors,
    answer::{Answer, page},
    labels::Word,
    session::Visit,
    sight,
    views::statistics::{KindCount, PurposeCount, StatisticsPage},
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/c/{handle}/statistics").get(show));
}

async fn show(web: web::Data<Web>, visit: Visit, handle: web::Path<String>) -> Answer {
    let handle = handle.into_inner();
    let found = web.read(move |conn| {
        let actor = sight::collective(conn, &handle)?;
        let of = Some(actor.id.collective());
        let listings = db::statistics::listings(conn, of)?;
        let agreements = db::statistics::agreements(conn, of)?;
        Ok((actor, listings, db::statistics::replies(conn, of)?, agreements))
    });
    let (actor, rows, replies, agreements) = found.await?;
    let sum = |purpose: Purpose, kind: Option<Kind>, states: &[State]| -> i64 {
        let wanted = rows.iter().filter(|row| {
            row.purpose == purpose.word()
                && kind.is_none_or(|kind| row.kind == kind.word())
                && states.iter().any(|state| row.state == state.word())
        });
        wanted.map(|row| row.count).sum()
    };
    let open = [State::Open, State::Partly];
    let all = [State::Open, State::Partly, State::Fulfilled, State::Withdrawn, State::Expired];
    let purpose = |purpose: Purpose| PurposeCount {
        purpose,
        all: sum(purpose, None, &all),
        open: sum(purpose, None, &open),
        fulfilled: sum(purpose, None, &[State::Fulfilled]),
    };
    let kind = |kind: &Kind| KindCount {
        kind: *kind,
        needs: sum(Purpose::Need, Some(*kind), &all),
        offers: sum(Purpose::Offer, Some(*kind), &all),
    };
    let agreed = |states: &[AgreementState]| -> i64 {
        let wanted = agreements.iter().filter(|(word, _)| states.iter().any(|it| it.is(word)));
        wanted.map(|(_, count)| count).sum()
    };
    page(&StatisticsPage {
        page: visit.frame(&web),
        collective: actors::view(&actor),
        purposes: vec![purpose(Purpose::Need), purpose(Purpose::Offer)],
        kinds: Kind::ALL.iter().map(kind).collect(),
        replies,
        agreed: agreed(&[AgreementState::Accepted, AgreementState::Fulfilled]),
        fulfilled: agreed(&[AgreementState::Fulfilled]),
    })
}
