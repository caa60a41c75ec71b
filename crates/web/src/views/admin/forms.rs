//! Forms of the console: lists of servers, decisions, and what this place says it is.

use std::borrow::Cow;

use askama::Template;

use super::{
    Room,
    list::{Fact, Row},
};
use crate::filters;
use crate::views::actors::ActorView;
use crate::views::forms::{Choice, FormErrors};
use crate::views::page::{Page, TimeView};

/// What a list of rules would do, or has done.
#[derive(Clone, Debug)]
pub struct PlanView {
    /// Was it done?
    pub applied: bool,
    /// How many domains had no rule.
    pub new: usize,
    /// How many had another one.
    pub changed: usize,
    /// How many had this very rule.
    pub unchanged: usize,
    /// How many follows end.
    pub severed: usize,
    /// The first of the lines that are no rules: number, text, and why.
    pub refused: Vec<(u64, String, String)>,
    /// How many those are.
    pub refused_lines: usize,
}

/// `/admin/domains`.
#[derive(Clone, Debug, Template)]
#[template(path = "admin_domains.html")]
pub struct DomainsPage {
    /// The frame.
    pub page: Page,
    /// The console.
    pub room: Room,
    /// The rules there are.
    pub rules: Vec<Row>,
    /// How many they are.
    pub number: usize,
    /// The list that was typed.
    pub list: String,
    /// What it does with lines that name nothing.
    pub severity: String,
    /// What can be chosen.
    pub severities: Vec<Choice>,
    /// What it would do.
    pub plan: Option<PlanView>,
    /// What is wrong.
    pub errors: FormErrors,
}

/// A decision, as it is shown.
#[derive(Clone, Debug)]
pub struct DecisionView {
    /// What was decided.
    pub label: Cow<'static, str>,
    /// Why.
    pub text: String,
    /// When, and what follows.
    pub facts: Vec<Fact>,
    /// Where one says that it was followed up.
    pub follow_up: Option<String>,
    /// What was said to it.
    pub appeal: Option<AppealView>,
}

/// What was said to a decision.
#[derive(Clone, Debug)]
pub struct AppealView {
    /// In their words.
    pub text: String,
    /// When.
    pub made: TimeView,
    /// What was answered.
    pub answer: String,
    /// Whether the decision stands, in words.
    pub outcome: Option<Cow<'static, str>>,
    /// Where the answer goes, for whoever may answer.
    pub action: Option<String>,
}

/// What was typed into a decision.
#[derive(Clone, Debug, Default)]
pub struct DecisionInput {
    /// What is decided.
    pub kind: String,
    /// Why.
    pub text: String,
    /// A day.
    pub follow_up: String,
}

/// `/admin/cases/ID`.
#[derive(Clone, Debug, Template)]
#[template(path = "admin_case.html")]
pub struct CasePage {
    /// The frame.
    pub page: Page,
    /// The console.
    pub room: Room,
    /// Whom it is about.
    pub about: ActorView,
    /// Since when, and earlier cases.
    pub facts: Vec<Fact>,
    /// What was reported.
    pub reports: Vec<Row>,
    /// What was decided.
    pub decisions: Vec<DecisionView>,
    /// Where the decision goes, while it is open.
    pub action: Option<String>,
    /// What can be decided.
    pub kinds: Vec<Choice>,
    /// What was typed.
    pub input: DecisionInput,
    /// What is wrong with it.
    pub errors: FormErrors,
}

/// A text in one language.
#[derive(Clone, Debug)]
pub struct TextField {
    /// The name of its field.
    pub name: String,
    /// The language, by its own name.
    pub language: &'static str,
    /// Its tag.
    pub tag: &'static str,
    /// What it says.
    pub value: String,
}

/// A text in all languages.
#[derive(Clone, Debug)]
pub struct TextSet {
    /// What it is.
    pub label: Cow<'static, str>,
    /// What it is for.
    pub hint: Cow<'static, str>,
    /// In each language.
    pub fields: Vec<TextField>,
}

/// `/admin/settings`.
#[derive(Clone, Debug, Template)]
#[template(path = "admin_settings.html")]
pub struct SettingsPage {
    /// The frame.
    pub page: Page,
    /// The console.
    pub room: Room,
    /// Who may ask for an account.
    pub mode: String,
    /// What can be chosen.
    pub modes: Vec<Choice>,
    /// The name that was set.
    pub name: String,
    /// The address that was set.
    pub contact: String,
    /// The colour.
    pub accent: String,
    /// What can be chosen.
    pub accents: Vec<Choice>,
    /// Texts.
    pub texts: Vec<TextSet>,
    /// Does it take two?
    pub two_persons: bool,
    /// What is wrong with what was typed.
    pub errors: FormErrors,
}

/// `/admin/announcements`.
#[derive(Clone, Debug, Template)]
#[template(path = "admin_announcements.html")]
pub struct AnnouncementsPage {
    /// The frame.
    pub page: Page,
    /// The console.
    pub room: Room,
    /// Those there are.
    pub rows: Vec<Row>,
    /// The text of a new one, in each language.
    pub fields: Vec<TextField>,
    /// The first day.
    pub starts: String,
    /// The last day.
    pub ends: String,
    /// What is wrong.
    pub errors: FormErrors,
}

/// `/decisions`, and `/appeal` where somebody comes with a letter.
#[derive(Clone, Debug, Template)]
#[template(path = "decisions.html")]
pub struct DecisionsPage {
    /// The frame.
    pub page: Page,
    /// What was decided about them.
    pub decisions: Vec<MyDecision>,
    /// The word of a letter.
    pub token: String,
    /// What was typed.
    pub text: String,
    /// What is wrong.
    pub errors: FormErrors,
}

/// A decision, for whom it is about.
#[derive(Clone, Debug)]
pub struct MyDecision {
    /// What was decided.
    pub label: Cow<'static, str>,
    /// Why.
    pub text: String,
    /// When.
    pub when: TimeView,
    /// What they said to it.
    pub appeal: Option<AppealView>,
    /// Where they may say something.
    pub action: Option<String>,
}

/// `/setup`.
#[derive(Clone, Debug, Template)]
#[template(path = "setup.html")]
pub struct SetupPage {
    /// The frame.
    pub page: Page,
    /// The word that was printed.
    pub token: String,
    /// The handle that was typed.
    pub handle: String,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// What is wrong.
    pub errors: FormErrors,
}
