//! Sample people and collectives.

use web::views::actors::ActorView;
use web::views::collectives::CollectiveCard;

fn actor(name: &str, handle: &str, host: &str, collective: bool) -> ActorView {
    let local = host == "xarxa.example";
    let path = if collective { "c" } else { "u" };
    let url =
        if local { format!("/{path}/{handle}") } else { format!("https://{host}/{path}/{handle}") };
    ActorView {
        name: name.into(),
        handle: handle.into(),
        host: host.into(),
        url,
        local,
        collective,
    }
}

pub(crate) fn person(name: &str, handle: &str, host: &str) -> ActorView {
    actor(name, handle, host, false)
}

pub(crate) fn garden() -> ActorView {
    actor("Hort comunitari La Figuera", "lafiguera", "xarxa.example", true)
}

pub(crate) fn bikes() -> ActorView {
    actor("BiciTaller autogestionat", "bicitaller", "xarxa.example", true)
}

pub(crate) fn zaytun() -> ActorView {
    actor("تعاونية الزيتون", "zaytun", "taawun.example", true)
}

pub(crate) fn hackers() -> ActorView {
    actor("Kollektiv Offene Werkstatt", "werkstatt", "solidarisch.example", true)
}

pub(crate) fn kitchen() -> ActorView {
    actor("Cocina Común Lavapiés", "cocinacomun", "barrio.example", true)
}

pub(crate) fn cards() -> Vec<CollectiveCard> {
    let card = |actor: ActorView, lang: &str, summary: &str, needs, offers| CollectiveCard {
        url: format!("/c/{}", actor.handle),
        actor,
        lang: lang.into(),
        summary: summary.into(),
        place: (lang == "ca").then(|| "Poble-sec".to_owned()),
        needs,
        offers,
    };
    vec![
        card(
            garden(),
            "ca",
            "Un hort de barri on plantem, compostem i aprenem juntes des de 2011. Obert els \
             dimarts i dissabtes.",
            3,
            2,
        ),
        card(
            kitchen(),
            "es",
            "Cocinamos con lo que sobra, comemos con quien viene. Cada jueves, sesenta platos.",
            1,
            0,
        ),
        card(
            hackers(),
            "de",
            "Eine Werkstatt für alle: Holz, Metall, Elektronik und die \
             Donaudampfschifffahrtsgesellschaftskapitänsmützenreparatur.",
            0,
            7,
        ),
        card(
            zaytun(),
            "ar",
            "تعاونية نسائية لزيت الزيتون في جبل عجلون، نتقاسم العمل والحصاد والمعرفة.",
            2,
            1,
        ),
        card(
            bikes(),
            "ca",
            "Arreglem bicis i ensenyem a arreglar-les. Ningú no marxa a peu.",
            1,
            4,
        ),
        card(
            actor("Hub Dùn Èideann", "hub", "transition.example", true),
            "en",
            "Twelve growing groups around Edinburgh, one shared shed.",
            5,
            9,
        ),
    ]
}
