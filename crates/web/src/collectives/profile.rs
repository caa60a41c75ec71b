//! What a collective says of itself beyond its summary, as its page shows it and its form asks for it.

use std::{borrow::Cow, collections::BTreeMap};

use domain::{
    Invalid,
    collectives::{Section, Sections},
    place::Place,
};

use crate::{
    html::body,
    views::collectives::{CollectiveInput, SectionField, SectionView},
};

/// The headings of a page: how to help stands below how to join.
const HELP: [Section; 3] = [Section::InAnHour, Section::InADay, Section::Monthly];

/// What it is called on the page.
fn heading(section: Section) -> Cow<'static, str> {
    match section {
        Section::Vision => words::say("collective-vision"),
        Section::Values => words::say("collective-values"),
        Section::WaysOfWorking => words::say("collective-ways-of-working"),
        Section::Community => words::say("collective-community"),
        Section::NextSteps => words::say("collective-next-steps"),
        Section::Collaborations => words::say("collective-collaborations"),
        Section::WhatWeNeed => words::say("collective-what-we-need"),
        Section::Joining => words::say("collective-joining"),
        Section::InAnHour => words::say("collective-in-an-hour"),
        Section::InADay => words::say("collective-in-a-day"),
        Section::Monthly => words::say("collective-monthly"),
    }
}

/// What the form says below it, where the heading is not enough.
fn hint(section: Section) -> Cow<'static, str> {
    match section {
        Section::Vision => words::say("collective-vision-hint"),
        Section::WaysOfWorking => words::say("collective-ways-of-working-hint"),
        Section::Community => words::say("collective-community-hint"),
        Section::InAnHour => words::say("collective-in-an-hour-hint"),
        _ => Cow::Borrowed(""),
    }
}

/// The sections in the order of the page, and how to help apart from them.
pub(super) fn sections(sections: &Sections) -> (Vec<SectionView>, Vec<SectionView>) {
    let view = |(section, text): (Section, &str)| SectionView {
        slug: section.word(),
        heading: heading(section),
        body: body(text, ""),
    };
    let (help, others): (Vec<_>, Vec<_>) =
        sections.iter().partition(|(section, _)| HELP.contains(section));
    (others.into_iter().map(view).collect(), help.into_iter().map(view).collect())
}

/// The fields of the form, with what was typed.
pub(super) fn fields(input: &CollectiveInput) -> Vec<SectionField> {
    let field = |section: &Section| SectionField {
        name: section.word(),
        label: heading(*section),
        hint: hint(*section),
        text: input.sections.get(section.word()).cloned().unwrap_or_default(),
    };
    Section::ALL.iter().map(field).collect()
}

/// The form as the sections are now.
pub(super) fn typed(sections: &Sections) -> BTreeMap<String, String> {
    sections.iter().map(|(section, text)| (section.word().to_owned(), text.to_owned())).collect()
}

/// What was typed, checked.
pub(super) fn read(input: &CollectiveInput) -> Result<(Option<Place>, Sections), Invalid> {
    let mut sections = Sections::default();
    for section in Section::ALL {
        if let Some(text) = input.sections.get(section.word()) {
            sections.set(*section, text)?;
        }
    }
    Ok((place(input)?, sections))
}

fn place(input: &CollectiveInput) -> Result<Option<Place>, Invalid> {
    let number = |field: &'static str, text: &str| match text.trim().replace(',', ".") {
        text if text.is_empty() => Ok(None),
        text => text.parse().map(Some).map_err(|_| Invalid::new(field, "must be a number")),
    };
    let latitude = number("latitude", &input.latitude)?;
    let longitude = number("longitude", &input.longitude)?;
    if input.place.trim().is_empty() && latitude.is_none() && longitude.is_none() {
        return Ok(None);
    }
    Place::new(&input.place, latitude, longitude, None).map(Some)
}
