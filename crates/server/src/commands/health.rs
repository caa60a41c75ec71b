//! `tequio health`: what a container or a supervisor asks.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use anyhow::Context as _;

use crate::config::Config;

pub(super) async fn run(config: &Config) -> anyhow::Result<()> {
    let mut address = config.http.bind;
    if address.ip().is_unspecified() {
        address.set_ip([127, 0, 0, 1].into());
    }
    let answer = tokio::task::spawn_blocking(move || ask(address)).await??;
    let well = answer.starts_with("HTTP/1.1 200");
    println!("{}", answer.lines().last().unwrap_or_default());
    anyhow::ensure!(well, "the server at {address} is not well");
    Ok(())
}

fn ask(address: std::net::SocketAddr) -> anyhow::Result<String> {
    let patience = Duration::from_secs(5);
    let mut stream = TcpStream::connect_timeout(&address, patience)
        .with_context(|| format!("nobody listens at {address}"))?;
    stream.set_read_timeout(Some(patience))?;
    write!(stream, "GET /health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.take(16_384).read_to_string(&mut answer)?;
    Ok(answer)
}
