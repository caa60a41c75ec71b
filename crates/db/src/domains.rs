//! What the admins decided about domains, as rows, and how a server stands with us because of it.

use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Binary, Bool, Nullable, Text},
};
use domain::{
    ActorId, Time,
    domains::{Domain, Mode, Rule, Severity, State, family, state},
};

use crate::{
    Conn, Result, Tx,
    column::MaybeId,
    schema::{domain_rules, instances},
    settings,
};

/// The setting that says whom this server speaks with.
const MODE: &str = "federation.mode";
/// So many rows in one statement: engines bound the number of values.
const CHUNK: usize = 1_000;

/// A rule and who made it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = domain_rules)]
pub struct RuleRow {
    #[diesel(deserialize_as = String)]
    pub domain: Domain,
    #[diesel(deserialize_as = String)]
    pub severity: Severity,
    pub reject_media: bool,
    pub reject_reports: bool,
    pub obfuscate: bool,
    pub public_comment: String,
    pub private_comment: String,
    #[diesel(deserialize_as = MaybeId)]
    pub created_by: Option<ActorId>,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
}

impl RuleRow {
    /// What it says.
    pub fn rule(&self) -> Rule {
        Rule {
            severity: self.severity,
            reject_media: self.reject_media,
            reject_reports: self.reject_reports,
            obfuscate: self.obfuscate,
            public_comment: self.public_comment.clone(),
            private_comment: self.private_comment.clone(),
        }
    }

    /// A rule as it is written now.
    pub fn new(domain: Domain, rule: Rule, by: Option<ActorId>, now: Time) -> Self {
        let Rule { severity, reject_media, reject_reports, obfuscate, .. } = rule;
        Self {
            domain,
            severity,
            reject_media,
            reject_reports,
            obfuscate,
            public_comment: rule.public_comment,
            private_comment: rule.private_comment,
            created_by: by,
            created_at: now,
        }
    }
}

/// The rule of exactly this domain. Walks the primary key.
pub fn find(conn: &mut Conn, domain: &Domain) -> Result<Option<RuleRow>> {
    let row = domain_rules::table.find(domain.as_str()).select(RuleRow::as_select()).first(conn);
    Ok(row.optional()?)
}

/// All rules, by the alphabet.
pub fn all(conn: &mut Conn) -> Result<Vec<RuleRow>> {
    Ok(domain_rules::table.order(domain_rules::domain).select(RuleRow::as_select()).load(conn)?)
}

/// The domains of all rules and what they do, in no order.
pub fn severities(conn: &mut Conn) -> Result<Vec<(String, Severity)>> {
    let rows: Vec<(String, String)> =
        domain_rules::table.select((domain_rules::domain, domain_rules::severity)).load(conn)?;
    rows.into_iter()
        .map(|(domain, word)| {
            Ok((domain, Severity::parse(&word).map_err(crate::DbError::Corrupt)?))
        })
        .collect()
}

/// The rule that holds for a server: of its own name, else of the nearest domain above it that has one.
pub fn rule_of(conn: &mut Conn, host: &str) -> Result<Option<RuleRow>> {
    let rows: Vec<RuleRow> = domain_rules::table
        .filter(domain_rules::domain.eq_any(family(host)))
        .select(RuleRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().max_by_key(|row| row.domain.as_str().len()))
}

/// Whom this server speaks with.
pub fn mode(conn: &mut Conn) -> Result<Mode> {
    let kept = settings::find(conn, MODE)?;
    kept.map_or(Ok(Mode::Open), |word| Mode::parse(&word).map_err(crate::DbError::Corrupt))
}

/// Remembers whom this server speaks with.
pub fn set_mode(tx: &mut Tx<'_>, mode: Mode) -> Result<()> {
    settings::set(tx, MODE, mode.word())
}

/// Is this the host that this very server is found under?
pub fn is_own(conn: &mut Conn, host: &str) -> Result<bool> {
    Ok(settings::own_host(conn)?.is_some_and(|own| own.eq_ignore_ascii_case(host)))
}

/// How a server stands with us, met or not.
pub fn state_of(conn: &mut Conn, host: &str) -> Result<State> {
    let mode = mode(conn)?;
    if mode == Mode::Allowlist && is_own(conn, host)? {
        return Ok(State::Open);
    }
    let rule = rule_of(conn, host)?;
    Ok(state(rule.map(|row| row.severity), mode))
}

/// Are reports of this server refused?
pub fn rejects_reports(conn: &mut Conn, host: &str) -> Result<bool> {
    Ok(rule_of(conn, host)?.is_some_and(|row| row.reject_reports))
}

/// Are pictures of this server refused?
pub fn rejects_media(conn: &mut Conn, host: &str) -> Result<bool> {
    Ok(rule_of(conn, host)?.is_some_and(|row| row.reject_media))
}

/// The columns of a rule.
macro_rules! values {
    ($row:expr) => {
        (
            domain_rules::domain.eq($row.domain.as_str()),
            domain_rules::severity.eq($row.severity.word()),
            domain_rules::reject_media.eq($row.reject_media),
            domain_rules::reject_reports.eq($row.reject_reports),
            domain_rules::obfuscate.eq($row.obfuscate),
            domain_rules::public_comment.eq(&$row.public_comment),
            domain_rules::private_comment.eq(&$row.private_comment),
            domain_rules::created_by.eq($row.created_by.map(ActorId::bytes)),
            domain_rules::created_at.eq($row.created_at.micros()),
        )
    };
}

/// Writes rules, in place of those their domains had; each domain stands in the list once.
pub fn put(tx: &mut Tx<'_>, rows: &[RuleRow]) -> Result<()> {
    match &mut **tx {
        Conn::Sqlite(conn) => {
            for row in rows {
                diesel::replace_into(domain_rules::table).values(values!(row)).execute(conn)?;
            }
            Ok(())
        }
        Conn::Postgres(conn) => rows.chunks(CHUNK).try_for_each(|chunk| put_all(conn, chunk)),
    }
}

/// The same in one statement: PostgreSQL takes columns as arrays, and a list of thousands within seconds.
fn put_all(conn: &mut diesel::PgConnection, rows: &[RuleRow]) -> Result<()> {
    let texts = |of: fn(&RuleRow) -> &str| rows.iter().map(of).collect::<Vec<&str>>();
    let flags = |of: fn(&RuleRow) -> bool| rows.iter().map(of).collect::<Vec<bool>>();
    let by: Vec<Option<Vec<u8>>> =
        rows.iter().map(|row| row.created_by.map(ActorId::bytes)).collect();
    let at: Vec<i64> = rows.iter().map(|row| row.created_at.micros()).collect();
    diesel::sql_query(
        "INSERT INTO domain_rules (domain, severity, reject_media, reject_reports, obfuscate, \
         public_comment, private_comment, created_by, created_at) \
         SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) \
         ON CONFLICT (domain) DO UPDATE SET severity = excluded.severity, \
         reject_media = excluded.reject_media, reject_reports = excluded.reject_reports, \
         obfuscate = excluded.obfuscate, public_comment = excluded.public_comment, \
         private_comment = excluded.private_comment, created_by = excluded.created_by, \
         created_at = excluded.created_at",
    )
    .bind::<Array<Text>, _>(texts(|row| row.domain.as_str()))
    .bind::<Array<Text>, _>(texts(|row| row.severity.word()))
    .bind::<Array<Bool>, _>(flags(|row| row.reject_media))
    .bind::<Array<Bool>, _>(flags(|row| row.reject_reports))
    .bind::<Array<Bool>, _>(flags(|row| row.obfuscate))
    .bind::<Array<Text>, _>(texts(|row| &row.public_comment))
    .bind::<Array<Text>, _>(texts(|row| &row.private_comment))
    .bind::<Array<Nullable<Binary>>, _>(by)
    .bind::<Array<BigInt>, _>(at)
    .execute(conn)?;
    Ok(())
}

/// Forgets the rule of a domain; was there one?
pub fn delete(tx: &mut Tx<'_>, domain: &Domain) -> Result<bool> {
    let gone = diesel::delete(domain_rules::table.find(domain.as_str())).execute(&mut **tx)?;
    Ok(0 < gone)
}

/// Every server we have met, and how it stands.
pub fn states(conn: &mut Conn) -> Result<Vec<(String, State)>> {
    let rows: Vec<(String, String)> =
        instances::table.select((instances::host, instances::state)).load(conn)?;
    rows.into_iter()
        .map(|(host, word)| Ok((host, State::parse(&word).map_err(crate::DbError::Corrupt)?)))
        .collect()
}

/// Writes down how servers stand from now on.
pub fn set_states(tx: &mut Tx<'_>, hosts: &[String], state: State) -> Result<()> {
    for chunk in hosts.chunks(CHUNK) {
        diesel::update(instances::table.filter(instances::host.eq_any(chunk)))
            .set(instances::state.eq(state.word()))
            .execute(&mut **tx)?;
    }
    Ok(())
}
