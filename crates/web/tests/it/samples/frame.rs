//! The frame around every sample.

use web::views::page::{InstanceView, Page, Pager, TimeView, ViewerView};

pub(crate) fn page(path: &str, signed_in: bool) -> Page {
    Page {
        instance: InstanceView {
            name: "Xarxa del Poble-sec".into(),
            host: "xarxa.example".into(),
            source: "https://code.example/tequio".into(),
            version: "0.1.0".into(),
        },
        viewer: signed_in.then(|| ViewerView {
            handle: "montse".into(),
            name: "Montse Ribera".into(),
            news: 3,
        }),
        csrf: "f00d".into(),
        path: path.into(),
        query: String::new(),
        canonical: None,
        alternate: None,
        forms: Vec::new(),
        noindex: false,
        lang: "en".into(),
        stylesheet: "tequio.css".into(),
        icon: "tequio.svg".into(),
        notice: None,
        announcements: Vec::new(),
        accent: "",
    }
}

pub(crate) fn time(datetime: &str, text: &str) -> TimeView {
    TimeView { datetime: datetime.into(), text: text.into() }
}

pub(crate) fn older() -> Pager {
    Pager { newest: Some("/listings".into()), older: Some("/listings?before=0196".into()) }
}
