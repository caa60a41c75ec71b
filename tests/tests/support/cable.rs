//! The cable between a server and its PostgreSQL: it can be pulled out, put back, and be a long one.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream, UnixStream},
    sync::watch,
};
use url::Url;

/// Where PostgreSQL listens.
#[derive(Clone, Debug)]
enum Socket {
    File(PathBuf),
    Port(String),
}

/// The cable; whoever connects to its address speaks with the database.
pub(crate) struct Cable {
    pub(crate) address: String,
    is_in: watch::Sender<bool>,
    delay: Arc<AtomicU64>,
}

impl Cable {
    /// To the database at this address.
    #[expect(clippy::disallowed_methods, reason = "ends with the test")]
    pub(crate) async fn to(database: &str) -> Self {
        let mut url = Url::parse(database).unwrap();
        let asked =
            |name: &str| url.query_pairs().find(|(it, _)| it == name).map(|(_, value)| value);
        let port = url.port().unwrap_or(5432);
        let host = asked("host").map_or_else(|| url.host_str().unwrap().to_owned(), Into::into);
        let socket = if host.starts_with('/') {
            Socket::File(PathBuf::from(host).join(format!(".s.PGSQL.{port}")))
        } else {
            Socket::Port(format!("{host}:{port}"))
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        url.set_query(None);
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
        let (is_in, watched) = watch::channel(true);
        let delay = Arc::new(AtomicU64::new(0));
        tokio::spawn(carry(listener, socket, watched, delay.clone()));
        Self { address: url.into(), is_in, delay }
    }

    /// All that is open ends, and nothing new begins.
    pub(crate) fn pull(&self) {
        self.is_in.send_replace(false);
    }

    pub(crate) fn put_back(&self) {
        self.is_in.send_replace(true);
    }

    /// Each answer takes so much longer.
    pub(crate) fn lengthen(&self, delay: Duration) {
        self.delay.store(delay.as_millis().try_into().unwrap(), Ordering::Relaxed);
    }
}

#[expect(clippy::disallowed_methods, reason = "ends with the test")]
async fn carry(
    listener: TcpListener,
    socket: Socket,
    is_in: watch::Receiver<bool>,
    delay: Arc<AtomicU64>,
) {
    loop {
        let (near, _) = listener.accept().await.unwrap();
        if !*is_in.borrow() {
            continue;
        }
        let (socket, mut is_in, delay) = (socket.clone(), is_in.clone(), delay.clone());
        tokio::spawn(async move {
            let pulled = async move { drop(is_in.wait_for(|is_in| !is_in).await) };
            match socket {
                Socket::File(path) => {
                    let far = UnixStream::connect(path).await.unwrap();
                    let (read, write) = far.into_split();
                    tokio::select! { () = both(near, read, write, delay) => {} () = pulled => {} }
                }
                Socket::Port(address) => {
                    let far = TcpStream::connect(address).await.unwrap();
                    let (read, write) = far.into_split();
                    tokio::select! { () = both(near, read, write, delay) => {} () = pulled => {} }
                }
            }
        });
    }
}

/// Until either side ends.
async fn both(
    near: TcpStream,
    far_read: impl AsyncRead + Unpin,
    far_write: impl AsyncWrite + Unpin,
    delay: Arc<AtomicU64>,
) {
    let (near_read, near_write) = near.into_split();
    let none = Arc::new(AtomicU64::new(0));
    tokio::select! {
        () = pass(near_read, far_write, none) => {}
        () = pass(far_read, near_write, delay) => {}
    }
}

async fn pass(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    delay: Arc<AtomicU64>,
) {
    let mut bytes = vec![0; 65_536];
    while let Ok(read @ 1..) = from.read(&mut bytes).await {
        let wait = delay.load(Ordering::Relaxed);
        if wait > 0 {
            tokio::time::sleep(Duration::from_millis(wait)).await;
        }
        let Some(read) = bytes.get(..read) else { return };
        if to.write_all(read).await.is_err() {
            return;
        }
    }
}
