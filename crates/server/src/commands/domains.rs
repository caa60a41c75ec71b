//! `tequio domains`: which servers are limited, suspended, or alone allowed.

use std::{io::Read as _, path::PathBuf};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use db::domains::RuleRow;
use domain::{
    Origin,
    domains::{Domain, Mode, Rule, Severity},
};
use ops::domains::{
    ImportDomainRules, Plan, RemoveDomainRule, SetDomainRule, SetFederationMode, read, write,
};

use crate::{config::Config, instance::Base};

/// So many lines of each kind are printed; the rest is counted.
const SHOWN: usize = 50;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the rules, with their private comments.
    #[command(after_help = "Example:\n  tequio domains list")]
    List,
    /// Suspend a domain and everything below it: nothing is taken, sent, or shown, and follows end.
    #[command(
        after_help = "Example:\n  tequio domains block evil.example --private-comment \"spam, 3 May\""
    )]
    Block(Wanted),
    /// Limit a domain: what comes from it is shown only to those who follow whoever says it.
    #[command(after_help = "Example:\n  tequio domains limit noisy.example --reject-media")]
    Limit(Wanted),
    /// Except a domain from a wider rule, or only refuse its media or reports.
    #[command(after_help = "Example:\n  tequio domains except good.evil.example")]
    Except(Wanted),
    /// Let a domain in where only listed servers may speak with this one.
    #[command(after_help = "Example:\n  tequio domains allow friends.example")]
    Allow(Wanted),
    /// Take a rule away. What was hidden is shown again; follows that ended stay ended.
    #[command(after_help = "Example:\n  tequio domains remove evil.example")]
    Remove { domain: String },
    /// Show whom this server speaks with, or change it: open, or allowlist.
    #[command(after_help = "Example:\n  tequio domains mode allowlist")]
    Mode { mode: Option<String> },
    /// Make the rules of a list: Mastodon's CSV, or one domain a line; # begins a comment.
    #[command(
        after_help = "Example:\n  tequio domains import --dry-run blocklist.csv\n  tequio domains import blocklist.csv"
    )]
    Import {
        /// - is standard input.
        file: PathBuf,
        /// Only say what it would do.
        #[arg(long)]
        dry_run: bool,
        /// Of lines that name none: suspend, limit, noop, or allow.
        #[arg(long, default_value = "suspend")]
        severity: String,
    },
    /// Print the rules as Mastodon's CSV, without private comments.
    #[command(after_help = "Example:\n  tequio domains export > blocklist.csv")]
    Export,
}

#[derive(Debug, Args)]
pub(super) struct Wanted {
    /// evil.example; everything below it is meant too.
    domain: String,
    /// Show no pictures of theirs.
    #[arg(long)]
    reject_media: bool,
    /// Take no reports of theirs.
    #[arg(long)]
    reject_reports: bool,
    /// Do not write the name out where the list is shown to others.
    #[arg(long)]
    obfuscate: bool,
    /// For whoever may read the list.
    #[arg(long, default_value = "")]
    public_comment: String,
    /// For admins alone.
    #[arg(long, default_value = "")]
    private_comment: String,
}

pub(super) async fn run(config: &Config, command: Command) -> anyhow::Result<()> {
    let base = Base::open(config).await?;
    let done = match command {
        Command::List => list(&base).await,
        Command::Block(wanted) => set(&base, &wanted, Severity::Suspend).await,
        Command::Limit(wanted) => set(&base, &wanted, Severity::Limit).await,
        Command::Except(wanted) => set(&base, &wanted, Severity::Noop).await,
        Command::Allow(wanted) => set(&base, &wanted, Severity::Allow).await,
        Command::Remove { domain } => remove(&base, &domain).await,
        Command::Mode { mode } => mode_of(&base, mode.as_deref()).await,
        Command::Import { file, dry_run, severity } => {
            import(&base, &file, dry_run, &severity).await
        }
        Command::Export => export(&base).await,
    };
    base.workers.stop().await;
    done
}

async fn list(base: &Base) -> anyhow::Result<()> {
    let rules = base.reader.read(db::domains::all).await?;
    for row in &rules {
        println!("{}", said(row));
    }
    if rules.is_empty() {
        println!("there are no rules");
    }
    Ok(())
}

fn said(row: &RuleRow) -> String {
    let mut words = vec![format!("{:<8} {}", row.severity.word(), row.domain.as_str())];
    for (set, word) in [
        (row.reject_media, "no media"),
        (row.reject_reports, "no reports"),
        (row.obfuscate, "name not shown"),
    ] {
        if set {
            words.push(word.to_owned());
        }
    }
    let comments = [("public", &row.public_comment), ("private", &row.private_comment)];
    let comments = comments.iter().filter(|(_, text)| !text.is_empty());
    words.extend(comments.map(|(who, text)| format!("{who}: {text}")));
    words.join("; ")
}

async fn set(base: &Base, wanted: &Wanted, severity: Severity) -> anyhow::Result<()> {
    let domain = Domain::parse(&wanted.domain)?;
    let rule = Rule {
        reject_media: wanted.reject_media,
        reject_reports: wanted.reject_reports,
        obfuscate: wanted.obfuscate,
        ..Rule::of(severity)
    };
    let rule = rule.commented(&wanted.public_comment, &wanted.private_comment)?;
    let name = domain.as_str().to_owned();
    let severed = base.door.perform(Origin::server(), SetDomainRule { domain, rule }).await?;
    println!("{name}: {}{}", severity.word(), ended(severed));
    Ok(())
}

fn ended(follows: usize) -> String {
    match follows {
        0 => String::new(),
        1 => "; 1 follow has ended".to_owned(),
        many => format!("; {many} follows have ended"),
    }
}

async fn remove(base: &Base, domain: &str) -> anyhow::Result<()> {
    let domain = Domain::parse(domain)?;
    let name = domain.as_str().to_owned();
    base.door.perform(Origin::server(), RemoveDomainRule { domain }).await?;
    println!("{name}: no rule");
    Ok(())
}

async fn mode_of(base: &Base, wanted: Option<&str>) -> anyhow::Result<()> {
    let Some(wanted) = wanted else {
        println!("{}", base.reader.read(db::domains::mode).await?.word());
        return Ok(());
    };
    let mode = Mode::parse(wanted)?;
    let severed = base.door.perform(Origin::server(), SetFederationMode { mode }).await?;
    println!("{}{}", mode.word(), ended(severed));
    Ok(())
}

async fn import(
    base: &Base,
    file: &std::path::Path,
    dry_run: bool,
    severity: &str,
) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    if file.as_os_str() == "-" {
        std::io::stdin().read_to_end(&mut bytes).context("standard input could not be read")?;
    } else {
        bytes =
            std::fs::read(file).with_context(|| format!("{} could not be read", file.display()))?;
    }
    let lines = read(&String::from_utf8_lossy(&bytes), Severity::parse(severity)?);
    if !dry_run {
        let plan = base.door.perform(Origin::server(), ImportDomainRules { lines }).await?;
        report(&plan, true);
        return Ok(());
    }
    let (host, now) = (base.door.site().host().to_owned(), base.door.now());
    let plan = base.reader.read(move |conn| ops::domains::plan(conn, &host, &lines, None, now));
    report(&plan.await?, false);
    println!("nothing was changed; leave --dry-run out to apply it");
    Ok(())
}

fn report(plan: &Plan, applied: bool) {
    let names = |domains: &[Domain]| -> Vec<String> {
        domains.iter().map(|it| it.as_str().to_owned()).collect()
    };
    let tense = |then: &'static str, now: &'static str| if applied { then } else { now };
    some("new", &names(&plan.new));
    some("changed", &names(&plan.changed));
    println!("unchanged: {}", plan.unchanged);
    let refused = plan.refused.iter().map(|it| {
        let text = it.text.escape_debug();
        format!("line {}: {text}: {}", it.line, it.reason)
    });
    some("refused", &refused.collect::<Vec<_>>());
    let follows = plan.severed.iter().map(|(who, whom)| format!("{who} follows {whom}"));
    some(tense("follows that have ended", "follows that would end"), &follows.collect::<Vec<_>>());
}

fn some(what: &str, lines: &[String]) {
    println!("{what}: {}", lines.len());
    for line in lines.iter().take(SHOWN) {
        println!("  {line}");
    }
    if SHOWN < lines.len() {
        println!("  and {} more", lines.len() - SHOWN);
    }
}

async fn export(base: &Base) -> anyhow::Result<()> {
    let rules = base.reader.read(db::domains::all).await?;
    print!("{}", write(&rules));
    Ok(())
}
