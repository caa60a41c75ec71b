//! What an administrator may write, and what each mistake is told.

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;

use super::{Config, LogFormat, Sources};

const DEFAULTS: &str = include_str!("../../../../config/default.toml");
const EXAMPLE: &str = include_str!("../../../../config/production.example.toml");
const URL: &str = "[instance]\nurl = \"https://commons.example\"\n";

fn load(file: Option<&str>, environment: &[(&str, &str)]) -> Result<Config, String> {
    let mut written = tempfile::Builder::new().suffix(".toml").tempfile().unwrap();
    let text = file.unwrap_or_default();
    written.write_all(text.as_bytes()).unwrap();
    let sources = Sources {
        file: file.map(|_| written.path().to_owned()),
        places: Vec::new(),
        environment: environment
            .iter()
            .map(|(name, text)| (OsString::from(name), OsString::from(text)))
            .collect(),
    };
    Config::load(&sources).map_err(|error| {
        let name = written.path().display().to_string();
        error.to_string().replace(&name, "t.toml")
    })
}

fn refusal(file: &str, environment: &[(&str, &str)]) -> String {
    load(Some(file), environment).unwrap_err()
}

#[test]
fn the_defaults_hold_every_key_and_no_other() {
    let config = load(None, &[("TEQUIO__INSTANCE__URL", "https://commons.example")]).unwrap();
    assert_eq!(config.instance.url.as_str(), "https://commons.example/");
    assert_eq!(config.metrics.bind.unwrap().port(), 9464);
    assert!(config.http.workers() >= 1);
    assert!(config.warnings().is_empty());
}

#[test]
fn a_key_that_is_missing_in_the_defaults_would_fail() {
    let set = DEFAULTS.replace("url = \"\"", "url = \"https://a.example\"");
    assert!(toml::from_str::<Config>(&set).is_ok());
    for line in set.lines().filter(|line| line.contains(" = ") && !line.starts_with('#')) {
        assert!(toml::from_str::<Config>(&set.replace(line, "")).is_err(), "{line}");
    }
}

#[test]
fn every_default_is_documented() {
    let lines: Vec<&str> = DEFAULTS.lines().collect();
    for pair in lines.windows(2).filter(|pair| pair[1].contains(" = ") && !pair[1].starts_with('#'))
    {
        assert!(pair[0].starts_with("# "), "{} has no comment above it", pair[1]);
    }
}

#[test]
fn the_example_for_production_works() {
    let config = load(Some(EXAMPLE), &[]).unwrap();
    assert_eq!(config.log.format, LogFormat::Json);
    assert!(config.http.trusted_proxies.iter().any(|proxy| proxy.contains([127, 0, 0, 1].into())));
    assert!(config.warnings().is_empty());
}

#[test]
fn the_environment_goes_over_the_file_and_the_file_over_the_defaults() {
    let file = format!("{URL}name = \"File\"\ndescription = \"Kept\"\n[metrics]\nbind = \"\"\n");
    let environment = [
        ("TEQUIO__INSTANCE__NAME", "2027"),
        ("TEQUIO__INSTANCE__LANGUAGES", "es, nah"),
        ("TEQUIO__DATABASE__READERS", "9"),
        ("TEQUIO__DATABASE__MIGRATE", "false"),
        ("TEQUIO__DATABASE__URL", "postgres://tequio:hunter2@localhost/tequio"),
        ("TEQUIO_TEST_POSTGRES", "not ours"),
    ];
    let config = load(Some(&file), &environment).unwrap();
    assert_eq!(
        (config.instance.name.as_str(), config.instance.description.as_str()),
        ("2027", "Kept")
    );
    assert_eq!(config.instance.languages, ["es", "nah"]);
    assert_eq!((config.database.readers, config.database.migrate), (9, false));
    assert_eq!(config.metrics.bind, None);
    assert!(!format!("{config:?}").contains("hunter2"));
}

#[test]
fn each_mistake_in_a_file_is_told_with_its_line() {
    let cases = [
        ("[http]\nbnid = \"x\"\n", "t.toml:4: http.bnid: is not a key; [http] has bind, "),
        ("[htpp]\nbind = \"x\"\n", "t.toml:3: htpp: is not a section; there are [accounts], "),
        ("[http]\nbind = 80\n", "t.toml:4: http.bind: is signed int `80`; write text in quotes"),
        ("[http]\nbind = \"x\"\n", "t.toml:4: http.bind: 'x' is not an address and a port"),
        ("[metrics]\nbind = \"9464\"\n", "t.toml:4: metrics.bind: '9464' is not an address"),
        (
            "[http]\nworkers = -1\n",
            "t.toml:4: http.workers: is signed int `-1`; write a whole number",
        ),
        (
            "[http]\nworkers = \"2\"\n",
            "t.toml:4: http.workers: is string \"2\"; write a whole number",
        ),
        (
            "[http]\ntrusted_proxies = [\"x\"]\n",
            "t.toml:4: http.trusted_proxies: 'x' is not an address",
        ),
        ("[http]\nworkers = 1\nworkers = 2\n", "t.toml:5: duplicate key `workers`"),
        (
            "[database]\nreaders = 0\n",
            "t.toml:4: database.readers: must be between 1 and 64, not 0",
        ),
        ("[database]\nurl = \"mysql://x\"\n", "t.toml:4: database.url: must be sqlite://"),
        ("[database]\nurl = \"postgres://a:b@c/d\"\n", "t.toml:4: database.url: holds a password"),
        ("[log]\nformat = \"xml\"\n", "t.toml:4: log.format: unknown variant"),
        ("[log]\nfilter = \"info,,a=b=c\"\n", "t.toml:4: log.filter: "),
        (
            "[federation]\nenabled = \"yes\"\n",
            "t.toml:4: federation.enabled: is string \"yes\"; write true or false",
        ),
    ];
    for (file, sentence) in cases {
        let told = refusal(&format!("{URL}{file}"), &[]);
        assert!(told.starts_with(sentence), "{file}\n{told}");
        assert!(!told.contains('\n'), "{told}");
    }
}

#[test]
fn each_mistake_about_accounts_and_mail_is_told_with_its_line() {
    let cases = [
        ("[accounts]\nsign_up = \"ajar\"\n", "t.toml:4: accounts.sign_up: "),
        (
            "[accounts]\ngrace_days = 0\n",
            "t.toml:4: accounts.grace_days: must be between 1 and 365, not 0",
        ),
        (
            "[mail]\nsmtp_url = \"smtps://a:b@c.example\"\n",
            "t.toml:4: mail.smtp_url: holds a password",
        ),
        ("[mail]\nsmtp_url = \"c.example:25\"\n", "t.toml:4: mail.smtp_url: must look like"),
        ("[mail]\nsmtp_password = \"b\"\n", "t.toml:4: mail.smtp_password: is a password"),
        ("[mail]\nfrom = \"me\"\n", "t.toml:4: mail.from: must be an e-mail address"),
        ("[mail]\nfolder = \" \"\n", "t.toml:4: mail.folder: must be a folder"),
    ];
    for (file, sentence) in cases {
        let told = refusal(&format!("{URL}{file}"), &[]);
        assert!(told.starts_with(sentence), "{file}\n{told}");
    }
    let secrets = [
        ("TEQUIO__MAIL__SMTP_URL", "smtps://a:hunter2@c.example"),
        ("TEQUIO__MAIL__SMTP_PASSWORD", "hunter2"),
    ];
    let config = load(Some(URL), &secrets).unwrap();
    assert!(!format!("{config:?}").contains("hunter2"));
}

#[test]
fn each_mistake_about_the_instance_is_told() {
    let cases = [
        ("name = \" \"", "must have between"),
        ("languages = []", "must name a language"),
        ("languages = [\"English\"]", "'English' is not a language"),
        ("contact = \"me\"", "must be an e-mail address"),
    ];
    for (line, sentence) in cases {
        let told = refusal(&format!("{URL}{line}\n"), &[]);
        assert!(told.starts_with("t.toml:3: instance.") && told.contains(sentence), "{told}");
    }
}

#[test]
fn each_mistake_in_the_environment_is_told_with_its_variable() {
    let cases = [
        ("TEQUIO__HTTP__BNID", "x", "http.bnid: is not a key"),
        ("TEQUIO__HTPP__BIND", "x", "htpp: is not a section"),
        ("TEQUIO__BIND", "x", "names no key"),
        ("TEQUIO__DATABASE__READERS", "many", "is string \"many\"; write a whole number"),
        ("TEQUIO__INSTANCE__URL", "https://a.example/b", "must have no path"),
        ("TEQUIO__INSTANCE__URL", "", "is required"),
    ];
    for (name, text, sentence) in cases {
        let told = refusal(URL, &[(name, text)]);
        let start = format!("environment variable {name}: ");
        assert!(told.starts_with(&start) && told.contains(sentence), "{told}");
    }
}

#[test]
fn the_public_url_is_required_except_in_development() {
    let told = load(None, &[]).unwrap_err();
    assert!(told.starts_with("configuration: instance.url: is required"), "{told}");
    let development =
        [("TEQUIO__DEVELOPMENT__ENABLED", "true"), ("TEQUIO__HTTP__BIND", "0.0.0.0:3000")];
    let config = load(None, &development).unwrap();
    assert_eq!(config.instance.url.as_str(), "http://127.0.0.1:3000/");
    assert_eq!(config.warnings().len(), 2);
}

#[test]
fn the_file_that_was_asked_for_must_exist_and_the_others_need_not() {
    let mut sources = Sources { places: vec!["/nowhere/a.toml".into()], ..Sources::default() };
    let told = Config::load(&sources).unwrap_err().to_string();
    assert!(told.contains("is required"), "{told}");
    sources.file = Some(Path::new("/nowhere/b.toml").to_owned());
    let told = Config::load(&sources).unwrap_err().to_string();
    assert!(told.starts_with("/nowhere/b.toml: cannot be read"), "{told}");
}

#[test]
fn streets_come_from_one_server_over_https_and_somebody_is_thanked() {
    let told = |text: &str| refusal(&format!("{URL}[web]\n{text}"), &[]);
    for wrong in [
        "http://tile.example/{z}/{x}/{y}.png",
        "https://{s}.tile.example/{z}/{x}/{y}.png",
        "https://me:secret@tile.example/{z}/{x}/{y}.png",
        "https://tile.example/{z}/{x}.png",
        "tiles",
    ] {
        let said = told(&format!("map_tiles = \"{wrong}\"\nmap_attribution = \"Those who draw\""));
        assert!(said.contains("web.map_tiles") && said.contains("must look like"), "{said}");
    }
    let address = "map_tiles = \"https://tile.example/{z}/{x}/{y}.png\"\n";
    assert!(told(address).contains("web.map_attribution"));
    let whole = format!("{URL}[web]\n{address}map_attribution = \"Those who draw\"");
    let tiles = load(Some(&whole), &[]).unwrap().web.tiles().unwrap();
    assert_eq!((&*tiles.origin, &*tiles.host), ("https://tile.example", "tile.example"));
}
