//! A sample thread.

use web::html::clean;
use web::views::actors::ActorView;
use web::views::replies::ReplyView;

use super::actors::{garden, person};
use super::frame::time;

fn reply(number: u8, author: ActorView, depth: u8, lang: &str, body: &str) -> ReplyView {
    let original = (!author.local).then(|| format!("{}/posts/{number}", author.url));
    ReplyView {
        anchor: format!("reply-{number}"),
        author: Some(author),
        private: false,
        own_voice: false,
        depth,
        answers: None,
        body: Some(clean(body)),
        warning: None,
        hidden: false,
        lang: lang.into(),
        published: time("2026-05-04T18:20:00Z", "4 May, 20:20"),
        edited: None,
        original,
        answer_url: Some("#answer".into()),
        delete_action: None,
        votes: super::public::votes(true),
    }
}

pub(crate) fn thread(signed_in: bool) -> Vec<ReplyView> {
    let nuria = person("Núria", "nuria", "mastodon.example");
    let jan = person("Jan aus der Werkstatt", "jan", "lemmy.solidarisch.example");
    let samira = person("سميرة", "samira", "taawun.example");
    let montse = person("Montse Ribera", "montse", "xarxa.example");
    let to = |name: &str, number: u8| Some((name.to_owned(), format!("reply-{number}")));
    let mut thread = vec![
        reply(1, nuria, 0, "ca", "<p>Som tres, vindrem dissabte! Podem portar un gos?</p>"),
        ReplyView {
            own_voice: true,
            answers: to("Núria", 1),
            edited: Some(time("2026-05-04T19:00:00Z", "4 May, 21:00")),
            ..reply(2, garden(), 1, "ca", "<p>I tant! Hi ha ombra i aigua per al gos.</p>")
        },
        ReplyView {
            author: None,
            body: None,
            original: None,
            answer_url: None,
            ..reply(3, person("", "gone", "x.example"), 2, "", "")
        },
        ReplyView {
            answers: to("La Figuera", 2),
            ..reply(
                4,
                jan,
                2,
                "de",
                "<p>Wir kommen mit dem Lastenrad und bringen Kisten mit. Die Anfahrt steht unter \
                 <a href=\"https://solidarisch.example/wiki/anfahrt/barcelona/poble-sec/lange-\
                 adresse-ohne-ende\">https://solidarisch.example/wiki/anfahrt/barcelona/poble-sec/\
                 lange-adresse-ohne-ende</a></p><blockquote><p>Hi ha ombra</p></blockquote>\
                 <p>Wunderbar.</p>",
            )
        },
        ReplyView {
            warning: Some("طعام".to_owned()),
            ..reply(5, samira, 0, "ar", "<p>بالتوفيق! نحن أيضا نقطف الفول هذا الأسبوع.</p>")
        },
        ReplyView {
            delete_action: Some("/replies/6/delete".into()),
            ..reply(6, montse, 7, "ca", "<p>Jo faig el dinar: escudella i allioli.</p>")
        },
    ];
    if !signed_in {
        for reply in &mut thread {
            reply.answer_url = None;
            reply.delete_action = None;
            reply.votes = super::public::votes(false);
        }
    }
    thread
}
