//! One question over http or https, asked plainly: what others would see, and why not.

use std::{
    io::{Read, Write},
    net::{TcpStream, ToSocketAddrs as _},
    time::Duration,
};

use openssl::{
    asn1::Asn1Time,
    ssl::{HandshakeError, SslConnector, SslMethod},
};
use url::Url;

/// How long each step may take.
const PATIENCE: Duration = Duration::from_secs(8);
const MOST: u64 = 256 * 1024;

/// What was answered.
pub(super) struct Answer {
    pub(super) status: u16,
    head: String,
    pub(super) body: String,
    /// In how many days the certificate ends; nothing without https.
    pub(super) certificate_days: Option<i32>,
}

/// At which step it ended.
pub(super) enum Trouble {
    Name(String),
    Connect(String),
    Tls(String),
    Answer(String),
}

impl Answer {
    /// A header, by its name in small letters.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// Asks. Follows no redirect. Blocks.
pub(super) fn get(url: &Url, accept: &str) -> Result<Answer, Trouble> {
    speak(url, &format!("Accept: {accept}\r\n"), "GET")
}

/// Sends nothing at all, and what is nothing of anything: whoever looks at it says why they do not take it.
pub(super) fn post_nothing(url: &Url) -> Result<Answer, Trouble> {
    speak(url, "Content-Type: text/plain\r\nContent-Length: 0\r\n", "POST")
}

fn speak(url: &Url, headers: &str, method: &str) -> Result<Answer, Trouble> {
    let host = url.host_str().unwrap_or_default();
    let port = url.port_or_known_default().unwrap_or(443);
    let name = host.trim_start_matches('[').trim_end_matches(']');
    let found = (name, port).to_socket_addrs().map_err(|err| Trouble::Name(err.to_string()))?;
    let (mut stream, mut why) = (None, "it has no address".to_owned());
    for address in found {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(open) => {
                stream = Some(open);
                break;
            }
            Err(err) => why = format!("{address}: {err}"),
        }
    }
    let stream = stream.ok_or(Trouble::Connect(why))?;
    let patient =
        stream.set_read_timeout(Some(PATIENCE)).and(stream.set_write_timeout(Some(PATIENCE)));
    patient.map_err(|err| Trouble::Connect(err.to_string()))?;
    let authority = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let path =
        url.query().map_or_else(|| url.path().to_owned(), |it| format!("{}?{it}", url.path()));
    let question = format!(
        "{method} {path} HTTP/1.1\r\nHost: {authority}\r\n{headers}User-Agent: tequio-doctor\r\n\
         Accept-Encoding: identity\r\nConnection: close\r\n\r\n"
    );
    if url.scheme() != "https" {
        return ask(stream, &question, None);
    }
    let tls = |err: &dyn std::fmt::Display| Trouble::Tls(err.to_string());
    let connector = SslConnector::builder(SslMethod::tls()).map_err(|err| tls(&err))?.build();
    let stream = connector.connect(name, stream).map_err(|err| match &err {
        HandshakeError::Failure(stream) | HandshakeError::WouldBlock(stream) => tls(stream.error()),
        HandshakeError::SetupFailure(err) => tls(err),
    })?;
    let days = stream.ssl().peer_certificate().and_then(|certificate| {
        let now = Asn1Time::days_from_now(0).ok()?;
        now.diff(certificate.not_after()).ok().map(|left| left.days)
    });
    ask(stream, &question, days)
}

fn ask(
    mut stream: impl Read + Write,
    question: &str,
    certificate_days: Option<i32>,
) -> Result<Answer, Trouble> {
    let broken = |err: std::io::Error| Trouble::Answer(err.to_string());
    stream.write_all(question.as_bytes()).map_err(broken)?;
    let mut bytes = Vec::new();
    if let Err(err) = stream.take(MOST).read_to_end(&mut bytes)
        && bytes.is_empty()
    {
        return Err(broken(err));
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok());
    let status = status.ok_or_else(|| Trouble::Answer("that was no HTTP".to_owned()))?;
    let mut answer =
        Answer { status, head: head.to_owned(), body: body.to_owned(), certificate_days };
    if answer.header("transfer-encoding").is_some_and(|it| it.eq_ignore_ascii_case("chunked")) {
        answer.body = joined(&answer.body);
    }
    Ok(answer)
}

/// A body that came in chunks.
fn joined(mut rest: &str) -> String {
    let mut body = String::new();
    while let Some((length, after)) = rest.split_once("\r\n") {
        let length = length.split(';').next().unwrap_or_default().trim();
        let Ok(length) = usize::from_str_radix(length, 16) else { break };
        let Some(chunk) = after.get(..length).filter(|chunk| !chunk.is_empty()) else { break };
        body.push_str(chunk);
        rest = after.get(length..).unwrap_or_default().trim_start_matches("\r\n");
    }
    body
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn chunks_are_put_together() {
        assert_eq!(joined("3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n"), "abcde");
        assert_eq!(joined("nothing of the kind"), "");
        assert_eq!(joined("ff\r\nshort"), "");
    }
}
