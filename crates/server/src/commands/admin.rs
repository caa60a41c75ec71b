//! `tequio admin`: the first account, and tokens for programs.

use std::io::BufRead;

use anyhow::Context as _;
use clap::Subcommand;
use domain::{Handle, Origin, accounts::AccountRole, people::ActorKind, scopes::Scopes, text};
use ops::{
    account_invitations::InviteAccount,
    accounts::{CreateAccount, MakeToken},
    actors::RotateKey,
    passwords, secrets,
    sponsors::Desk,
    totp::ResetTotp,
};

use crate::{config::Config, instance::Base};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make an account that may do everything on this instance.
    #[command(after_help = "Example:\n  tequio admin create --handle ada --name \"Ada Lovelace\"")]
    Create {
        /// What stands before the @: letters, digits, _, and . or - between them.
        #[arg(long)]
        handle: String,
        /// The name that others see.
        #[arg(long, default_value = "")]
        name: String,
        #[arg(long)]
        email: Option<String>,
        /// An ordinary account, not an admin.
        #[arg(long)]
        member: bool,
        /// Read the password from the first line of standard input; else one is made and printed.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Make a bearer token for a program; it is printed once and kept as a digest.
    #[command(
        after_help = "Example:\n  tequio admin token --handle ada --name backup --scopes read"
    )]
    Token {
        #[arg(long)]
        handle: String,
        /// What it is for.
        #[arg(long, default_value = "command line")]
        name: String,
        /// Words parted by commas: read, write, listings:write, admin:read, admin:write, and so on.
        #[arg(long, default_value = "read,write", value_delimiter = ',')]
        scopes: Vec<String>,
    },
    /// Make an invitation by which somebody gets an account; its link is printed once.
    #[command(after_help = "Example:\n  tequio admin invite --collective garden --uses 5")]
    Invite {
        /// The collective that looks after whoever comes; without it, those who run the instance do.
        #[arg(long)]
        collective: Option<String>,
        /// For whom it is.
        #[arg(long, default_value = "")]
        note: String,
        /// How many may come with it.
        #[arg(long, default_value_t = 1)]
        uses: i32,
        /// For how many days.
        #[arg(long, default_value_t = 14)]
        days: i64,
    },
    /// Let somebody sign in with the password alone who has lost their phone and their recovery codes.
    #[command(after_help = "Example:\n  tequio admin one-step --handle ada")]
    OneStep {
        /// A person of this server. Be sure that it is they who ask.
        #[arg(long)]
        handle: String,
    },
    /// Give an actor of this server a new key; other servers are told, signed with the old one.
    ///
    /// Of a collective, its voice gets a new one too. Without a handle it is the instance's own.
    #[command(after_help = "Example:\n  tequio admin rotate-key --handle garden")]
    RotateKey {
        /// A person or a collective of this server.
        #[arg(long)]
        handle: Option<String>,
    },
}

pub(super) async fn run(config: &Config, command: Command) -> anyhow::Result<()> {
    let base = Base::open(config).await?;
    let done = match command {
        Command::Create { handle, name, email, member, password_stdin } => {
            let role = if member { AccountRole::Member } else { AccountRole::Admin };
            create(config, &base, &handle, &name, email, role, password_stdin).await
        }
        Command::Token { handle, name, scopes } => token(&base, &handle, &name, &scopes).await,
        Command::Invite { collective, note, uses, days } => {
            invite(&base, collective.as_deref(), &note, uses, days).await
        }
        Command::OneStep { handle } => one_step(&base, &handle).await,
        Command::RotateKey { handle } => rotate_key(&base, handle.as_deref()).await,
    };
    base.workers.stop().await;
    done
}

async fn create(
    config: &Config,
    base: &Base,
    handle: &str,
    name: &str,
    email: Option<String>,
    role: AccountRole,
    password_stdin: bool,
) -> anyhow::Result<()> {
    let handle = Handle::choose(handle)?;
    let given = if password_stdin { Some(read_password()?) } else { None };
    let password = given.clone().map_or_else(secrets::fresh, Ok)?;
    domain::accounts::password(&password)?;
    let locale = config.instance.languages.first().cloned().unwrap_or_else(|| "en".to_owned());
    let operation = CreateAccount {
        name: text::line("name", name, 0, 100)?,
        email,
        password_hash: passwords::hash(&password)?,
        role,
        sponsor: None,
        locale,
        keys: base.keys.pair().await?,
        handle: handle.clone(),
    };
    base.door.perform(Origin::server(), operation).await?;
    println!("made the account @{}@{}", handle.as_str(), base.door.site().host());
    if given.is_none() {
        println!("password: {password}");
    }
    Ok(())
}

async fn invite(
    base: &Base,
    collective: Option<&str>,
    note: &str,
    uses: i32,
    days: i64,
) -> anyhow::Result<()> {
    let desk = match collective {
        None => Desk::Admins,
        Some(handle) => {
            let wanted = Handle::parse(handle)?;
            let found = base.reader.read(move |conn| db::actors::find_local(conn, wanted.as_str()));
            let found = found.await?.filter(|actor| actor.kind == ActorKind::Group);
            let found = found.with_context(|| format!("no collective here is called {handle}"))?;
            Desk::Collective(found.id.collective())
        }
    };
    let word = secrets::fresh()?;
    let note = text::line("note", note, 0, 200)?;
    let operation = InviteAccount { desk, digest: secrets::digest(&word), note, uses, days };
    base.door.perform(Origin::server(), operation).await?;
    println!("{}", base.door.site().at(&format!("join?invitation={word}")));
    Ok(())
}

fn read_password() -> anyhow::Result<String> {
    let line = std::io::stdin().lock().lines().next();
    line.context("no password on standard input")?.context("standard input could not be read")
}

async fn rotate_key(base: &Base, handle: Option<&str>) -> anyhow::Result<()> {
    let (actors, called) = if let Some(handle) = handle {
        let wanted = Handle::parse(handle)?;
        let found = base.reader.read(move |conn| {
            let Some(actor) = db::actors::find_local(conn, wanted.as_str())? else {
                return Ok(Vec::new());
            };
            let collective = db::collectives::find(conn, actor.id.collective())?;
            let voice = collective.map(|collective| collective.voice_id);
            Ok(std::iter::once(actor.id).chain(voice).collect())
        });
        (found.await?, handle.to_owned())
    } else {
        let url = base.door.site().base().to_string();
        let found = base.reader.read(move |conn| db::actors::find_by_ap_id(conn, &url));
        (found.await?.map(|actor| actor.id).into_iter().collect(), "the instance".to_owned())
    };
    anyhow::ensure!(!actors.is_empty(), "nobody here is called {called}");
    for actor in actors {
        let keys = base.keys.pair().await?;
        base.door.perform(Origin::server(), RotateKey { actor, keys }).await?;
    }
    println!("{called} has a new key; a running server tells the others");
    Ok(())
}

async fn one_step(base: &Base, handle: &str) -> anyhow::Result<()> {
    let wanted = Handle::parse(handle)?;
    let account = base.reader.read(move |conn| db::accounts::find_login(conn, wanted.as_str()));
    let account = account.await?.with_context(|| format!("nobody here is called {handle}"))?;
    let operation = ResetTotp { person: account.person_id };
    base.door.perform(Origin::server(), operation).await?;
    println!("{handle} signs in with the password alone");
    Ok(())
}

async fn token(base: &Base, handle: &str, name: &str, scopes: &[String]) -> anyhow::Result<()> {
    let scopes = Scopes::parse(&scopes.join(" ")).context(
        "scopes are words such as read, write, listings:write, admin:read, and admin:write",
    )?;
    let wanted = Handle::parse(handle)?;
    let account = base.reader.read(move |conn| db::accounts::find_login(conn, wanted.as_str()));
    let account = account.await?.with_context(|| format!("nobody here is called {handle}"))?;
    let secret = secrets::fresh()?;
    let operation = MakeToken {
        account: account.id,
        digest: secrets::digest(&secret),
        name: text::line("name", name, 1, 100)?,
        scopes: scopes.words(),
        expires_at: None,
    };
    base.door.perform(Origin::server(), operation).await?;
    println!("{secret}");
    Ok(())
}
