//! The closed lists of words, and texts of a form of their own, as named schemas of the API's
//! description.

use std::borrow::Cow;

use domain::joining::{LONGEST_ANSWER, LONGEST_QUESTION};
use domain::notifications::Kind as Told;
use ops::happened::{Change, Thing};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{ObjectBuilder, Schema, SchemaFormat, Type},
    },
};

macro_rules! words {
    ($($name:ident: $list:ty, $says:literal);+ $(;)?) => {$(
        #[doc = $says]
        pub(crate) enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                one_of($says, <$list>::ALL.iter().map(|word| word.word()).collect())
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                stringify!($name).into()
            }
        }
    )+};
}

words! {
    Purpose: domain::listings::Purpose, "Whether something is needed or offered.";
    Kind: domain::listings::Kind, "What kind of thing it is about.";
    Terms: domain::listings::Terms, "On which terms; there is no sale.";
    Urgency: domain::listings::Urgency, "How soon it matters.";
    Category: domain::listings::Category, "The field of life it belongs to.";
    State: domain::listings::State, "Where a listing stands.";
    Signature: domain::listings::Signature, "Who is shown as its author.";
    Licence: domain::text::Licence, "Under which licence the text may be used (SPDX).";
    Unit: domain::quantity::Unit, "A unit of the Ontology of Units of Measure 2.";
    Role: domain::memberships::Role, "What a member is trusted with.";
    AccountRole: domain::accounts::AccountRole, "What an account may do on this instance.";
    AccountState: domain::accounts::AccountState, "Where an account stands.";
    AccountAct: domain::accounts::AccountAct, "What is done with an account.";
    AccountFilter: domain::accounts::AccountFilter, "Which accounts a list shows.";
    SignUpMode: domain::sign_ups::SignUpMode, "Who may ask for an account.";
    FollowPolicy: domain::collectives::FollowPolicy, "What happens when somebody follows it.";
    AgreementState: domain::agreements::AgreementState, "Where an agreement stands.";
    FollowState: domain::follows::FollowState, "Where a follow stands.";
    Visibility: domain::replies::Visibility, "Who may see what was written.";
    As: domain::replies::As, "In whose name a member answers.";
    NotificationKind: domain::notifications::Kind, "What a notification is about.";
    IncomingKind: domain::incoming::Kind, "What it is that waits for the stewards.";
    Shelf: domain::incoming::Shelf, "Which part of what waits for the stewards.";
    Digest: domain::letters::Digest, "How often what is new is told by letter.";
    MediaType: domain::media::MediaType, "What is in a file.";
    JoinPolicy: domain::joining::JoinPolicy, "Who may ask to join.";
    Recurs: domain::templates::Recurs, "How often a listing comes again.";
    Act: domain::moderation::Act, "What stewards did.";
    Severity: domain::domains::Severity, "What a rule does to the servers of a domain.";
    WebhookEvent: domain::webhooks::WebhookEvent, "What a webhook may be told of.";
    CaseState: domain::cases::CaseState, "Where a case stands.";
    DecisionKind: domain::cases::DecisionKind, "What is decided about a case.";
    Accent: domain::console::Accent, "The colour of buttons and links.";
    ProposalAct: domain::console::ProposalAct, "What takes two who run this place.";
    ProposalState: domain::console::ProposalState, "Where a proposal stands.";
    ActorKind: domain::people::ActorKind, "The kind of an actor, as ActivityStreams names it.";
}

macro_rules! texts {
    ($($name:ident: $form:expr, $says:literal);+ $(;)?) => {$(
        #[doc = $says]
        pub(crate) enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let text = ObjectBuilder::new().schema_type(Type::String).description(Some($says));
                $form(text).build().into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                stringify!($name).into()
            }
        }
    )+};
}

texts! {
    Language: |text| like(text, "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$").max_length(Some(35)),
        "A language tag (BCP 47): es, pt-BR.";
    Decimal: |text| like(text, "^([0-9]{1,9}([.,][0-9]{1,3})?|1000000000)$"),
        "A number as text, so that nothing is rounded: 2.5.";
    Amount: |text| like(text, "^([1-9][0-9]{0,8}([.,][0-9]{1,3})?|0[.,]([1-9][0-9]{0,2}|0[1-9][0-9]?|00[1-9])|1000000000)$"),
        "A number as text, more than 0: 2.5.";
    Cursor: |text| like(text, "^[A-Za-z0-9_-]{27}$"),
        "A place in a list; it means nothing to clients.";
    EntityTag: |text| like(text, "^(\\*|\"[0-9]+(-[0-9a-f]+)?\")$"), "The `ETag` of what you saw.";
    Handle: |text| between(like(text, "^[A-Za-z0-9_]+([.-][A-Za-z0-9_]+)*$"), 2, 40),
        "2 to 40 letters a to z, digits, or `_`; dots and hyphens only between them.";
    NewPassword: |text| between(like(text, "^[^\\u0000]*$"), 10, 256), "10 to 256 characters.";
    Question: |text| between(text, 1, LONGEST_QUESTION), "A question, in one line.";
    Answer: |text| between(text, 1, LONGEST_ANSWER), "An answer; plain text.";
    Uuid: |text: ObjectBuilder| text.format(Some(SchemaFormat::Custom("uuid".to_owned()))), "An id.";
    Scope: |text: ObjectBuilder| {
        text.enum_values(Some(domain::scopes::ALL.iter().map(|(word, _)| *word)))
    }, "A word for what a token may be used for.";
    Yes: |yes: ObjectBuilder| yes.schema_type(Type::Boolean).enum_values(Some([true])), "`true`.";
}

/// What something happened to.
pub(crate) enum HappenedType {}

impl PartialSchema for HappenedType {
    fn schema() -> RefOr<Schema> {
        let words = Thing::WORDS.into_iter().chain(["notification"]);
        one_of("What something happened to.", words.collect())
    }
}

impl ToSchema for HappenedType {
    fn name() -> Cow<'static, str> {
        "HappenedType".into()
    }
}

/// What became of it.
pub(crate) enum HappenedChange {}

impl PartialSchema for HappenedChange {
    fn schema() -> RefOr<Schema> {
        let mut words: Vec<_> = Change::ALL.iter().map(|change| change.word()).collect();
        words.extend(Told::ALL.iter().map(|kind| kind.word()));
        one_of("What became of it; of a notification, what it is about.", words)
    }
}

impl ToSchema for HappenedChange {
    fn name() -> Cow<'static, str> {
        "HappenedChange".into()
    }
}

/// How somebody stands with a collective.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes words that the database spells")]
pub(crate) enum MemberState {
    Active,
    Invited,
    Suspended,
}

fn like(text: ObjectBuilder, pattern: &str) -> ObjectBuilder {
    text.pattern(Some(pattern))
}

fn between(text: ObjectBuilder, least: usize, most: usize) -> ObjectBuilder {
    text.min_length(Some(least)).max_length(Some(most))
}

fn one_of(says: &str, words: Vec<&'static str>) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(says))
        .enum_values(Some(words))
        .build()
        .into()
}
