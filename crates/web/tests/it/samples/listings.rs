//! Sample needs and offers.

use domain::listings::{Kind, Purpose, State, Terms, Urgency};
use web::html::clean;
use web::views::actors::ActorView;
use web::views::listings::{
    ListingAction, ListingCard, ListingView, PlaceView, QuantityView, WindowView,
};
use web::views::tags::TagView;

use super::actors::{bikes, garden, hackers, kitchen, zaytun};
use super::frame::time;

fn card(
    collective: ActorView,
    purpose: Purpose,
    kind: Kind,
    lang: &str,
    title: &str,
    excerpt: &str,
) -> ListingCard {
    ListingCard {
        url: "listing.html".into(),
        purpose,
        kind,
        title: title.into(),
        lang: lang.into(),
        excerpt: (!excerpt.is_empty()).then(|| excerpt.into()),
        collective,
        place: None,
        window: None,
        terms: Some(Terms::Gift),
        urgency: None,
        state: State::Open,
        quantity: None,
        published: Some(time("2026-05-04T09:12:00Z", "4 May")),
    }
}

fn place(name: &str, within: &str) -> PlaceView {
    PlaceView { name: name.into(), within: Some(within.into()) }
}

fn quantity(wanted: &str, found: Option<&str>, unit: &str) -> QuantityView {
    let found = found.map(Into::into);
    QuantityView { wanted: wanted.into(), found, unit: unit.into() }
}

pub(crate) fn harvest() -> ListingCard {
    ListingCard {
        place: Some(place("Poble-sec, Barcelona", "1 km")),
        window: Some(WindowView {
            from: Some(time("2026-05-16", "16 May")),
            until: Some(time("2026-05-17", "17 May")),
        }),
        quantity: Some(quantity("20", Some("8"), "people")),
        urgency: Some(Urgency::Days),
        state: State::Partly,
        ..card(
            garden(),
            Purpose::Need,
            Kind::Time,
            "ca",
            "Mans per collir les faves abans de la pluja",
            "El cap de setmana vinent collim. No cal experiència, només ganes. Hi haurà dinar \
             per a tothom i les que vulgueu us endureu faves a casa.",
        )
    }
}

pub(crate) fn open() -> Vec<ListingCard> {
    [vec![harvest()], from_elsewhere(), from_here()].concat()
}

fn from_elsewhere() -> Vec<ListingCard> {
    vec![
        ListingCard {
            place: Some(place("Berlin-Neukölln", "3 km")),
            terms: Some(Terms::Use),
            urgency: Some(Urgency::Standing),
            ..card(
                hackers(),
                Purpose::Offer,
                Kind::Space,
                "de",
                "Werkraum mit Hobelbank, zwei Abende in der Woche",
                "Unser Raum steht dienstags und donnerstags leer. Kommt vorbei, Schlüssel gibt es \
                 nach einer kurzen Einweisung.",
            )
        },
        ListingCard {
            place: Some(place("جبل عجلون", "10 km")),
            terms: Some(Terms::Barter),
            quantity: Some(quantity("60", Some("45"), "litres")),
            ..card(
                zaytun(),
                Purpose::Offer,
                Kind::Goods,
                "ar",
                "زيت زيتون من موسم هذا العام مقابل بذور خضار",
                "عندنا زيت أكثر مما نحتاج، ونبحث عن بذور محلية غير مهجنة للموسم القادم.",
            )
        },
        ListingCard {
            place: Some(place("Lavapiés, Madrid", "2 km")),
            window: Some(WindowView { from: None, until: Some(time("2026-05-31", "31 May")) }),
            terms: Some(Terms::Loan),
            urgency: Some(Urgency::Today),
            ..card(
                kitchen(),
                Purpose::Need,
                Kind::Goods,
                "es",
                "Una olla de cien litros, la nuestra se ha roto",
                "Tenemos fiesta del barrio y sin olla no hay cocido. La devolvemos limpia y con \
                 un táper lleno.",
            )
        },
    ]
}

fn from_here() -> Vec<ListingCard> {
    vec![
        ListingCard {
            terms: Some(Terms::TimeBank),
            ..card(
                bikes(),
                Purpose::Offer,
                Kind::Knowledge,
                "ca",
                "Taller: com reparar una punxada en deu minuts",
                "",
            )
        },
        ListingCard {
            terms: Some(Terms::LetsTalk),
            quantity: Some(quantity("1200", Some("350"), "euros")),
            urgency: Some(Urgency::Season),
            ..card(
                bikes(),
                Purpose::Need,
                Kind::Financial,
                "ca",
                "Per canviar la teulada abans de l’hivern",
                "Tenim la fusta i les mans, ens falten els diners per a les teules.",
            )
        },
    ]
}

pub(crate) fn past() -> Vec<ListingCard> {
    let states = [State::Fulfilled, State::Withdrawn, State::Expired];
    let titles = ["Una escala de tres metres", "Compost per a dos bancals", "Traducció al romaní"];
    let kinds = [Kind::Goods, Kind::Goods, Kind::Knowledge];
    let all = states.into_iter().zip(titles).zip(kinds);
    all.map(|((state, title), kind)| ListingCard {
        state,
        terms: None,
        ..card(garden(), Purpose::Need, kind, "ca", title, "")
    })
    .collect()
}

pub(crate) fn draft() -> ListingCard {
    ListingCard {
        state: State::Draft,
        published: None,
        ..card(
            garden(),
            Purpose::Offer,
            Kind::Knowledge,
            "ca",
            "Plànols del nostre compostador",
            "",
        )
    }
}

pub(crate) fn whole(card: ListingCard, actions: Vec<ListingAction>) -> ListingView {
    let body = "<p>El cap de setmana vinent collim. <strong>No cal experiència</strong>, només \
        ganes. Quedem a les 9 a la porta del carrer de la Font i acabem quan en tinguem prou.</p>\
        <ul><li>Porteu barret i aigua</li><li>Guants en tenim per a dotze</li></ul>\
        <p>Hi haurà dinar per a tothom i les que vulgueu us endureu faves a casa. Més coses del \
        nostre hort a <a href=\"https://lafiguera.example/hort/com-arribar\">lafiguera.example\
        /hort/com-arribar</a>. <a class=\"hashtag\" href=\"https://xarxa.example/t/hort\">#hort\
        </a></p>";
    ListingView {
        card,
        body: clean(body),
        tags: [("hort", "hort"), ("#<b>hello</b>", "x")]
            .map(|(name, path)| TagView {
                name: name.replace('#', ""),
                url: format!("/tags/{path}"),
            })
            .into(),
        signed_by: None,
        address: "https://xarxa.example/listings/0196a3b0-7c11-7f5e-9d0a-2f5b8c1de001".into(),
        category: Some("Food".into()),
        category_page: Some("/categories/food".into()),
        interact: Some("/interact?about=%2Flistings%2F1".into()),
        poster: Some("/listings/1/poster".into()),
        licence: Some("CC BY-SA 4.0".into()),
        expires: Some(time("2026-05-18", "18 May 2026")),
        edited: Some(time("2026-05-05T07:00:00Z", "5 May, 9:00")),
        home: None,
        votes: super::public::votes(false),
        pictures: Vec::new(),
        on_behalf_of: None,
        actions,
        base: "/listings/0196a3b0-7c11-7f5e-9d0a-2f5b8c1de001".into(),
        version: 3,
    }
}
