//! Sends the letters that operations leave: by SMTP, or into a folder where none is configured.
//!
//! **Invariant:** neither an address nor the text of a letter is ever logged.

use std::{
    fs::OpenOptions,
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;
use db::jobs::JobRow;
use federation::workers::Shutdown;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Body, Mailbox,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};
use ops::{
    Queues,
    mail::{JOB, Letter},
};

use crate::config::{self, Config};

/// How often letters are looked for.
const NAP: Duration = Duration::from_secs(1);
/// How long a mail server may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often a letter is tried before it is given up.
const MOST_TRIES: i32 = 8;

/// Where letters go.
pub struct Post {
    from: Mailbox,
    /// What stands behind the `@` of their ids.
    host: String,
    way: Way,
}

enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

/// Why a letter was not sent.
enum Trouble {
    /// No use trying again.
    Never(String),
    Later(String),
}

impl Post {
    /// As the configuration says; the log says where letters go.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let host = config.instance.url.host_str().unwrap_or("localhost").to_owned();
        let address = if config.mail.from.is_empty() {
            let own = Address::new("noreply", &host);
            own.or_else(|_| Address::new("noreply", "localhost"))
        } else {
            config.mail.from.parse()
        };
        let address = address.context("mail.from is no address")?;
        let from = Mailbox::new(Some(config.instance.name.clone()), address);
        let way = if config.mail.smtp_url.expose().is_empty() {
            let folder = PathBuf::from(&config.mail.folder);
            tracing::info!("mail is written to {}; set mail.smtp_url to send it", folder.display());
            Way::Folder(folder)
        } else {
            Way::Smtp(transport(&config.mail)?)
        };
        Ok(Self { from, host, way })
    }

    /// Would a letter leave now? Says where to, or why not.
    pub async fn try_out(&self) -> Result<String, String> {
        match &self.way {
            Way::Smtp(transport) => match transport.test_connection().await {
                Ok(true) => Ok("the mail server answers".to_owned()),
                Ok(false) => Err("the mail server does not want to talk".to_owned()),
                Err(err) => Err(smtp(&err)),
            },
            Way::Folder(folder) => Ok(format!("letters are written to {}", folder.display())),
        }
    }

    async fn send(&self, job: &JobRow) -> Result<(), Trouble> {
        let never = |what: &str| Trouble::Never(what.to_owned());
        let letter: Letter =
            serde_json::from_str(&job.payload).map_err(|_| never("it is no letter"))?;
        let to: Address = letter.to.parse().map_err(|_| never("its address is none"))?;
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject)
            .date_now()
            .message_id(Some(format!("<{}@{}>", job.id, self.host)))
            .header(ContentType::TEXT_PLAIN);
        for (name, value) in stopping(letter.stop.as_deref()) {
            message = message.raw_header(HeaderValue::new(name, value));
        }
        let message =
            message.body(body(letter.text)).map_err(|_| never("it could not be written"))?;
        match &self.way {
            Way::Smtp(transport) => match transport.send(message).await {
                Ok(_) => Ok(()),
                Err(err) if err.is_permanent() => Err(Trouble::Never(smtp(&err))),
                Err(err) => Err(Trouble::Later(smtp(&err))),
            },
            Way::Folder(folder) => {
                let file = folder.join(format!("{}.eml", job.id));
                let text = message.formatted();
                let written = tokio::task::spawn_blocking(move || write(&file, &text)).await;
                match written {
                    Ok(Ok(())) => Ok(()),
                    Ok(Err(err)) => Err(Trouble::Later(err.to_string())),
                    Err(err) => Err(Trouble::Later(err.to_string())),
                }
            }
        }
    }
}

/// How whoever gets a letter stops its like with one press of a button (RFC 8058), and that no machine answers it.
fn stopping(link: Option<&str>) -> Vec<(HeaderName, String)> {
    let Some(link) = link else { return Vec::new() };
    vec![
        (HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()),
        (HeaderName::new_from_ascii_str("List-Unsubscribe"), format!("<{link}>")),
        (
            HeaderName::new_from_ascii_str("List-Unsubscribe-Post"),
            "List-Unsubscribe=One-Click".to_owned(),
        ),
    ]
}

/// A text as a letter has it. Plain ones stay as they are: whoever reads them in the folder finds links whole.
fn body(text: String) -> Body {
    // As long as RFC 5322 lets lines be; the library by itself breaks them much earlier.
    let fits = |line: &str| line.len() <= 998;
    if !text.is_ascii() || text.contains(['\0', '\r']) || !text.lines().all(fits) {
        return Body::new(text);
    }
    let text = text.replace('\n', "\r\n").into_bytes();
    Body::dangerous_pre_encoded(text, ContentTransferEncoding::SevenBit)
}

/// What a mail server said, without its words: they may hold the address.
fn smtp(err: &lettre::transport::smtp::Error) -> String {
    err.status().map_or_else(
        || "the mail server could not be reached".to_owned(),
        |code| format!("the mail server answered {code}"),
    )
}

fn transport(mail: &config::Mail) -> anyhow::Result<AsyncSmtpTransport<Tokio1Executor>> {
    let mut url = url::Url::parse(mail.smtp_url.expose()).context("mail.smtp_url is no URL")?;
    let password = mail.smtp_password.expose();
    if !password.is_empty() && url.set_password(Some(password)).is_err() {
        anyhow::bail!("mail.smtp_url has no place for a password");
    }
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str())
        .map_err(|_| anyhow::anyhow!("mail.smtp_url is not understood"))?;
    Ok(builder.timeout(Some(PATIENCE)).build())
}

/// Whole or not at all, and for nobody else's eyes.
fn write(file: &Path, text: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let half = file.with_extension("part");
    let mut open = OpenOptions::new();
    let mut written = open.write(true).create(true).truncate(true).mode(0o600).open(&half)?;
    written.write_all(text)?;
    written.sync_all()?;
    std::fs::rename(half, file)
}

/// Runs until the server shuts down.
pub async fn work(post: Post, queues: Queues, mut shutdown: Shutdown) {
    loop {
        deliver(&post, &queues).await;
        tokio::select! {
            _ = shutdown.changed() => return,
            () = tokio::time::sleep(NAP) => {}
        }
    }
}

/// Sends what is due.
pub async fn deliver(post: &Post, queues: &Queues) {
    let due = match queues.take_jobs_of(JOB, 20).await {
        Ok(due) => due,
        Err(err) => {
            tracing::error!(%err, "letters could not be read");
            return;
        }
    };
    for job in due {
        let settled = match post.send(&job).await {
            Ok(()) => queues.finish_job(job.id).await,
            Err(trouble) => {
                let (why, tries) = match trouble {
                    Trouble::Never(why) => (why, MOST_TRIES),
                    Trouble::Later(why) => (why, job.attempts),
                };
                tracing::warn!(job = %job.id, why, "a letter could not be sent");
                let wait = 60_i64.saturating_mul(1 << tries.clamp(0, 8));
                let until = (tries < MOST_TRIES).then(|| queues.now().plus_seconds(wait));
                queues.put_off_job(job.id, until, why).await
            }
        };
        drop(settled.inspect_err(|err| tracing::error!(%err, "a letter could not be settled")));
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use domain::Origin;
    use ops::{Op, Operation, mail};
    use testkit::World;
    use tokio::{
        io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
        net::{TcpListener, TcpStream},
        sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    };

    use super::*;
    use crate::config::Sources;

    testkit::both_engines!(
        without_smtp_a_letter_is_written_to_a_folder,
        what_is_no_letter_is_given_up_and_others_are_not_held_up,
        a_mail_server_that_is_away_is_tried_again,
        a_link_stays_whole,
        a_mail_server_gets_the_letter,
        what_a_mail_server_refuses_for_good_is_given_up,
    );

    #[derive(Clone)]
    struct Leave(Letter);

    impl Operation for Leave {
        type Done = ();

        fn perform(self, op: &mut Op<'_, '_>) -> ops::Result<()> {
            mail::leave(op, &self.0)
        }
    }

    fn post(world: &World, more: &[(&str, &str)]) -> (Post, PathBuf) {
        let folder = world.dir().join("mail");
        let text = folder.display().to_string();
        let fixed =
            [("TEQUIO__INSTANCE__URL", "https://a.example"), ("TEQUIO__MAIL__FOLDER", &text)];
        let environment = fixed.iter().chain(more);
        let environment = environment.map(|(name, value)| (name.into(), value.into())).collect();
        let config = Config::load(&Sources { environment, ..Sources::default() }).unwrap();
        (Post::new(&config).unwrap(), folder)
    }

    async fn leave(world: &World, to: &str) {
        let letter = Letter {
            to: to.to_owned(),
            subject: "Grüße\r\nBcc: eve@mail.example".to_owned(),
            text: "Hello ada,\nit is März.".to_owned(),
            stop: None,
        };
        world.done(Origin::server(), Leave(letter)).await;
    }

    async fn without_smtp_a_letter_is_written_to_a_folder(world: World) {
        let (post, folder) = post(&world, &[]);
        leave(&world, "ada@mail.example").await;
        deliver(&post, &world.queues).await;
        let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(Result::unwrap).collect();
        assert_eq!(files.len(), 1);
        let text = std::fs::read_to_string(files[0].path()).unwrap();
        assert!(text.contains("To: ada@mail.example\r\n"), "{text}");
        assert!(text.contains("<noreply@a.example>"), "{text}");
        assert!(!text.contains("\nBcc:"), "a subject is one line: {text}");
        let mode = files[0].metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "nobody else reads it");
        assert_eq!(world.rows().await.count("jobs"), 0);
    }

    async fn a_link_stays_whole(world: World) {
        let (post, folder) = post(&world, &[]);
        let link = format!("https://a.example/account/confirm?token={}", "f00d".repeat(16));
        let letter = Letter {
            to: "ada@mail.example".to_owned(),
            subject: "Confirm".to_owned(),
            text: format!("Open this:\n\n{link}\n"),
            stop: Some(format!("{link}0")),
        };
        world.done(Origin::server(), Leave(letter)).await;
        deliver(&post, &world.queues).await;
        let file = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap();
        let text = std::fs::read_to_string(file.path()).unwrap();
        assert!(text.contains(&format!("\r\n\r\n{link}\r\n")), "{text}");
        // RFC 8058: a program stops letters like it without a page.
        let head = text.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
        assert!(head.contains(&format!("List-Unsubscribe: <{link}0>")), "{head}");
        assert!(head.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{head}");
    }

    async fn what_is_no_letter_is_given_up_and_others_are_not_held_up(world: World) {
        let (post, folder) = post(&world, &[]);
        leave(&world, "nobody").await;
        leave(&world, "ada@mail.example").await;
        deliver(&post, &world.queues).await;
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        assert_eq!(world.read(db::jobs::count_pending).await, 0, "the other one is given up");
        assert_eq!(world.rows().await.count("jobs"), 1);
    }

    async fn a_mail_server_that_is_away_is_tried_again(world: World) {
        // Nobody listens on the port of "discard" of this machine.
        let (post, _) = post(&world, &[("TEQUIO__MAIL__SMTP_URL", "smtp://127.0.0.1:9")]);
        leave(&world, "ada@mail.example").await;
        deliver(&post, &world.queues).await;
        assert_eq!(world.read(db::jobs::count_pending).await, 1);
        assert!(world.queues.take_jobs_of(JOB, 1).await.unwrap().is_empty(), "not at once");
        world.clock.advance(60 * 60);
        assert_eq!(world.queues.take_jobs_of(JOB, 1).await.unwrap().len(), 1);
    }

    /// A mail server on this machine: it says `answer` to the first who is written to, and takes all others.
    /// What it takes comes out.
    async fn mail_server(answer: &'static str) -> (String, UnboundedReceiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let (taken, comes_out) = unbounded_channel();
        #[expect(clippy::disallowed_methods, reason = "it ends with the test's runtime")]
        tokio::spawn(async move {
            let mut answer = Some(answer);
            while let Ok((stream, _)) = listener.accept().await {
                talk(stream, &mut answer, &taken).await;
            }
        });
        (url, comes_out)
    }

    async fn talk(
        stream: TcpStream,
        answer: &mut Option<&'static str>,
        taken: &UnboundedSender<String>,
    ) {
        let mut stream = BufReader::new(stream);
        let (mut letter, mut in_letter) = (String::new(), false);
        drop(stream.write_all(b"220 mail.test\r\n").await);
        let mut line = String::new();
        while stream.read_line(&mut line).await.is_ok_and(|read| read != 0) {
            let said = match line.as_str() {
                ".\r\n" if in_letter => {
                    in_letter = false;
                    taken.send(std::mem::take(&mut letter)).unwrap();
                    "250 taken"
                }
                _ if in_letter => "",
                "DATA\r\n" => {
                    in_letter = true;
                    "354 go on"
                }
                "QUIT\r\n" => "221 bye",
                to if to.starts_with("RCPT") => answer.take().unwrap_or("250 fine"),
                _ => "250 fine",
            };
            if !said.is_empty() {
                drop(stream.write_all(format!("{said}\r\n").as_bytes()).await);
            }
            letter.push_str(&line);
            line.clear();
        }
    }

    async fn a_mail_server_gets_the_letter(world: World) {
        let (url, mut taken) = mail_server("451 come back later").await;
        let (post, folder) = post(
            &world,
            &[("TEQUIO__MAIL__SMTP_URL", &url), ("TEQUIO__MAIL__FROM", "hello@a.example")],
        );
        leave(&world, "ada@mail.example").await;
        deliver(&post, &world.queues).await;
        assert_eq!(world.read(db::jobs::count_pending).await, 1, "it was asked to come back");
        assert!(taken.try_recv().is_err());
        world.clock.advance(3_600);
        deliver(&post, &world.queues).await;
        let letter = taken.try_recv().unwrap();
        assert!(letter.contains("MAIL FROM:<hello@a.example>"), "{letter}");
        assert!(letter.contains("RCPT TO:<ada@mail.example>"), "{letter}");
        assert!(letter.contains("\nTo: ada@mail.example\r\n"), "{letter}");
        assert!(letter.contains("Hello ada,"), "{letter}");
        assert!(!letter.contains("\nBcc:"), "a subject is one line: {letter}");
        assert_eq!(world.rows().await.count("jobs"), 0);
        deliver(&post, &world.queues).await;
        assert!(taken.try_recv().is_err(), "once");
        assert!(!folder.exists());
    }

    async fn what_a_mail_server_refuses_for_good_is_given_up(world: World) {
        let (url, mut taken) = mail_server("550 nobody here").await;
        let (post, _) = post(&world, &[("TEQUIO__MAIL__SMTP_URL", &url)]);
        leave(&world, "nobody@mail.example").await;
        leave(&world, "ada@mail.example").await;
        deliver(&post, &world.queues).await;
        assert!(taken.try_recv().unwrap().contains("RCPT TO:<ada@mail.example>"));
        assert_eq!(world.read(db::jobs::count_pending).await, 0, "the other one is given up");
        assert_eq!(world.rows().await.count("jobs"), 1, "and kept for those who look");
    }
}
