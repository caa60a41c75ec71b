//! As much of HTTP/1.1 as it takes to ask our own server, and to be asked by it, with as little work as possible:
//! what the generator does not use, the server has.

use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// The longest wait for an answer.
const PATIENCE: Duration = Duration::from_mins(1);
/// No head is longer.
const MOST_HEAD: usize = 64 * 1024;

/// An answer, or a request: what stands in the first line and before the body.
#[derive(Clone, Debug)]
pub struct Message {
    /// The head, with its first line, up to the empty line.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Message {
    /// The status of an answer; zero of what is none.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.head.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or_default()
    }

    /// The value of a header, by its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }

    /// Method and path of a request.
    #[must_use]
    pub fn target(&self) -> (&str, &str) {
        let mut words = self.head.split(' ');
        (words.next().unwrap_or_default(), words.next().unwrap_or_default())
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().skip(1).find_map(|line| {
        let (known, value) = line.split_once(':')?;
        known.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// A connection that is kept.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Connection {
    /// Over a stream of either side.
    #[must_use]
    pub fn over(stream: TcpStream) -> Self {
        drop(stream.set_nodelay(true));
        Self { stream, read: Vec::with_capacity(4096) }
    }

    /// To a server on this machine.
    pub async fn to(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await;
        Ok(Self::over(stream.context("the server does not answer")?))
    }

    /// Sends what was written before, and waits for the answer.
    pub async fn ask(&mut self, request: &[u8]) -> Result<Message> {
        let answered = async {
            self.stream.write_all(request).await?;
            self.next().await?.context("the server hung up")
        };
        tokio::time::timeout(PATIENCE, answered).await.context("no answer within a minute")?
    }

    /// Says something.
    pub async fn say(&mut self, text: &[u8]) -> Result<()> {
        Ok(self.stream.write_all(text).await?)
    }

    /// The next message; nothing when the other side has hung up between two.
    pub async fn next(&mut self) -> Result<Option<Message>> {
        let end = loop {
            if let Some(end) = find(&self.read, b"\r\n\r\n") {
                break end;
            }
            ensure!(self.read.len() < MOST_HEAD, "a head without end");
            if !self.more().await? {
                ensure!(self.read.is_empty(), "the other side hung up in the middle");
                return Ok(None);
            }
        };
        let rest = self.read.split_off(end + 4);
        let head = std::mem::replace(&mut self.read, rest);
        let head = String::from_utf8_lossy(&head).into_owned();
        let body = if header(&head, "transfer-encoding").is_some() {
            self.chunks().await?
        } else {
            let length = header(&head, "content-length").unwrap_or("0");
            self.take(length.parse().context("a length that is none")?).await?
        };
        Ok(Some(Message { head, body }))
    }

    async fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let end = loop {
                match find(&self.read, b"\r\n") {
                    Some(end) => break end,
                    None if self.more().await? => {}
                    None => bail!("the other side hung up in the middle"),
                }
            };
            let line = self.take(end + 2).await?;
            let size = String::from_utf8_lossy(&line);
            let size = usize::from_str_radix(size.trim(), 16).context("a chunk of no size")?;
            body.extend(self.take(size + 2).await?);
            body.truncate(body.len().saturating_sub(2));
            if size == 0 {
                return Ok(body);
            }
        }
    }

    async fn take(&mut self, count: usize) -> Result<Vec<u8>> {
        while self.read.len() < count {
            ensure!(self.more().await?, "the other side hung up in the middle");
        }
        let rest = self.read.split_off(count);
        Ok(std::mem::replace(&mut self.read, rest))
    }

    async fn more(&mut self) -> Result<bool> {
        Ok(0 < self.stream.read_buf(&mut self.read).await?)
    }
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|found| found == wanted)
}

/// A request, ready to be sent; headers without a host are those of our server.
#[must_use]
pub fn request(
    method: &str,
    path: &str,
    host: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\n");
    for (name, value) in headers.iter().filter(|(name, _)| *name != "host") {
        text.extend([*name, ": ", *value, "\r\n"]);
    }
    if !body.is_empty() || method != "GET" {
        text.extend(["content-length: ", &body.len().to_string(), "\r\n"]);
    }
    text.push_str("\r\n");
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    async fn answered(with: &'static [u8]) -> Vec<Result<Option<Message>>> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (client, server) = tokio::join!(Connection::to(port), listener.accept());
        let (mut client, mut server) = (client.unwrap(), server.unwrap().0);
        server.write_all(with).await.unwrap();
        drop(server);
        let mut read = Vec::new();
        while read.len() < 3 && !matches!(read.last(), Some(Ok(None) | Err(_))) {
            read.push(client.next().await);
        }
        read
    }

    #[tokio::test]
    async fn messages_are_read_one_after_the_other() {
        let text = b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n\
            HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        let read = answered(text).await;
        let [Ok(Some(one)), Ok(Some(two)), Ok(None)] = read.as_slice() else { panic!("{read:?}") };
        assert_eq!((one.status(), one.body.len()), (202, 0));
        assert_eq!((two.status(), two.body.as_slice()), (200, b"abcde".as_slice()));
    }

    #[tokio::test]
    async fn what_is_cut_off_is_no_message() {
        let read = answered(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc").await;
        assert!(matches!(read.as_slice(), [Err(_)]), "{read:?}");
    }

    #[test]
    fn a_request_is_read_as_it_was_written() {
        let bytes = request("POST", "/inbox", "a.example", &[("x-one", "1")], b"{}");
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            text,
            "POST /inbox HTTP/1.1\r\nhost: a.example\r\nx-one: 1\r\ncontent-length: 2\r\n\r\n{}"
        );
        let message = Message { head: text, body: Vec::new() };
        assert_eq!((message.target(), message.header("x-one")), (("POST", "/inbox"), Some("1")));
    }
}
