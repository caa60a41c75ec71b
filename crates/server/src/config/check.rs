//! What types alone cannot hold: the sentence a key earns when its value cannot work.

use std::net::SocketAddr;

use tracing_subscriber::EnvFilter;

use super::{Config, Database, Mail, Web};

/// The first key whose value cannot work, and why.
pub(super) fn first_problem(config: &Config) -> Result<(), (&'static str, String)> {
    instance(config)?;
    database(&config.database)?;
    accounts(config)?;
    mail(&config.mail)?;
    tiles(&config.web)?;
    let federation = &config.federation;
    within("federation.delivery_workers", federation.delivery_workers, 1, 1024)?;
    within("federation.inbox_workers", federation.inbox_workers, 1, 256)?;
    within("federation.give_up_after_days", federation.give_up_after_days as usize, 1, 365)?;
    within("federation.keep_sent_days", federation.keep_sent_days as usize, 1, 3_650)?;
    within("media.quota_mib", config.media.quota_mib as usize, 1, 1_048_576)?;
    within("http.workers", config.http.workers, 0, 1024)?;
    match EnvFilter::try_new(&config.log.filter) {
        Ok(_) => Ok(()),
        Err(error) => {
            Err(("log.filter", format!("{error}; write \"info\" or \"info,federation=debug\"")))
        }
    }
}

fn instance(config: &Config) -> Result<(), (&'static str, String)> {
    let instance = &config.instance;
    if instance.name.trim().is_empty() || instance.name.chars().count() > 100 {
        return Err(("instance.name", String::from("must have between 1 and 100 characters")));
    }
    if instance.languages.is_empty() {
        return Err(("instance.languages", String::from("must name a language, such as [\"en\"]")));
    }
    if let Some(tag) = instance.languages.iter().find(|tag| !is_language_tag(tag)) {
        let problem = format!("'{tag}' is not a language; write a tag such as \"es\" or \"pt-BR\"");
        return Err(("instance.languages", problem));
    }
    let contact = instance.contact.as_str();
    let mail = contact.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !contact.contains([' ', ':', '/'])
    });
    if contact.is_empty() || mail || contact.starts_with("https://") {
        return Ok(());
    }
    let problem = "must be an e-mail address or begin with https://; leave it \"\" for none";
    Err(("instance.contact", String::from(problem)))
}

fn tiles(web: &Web) -> Result<(), (&'static str, String)> {
    if web.map_tiles.is_empty() {
        return Ok(());
    }
    if web.tiles().is_none() {
        let problem = "must look like https://tile.example/{z}/{x}/{y}.png; leave it \"\" for none";
        return Err(("web.map_tiles", String::from(problem)));
    }
    if web.map_attribution.trim().is_empty() {
        let problem = "must say whom to thank, such as \"© OpenStreetMap contributors\"";
        return Err(("web.map_attribution", String::from(problem)));
    }
    Ok(())
}

fn database(database: &Database) -> Result<(), (&'static str, String)> {
    let url = database.url.expose();
    let file = url.strip_prefix("sqlite://");
    let postgres = url.starts_with("postgres://") || url.starts_with("postgresql://");
    if file.is_none_or(str::is_empty) && !postgres {
        let problem = "must be sqlite:// and a file, such as sqlite://data/tequio.sqlite3, \
                       or postgres://user@host/name";
        return Err(("database.url", String::from(problem)));
    }
    within("database.readers", database.readers as usize, 1, 64)?;
    within("database.pool", database.pool as usize, 1, 1000)
}

fn accounts(config: &Config) -> Result<(), (&'static str, String)> {
    let accounts = &config.accounts;
    if let Err(invalid) = domain::sign_ups::SignUpMode::parse(&accounts.sign_up) {
        return Err(("accounts.sign_up", invalid.problem.into_owned()));
    }
    within("accounts.grace_days", accounts.grace_days as usize, 1, 365)
}

fn mail(mail: &Mail) -> Result<(), (&'static str, String)> {
    if !mail.from.is_empty() && domain::accounts::Email::parse(&mail.from).is_err() {
        let problem = "must be an e-mail address; leave it \"\" for noreply@ and your host";
        return Err(("mail.from", String::from(problem)));
    }
    let smtp = mail.smtp_url.expose();
    let fits = |scheme: &str| smtp.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty());
    if !smtp.is_empty() && !fits("smtps://") && !fits("smtp://") {
        let problem = "must look like smtps://user@mail.example, or smtp://mail.example?tls=required; \
                       leave it \"\" to write letters to mail.folder";
        return Err(("mail.smtp_url", String::from(problem)));
    }
    if mail.folder.trim().is_empty() {
        return Err(("mail.folder", String::from("must be a folder, such as \"data/mail\"")));
    }
    Ok(())
}

/// Whether a database URL carries a password, which belongs in the environment.
pub(super) fn has_password(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return false };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let inside = authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'));
    inside || url.contains("password=")
}

fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.chars().all(|c| c.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
        })
}

fn within(
    key: &'static str,
    value: usize,
    least: usize,
    most: usize,
) -> Result<(), (&'static str, String)> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err((key, format!("must be between {least} and {most}, not {value}")))
}

/// What works and still deserves a loud line at the start.
pub(super) fn warnings(config: &Config) -> Vec<String> {
    let mut said = Vec::new();
    if config.development.enabled {
        said.push(String::from(
            "development.enabled is on: plain http and private addresses are allowed; \
             never run a public server like this",
        ));
    }
    if reachable(config.http.bind) && config.http.trusted_proxies.is_empty() {
        said.push(format!(
            "http.bind is {} and http.trusted_proxies is empty: behind a proxy every visitor will \
             look like the proxy; name it there",
            config.http.bind,
        ));
    }
    if let Some(bind) = config.metrics.bind.filter(|bind| reachable(*bind)) {
        said.push(format!("metrics.bind is {bind}: whoever reaches it can read the metrics"));
    }
    said
}

fn reachable(bind: SocketAddr) -> bool {
    !bind.ip().is_loopback()
}
