//! What a collective says of itself and lets others do.

use crate::{
    Invalid,
    place::Place,
    text::{self, Language},
    words::words,
};

words! {
    /// What happens when somebody follows it.
    FollowPolicy, "follow_policy", {
        /// Accepted at once.
        Open = "open",
        /// A steward answers each request.
        Approval = "approval",
    }
}

words! {
    /// What a collective may say of itself beyond its summary, in the order in which a page shows it.
    Section, "section", {
        /// Where it wants to get.
        Vision = "vision",
        Values = "values",
        /// How it decides and shares its work.
        WaysOfWorking = "ways_of_working",
        /// Who it is made of, and whom it is there for.
        Community = "community",
        NextSteps = "next_steps",
        /// With whom it works.
        Collaborations = "collaborations",
        WhatWeNeed = "what_we_need",
        /// How one joins or helps.
        Joining = "joining",
        /// What one can do for it in an hour.
        InAnHour = "in_an_hour",
        InADay = "in_a_day",
        /// What one can do for it again and again.
        Monthly = "monthly",
    }
}

/// So many characters in one section.
const LONGEST: usize = 2_000;

/// The sections that a collective filled in, each with a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sections(Vec<(Section, String)>);

impl Sections {
    /// Says something under a heading; an empty text takes it away.
    pub fn set(&mut self, section: Section, text: &str) -> Result<(), Invalid> {
        let text = text::lines(section.word(), text, 0, LONGEST)?;
        self.0.retain(|(other, _)| *other != section);
        if !text.is_empty() {
            self.0.push((section, text));
        }
        Ok(())
    }

    /// What is said under a heading.
    pub fn get(&self, section: Section) -> Option<&str> {
        self.0.iter().find(|(other, _)| *other == section).map(|(_, text)| text.as_str())
    }

    /// All of them, in the order of the page.
    pub fn iter(&self) -> impl Iterator<Item = (Section, &str)> {
        Section::ALL.iter().filter_map(|section| Some((*section, self.get(*section)?)))
    }
}

/// What its stewards wrote about a collective.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// 1 to 100 characters.
    pub name: String,
    /// Plain text, up to 2,000 characters.
    pub summary: String,
    pub language: Language,
    pub follow_policy: FollowPolicy,
    pub members_publish: bool,
    /// May everybody read what its stewards did? Its members may always.
    pub public_log: bool,
    /// Where it is, as far as the world may know: the point is blurred before it is kept.
    pub place: Option<Place>,
    pub sections: Sections,
}

impl Profile {
    /// Checks the free texts; the rest cannot be wrong.
    pub fn new(
        name: &str,
        summary: &str,
        language: Language,
        follow_policy: FollowPolicy,
        members_publish: bool,
    ) -> Result<Self, Invalid> {
        Ok(Self {
            name: text::line("name", name, 1, 100)?,
            summary: text::lines("summary", summary, 0, 2_000)?,
            language,
            follow_policy,
            members_publish,
            public_log: false,
            place: None,
            sections: Sections::default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_stand_in_the_order_of_the_page_and_go_when_they_are_emptied() {
        let mut sections = Sections::default();
        sections.set(Section::Monthly, " Two euros\u{0} ").unwrap();
        sections.set(Section::Vision, "A street that feeds itself").unwrap();
        sections.set(Section::Values, "Care").unwrap();
        sections.set(Section::Values, " \n ").unwrap();
        let all: Vec<_> = sections.iter().collect();
        let want =
            [(Section::Vision, "A street that feeds itself"), (Section::Monthly, "Two euros")];
        assert_eq!(all, want);
        assert_eq!(sections.get(Section::Values), None);
    }

    #[test]
    fn a_section_that_is_too_long_is_told_by_its_name() {
        let mut sections = Sections::default();
        sections.set(Section::NextSteps, &"ñ".repeat(2_000)).unwrap();
        let wrong = sections.set(Section::NextSteps, &"x".repeat(2_001)).unwrap_err();
        assert_eq!(wrong.field, "next_steps");
        assert_eq!(sections.get(Section::NextSteps).unwrap().chars().count(), 2_000);
    }
}
