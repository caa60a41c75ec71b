//! Lists of the console: what is looked for, what was found, and what can be done about it.

use std::borrow::Cow;

use askama::Template;

use super::Room;
use crate::filters;
use crate::views::forms::{Choice, FormErrors};
use crate::views::page::{Page, Pager, TimeView};

/// A field by which a list is looked through.
#[derive(Clone, Debug)]
pub struct FilterField {
    /// Its name.
    pub name: &'static str,
    /// What people read.
    pub label: Cow<'static, str>,
    /// What was typed or chosen.
    pub value: String,
    /// What can be chosen; where there is nothing it is typed.
    pub choices: Vec<Choice>,
    /// Is it a day?
    pub is_day: bool,
}

impl FilterField {
    /// One that is typed.
    pub fn typed(name: &'static str, label: Cow<'static, str>, value: &str) -> Self {
        let value = value.to_owned();
        Self { name, label, value, choices: Vec::new(), is_day: false }
    }

    /// A day.
    pub fn day(name: &'static str, label: Cow<'static, str>, value: &str) -> Self {
        Self { is_day: true, ..Self::typed(name, label, value) }
    }

    /// One that is chosen; its first choice stands for all.
    pub fn chosen(
        name: &'static str,
        label: Cow<'static, str>,
        value: &str,
        choices: Vec<Choice>,
    ) -> Self {
        Self { choices, ..Self::typed(name, label, value) }
    }
}

/// A word that stands beside a name.
#[derive(Clone, Debug)]
pub struct Mark {
    /// What it says.
    pub text: Cow<'static, str>,
    /// `good`, `poor`, `bad`, or nothing.
    pub tone: &'static str,
}

impl Mark {
    /// A word and how it sounds.
    pub fn new(text: Cow<'static, str>, tone: &'static str) -> Self {
        Self { text, tone }
    }
}

/// Something that is known.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it is.
    pub label: Cow<'static, str>,
    /// A moment, where it is one.
    pub time: Option<TimeView>,
    /// The text of it.
    pub text: String,
    /// Where it leads.
    pub url: Option<String>,
}

impl Fact {
    /// A text.
    pub fn text(label: Cow<'static, str>, text: impl Into<String>) -> Self {
        Self { label, time: None, text: text.into(), url: None }
    }

    /// A moment.
    pub fn time(label: Cow<'static, str>, time: TimeView) -> Self {
        Self { label, time: Some(time), text: String::new(), url: None }
    }

    /// A text that leads somewhere.
    pub fn link(label: Cow<'static, str>, text: impl Into<String>, url: String) -> Self {
        Self { label, time: None, text: text.into(), url: Some(url) }
    }
}

/// A button.
#[derive(Clone, Debug)]
pub struct Deed {
    /// Where its form goes.
    pub action: String,
    /// What people read.
    pub label: Cow<'static, str>,
    /// Does it take something away?
    pub harms: bool,
    /// What the form says besides.
    pub hidden: Vec<(&'static str, String)>,
    /// What is asked before: the label of a field called `reason`.
    pub asks: Option<Cow<'static, str>>,
}

impl Deed {
    /// A button that does what its path says.
    pub fn new(action: String, label: Cow<'static, str>) -> Self {
        Self { action, label, harms: false, hidden: Vec::new(), asks: None }
    }

    /// One that takes something away.
    #[must_use]
    pub fn harming(self) -> Self {
        Self { harms: true, ..self }
    }

    /// One whose form says more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.hidden.push((name, value.to_owned()));
        self
    }

    /// One that asks for a reason first.
    #[must_use]
    pub fn asking(self, label: Cow<'static, str>) -> Self {
        Self { asks: Some(label), ..self }
    }
}

/// A row of a list.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its name.
    pub title: String,
    /// Where it leads.
    pub url: Option<String>,
    /// Words beside it.
    pub marks: Vec<Mark>,
    /// What is known of it.
    pub facts: Vec<Fact>,
    /// Words of somebody.
    pub quote: String,
    /// What can be done.
    pub deeds: Vec<Deed>,
}

/// Another list beside this one.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Where it is.
    pub url: String,
    /// What people read.
    pub label: Cow<'static, str>,
    /// Is it this one?
    pub here: bool,
}

/// A list of the console.
#[derive(Clone, Debug, Template)]
#[template(path = "admin_list.html")]
pub struct ListPage {
    /// The frame.
    pub page: Page,
    /// The console.
    pub room: Room,
    /// Its name.
    pub title: Cow<'static, str>,
    /// What is in it.
    pub lead: Cow<'static, str>,
    /// Lists beside it.
    pub tabs: Vec<Tab>,
    /// By what it is looked through.
    pub filter: Vec<FilterField>,
    /// What was found.
    pub rows: Vec<Row>,
    /// More of it.
    pub pager: Pager,
}

/// One thing of the console, with all that is known of it.
#[derive(Clone, Debug, Template)]
#[template(path = "admin_one.html")]
pub struct OnePage {
    /// The frame.
    pub page: Page,
    /// The console.
    pub room: Room,
    /// The list it is in: its address and its name.
    pub back: (String, Cow<'static, str>),
    /// The thing.
    pub thing: Row,
    /// A document, as it was received.
    pub document: String,
    /// A rule that can be made about it.
    pub rule: Option<RuleView>,
    /// What is wrong with what was typed.
    pub errors: FormErrors,
}

/// The rule that holds for a server.
#[derive(Clone, Debug)]
pub struct RuleView {
    /// About which domain it is made.
    pub domain: String,
    /// Where the form goes.
    pub action: String,
    /// The domain of the rule that holds now, where it is another one.
    pub inherited: Option<String>,
    /// What it does.
    pub severity: String,
    /// What can be chosen.
    pub severities: Vec<Choice>,
    /// Whether no picture of theirs is shown.
    pub reject_media: bool,
    /// Whether no report of theirs is taken.
    pub reject_reports: bool,
    /// For whoever may read the list.
    pub public_comment: String,
    /// For admins alone.
    pub private_comment: String,
}
