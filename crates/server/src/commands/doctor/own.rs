//! What the program can see of its machine, its configuration, and its database.

use std::{net::Ipv4Addr, os::unix::fs::PermissionsExt as _, path::Path};

use db::Conn;
use domain::Time;
use ops::{
    Clock as _, SystemClock,
    console::doctor::{self, Check, Health, Setup},
};

use super::Finding;
use crate::{config::Config, mail};

/// With less than this, in MiB, nothing goes on for long.
const LITTLE: u64 = 256;
const ENOUGH: u64 = 2_048;

/// What was set, and does not go together.
pub(super) fn configuration(config: &Config) -> Vec<Finding> {
    let mut found: Vec<Finding> = config
        .warnings()
        .into_iter()
        .map(|warning| Finding::poor("config", warning, "see the key in config/default.toml"))
        .collect();
    let own = Ipv4Addr::LOCALHOST.into();
    let proxies = &config.http.trusted_proxies;
    let behind = config.http.bind.ip().is_loopback() && config.instance.url.scheme() == "https";
    if behind && !proxies.iter().any(|network| network.contains(own)) {
        found.push(Finding::poor(
            "proxy",
            "the proxy is on this machine and is not trusted: all visitors look like one, and share \
             one measure of sign-ins and requests",
            "set http.trusted_proxies = [\"127.0.0.1\"], and let the proxy set X-Forwarded-For",
        ));
    }
    if let Some(file) = config.database.url.expose().strip_prefix("sqlite://")
        && let Ok(about) = std::fs::metadata(file)
        && about.permissions().mode() & 0o004 != 0
    {
        let what = format!("everybody on this machine can read {file}, which holds private keys");
        found.push(Finding::poor("files", what, format!("chmod o-rwx {file}*")));
    }
    if found.is_empty() {
        found.push(Finding::good("config", "nothing in it contradicts itself"));
    }
    found
}

/// How much room is left.
pub(super) fn disk(config: &Config) -> Vec<Finding> {
    let database = config.database.url.expose().strip_prefix("sqlite://").map(Path::new);
    let media = config.media_folder();
    let mut found = Vec::new();
    for (name, path) in [("the database", database), ("pictures", Some(media.as_path()))] {
        let Some(folder) = path.and_then(|path| path.ancestors().find(|it| it.is_dir())) else {
            continue;
        };
        let Ok(room) = rustix::fs::statvfs(folder) else { continue };
        let free = room.f_bavail.saturating_mul(room.f_frsize) / (1024 * 1024);
        let what = format!("{free} MiB are free for {name}");
        let todo = "make room: `tequio media sweep`, `tequio retention`, old backups and logs";
        found.push(match free {
            ..LITTLE => Finding::bad("disk", what, todo),
            LITTLE..ENOUGH => Finding::poor("disk", what, todo),
            _ => Finding::good("disk", what),
        });
    }
    found
}

/// What the console shows as health.
pub(super) fn database(conn: &mut Conn, setup: &Setup) -> db::Result<Vec<Finding>> {
    let now: Time = SystemClock.now();
    let found = doctor::look(conn, setup, now)?;
    Ok(found.iter().map(said).collect())
}

fn said(finding: &doctor::Finding) -> Finding {
    let detail = &finding.detail;
    let (what, todo) = match finding.check {
        Check::Clock => {
            let todo = "something here was written later than now: set the clock, with NTP";
            (format!("this machine says {detail}"), todo)
        }
        Check::Address => {
            let todo = "without https other servers do not speak with this one";
            (format!("this server is {detail}"), todo)
        }
        Check::Mail if detail.is_empty() => {
            ("no mail is sent".to_owned(), "set mail.smtp_url; letters wait in mail.folder")
        }
        Check::Mail => (format!("mail goes to {detail}"), ""),
        Check::Migrations => (
            format!("{detail} migrations are applied"),
            "tequio db migrate, or run the newer version",
        ),
        Check::Inbox => {
            let todo = "look at /admin/inbox for what fails, and whether the server runs";
            (format!("what was received waits {detail} s at most"), todo)
        }
        Check::Work => {
            let todo = "look at /admin/jobs for what fails, and whether the server runs";
            (format!("jobs wait {detail} s at most"), todo)
        }
        Check::Deliveries => {
            let todo = "tequio deliveries list names them; they are tried for days by themselves";
            (format!("{detail} servers do not take what is for them"), todo)
        }
        Check::Admins => {
            let todo = "tequio admin create; where two must agree, there must be two";
            (format!("{detail} people run this server"), todo)
        }
        Check::Setup => {
            let todo =
                "open the address that the server printed at its start, or tequio admin create";
            ("the first admin is there".to_owned(), todo)
        }
    };
    let what = match (finding.check, finding.health) {
        (Check::Setup, Health::Poor | Health::Bad) => "there is no first admin yet".to_owned(),
        _ => what,
    };
    let todo = if finding.health == Health::Good { "" } else { todo };
    let check = finding.check.word();
    Finding { check, health: finding.health, what, todo: todo.to_owned() }
}

/// The private key of the instance itself.
pub(super) fn key(conn: &mut Conn) -> db::Result<Option<String>> {
    let Some(url) = db::settings::find(conn, "instance.url")? else { return Ok(None) };
    let Some(actor) = db::actors::find_by_ap_id(conn, &url)? else { return Ok(None) };
    Ok(db::keys::private(conn, actor.id)?.map(|(_, pem)| pem))
}

/// Would a letter leave?
pub(super) async fn mail(config: &Config) -> Finding {
    let post = match mail::Post::new(config) {
        Ok(post) => post,
        Err(err) => return Finding::bad("smtp", err.to_string(), "correct the section [mail]"),
    };
    match post.try_out().await {
        Ok(what) => Finding::good("smtp", what),
        Err(why) => {
            let what = format!("letters do not leave: {why}");
            Finding::bad("smtp", what, "see mail.smtp_url, its password, and the mail server's log")
        }
    }
}
