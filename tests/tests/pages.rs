//! The same journey with pages and cookies alone.

use testkit::Engine;

use crate::support::{Instance, Visitor, both_engines, eventually};

both_engines!(somebody_follows_reads_and_answers_with_pages_alone);

async fn somebody_follows_reads_and_answers_with_pages_alone(engine: Engine) {
    let (a, b) = (Instance::start(engine).await, Instance::start(engine).await);
    let nuria = a.person("nuria").await;
    let garden = a.garden(&nuria).await;
    b.person("maren").await;

    let mut maren = Visitor::new(&b.base);
    maren.open("/login").await;
    let login = [("login", "maren"), ("password", testkit::PASSWORD), ("next", "/home")];
    maren.submit("/login", &login).await;
    let who = format!("@garden@{}", a.host());
    maren.submit("/follow", &[("who", &who), ("back", "/home")]).await;
    eventually("the follow", async || {
        (a.followers(garden["uri"].as_str().unwrap()).await == 1).then_some(())
    })
    .await;

    let need = nuria.need("garden", "20 chairs").await;
    for tries in 0.. {
        maren.open("/home").await;
        if maren.page.contains("20 chairs") {
            break;
        }
        assert!(tries < 200, "the need is not in the home feed: {}", maren.page);
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    // Ids begin with the time, and that with a nought for some hundred years.
    let listing = format!("/listings/0{}", maren.between("href=\"/listings/0", "\""));
    maren.open(&listing).await;
    assert!(maren.page.contains("We bring them back on Sunday."), "{}", maren.page);
    let answer = [("text", "We have 8 of them."), ("as", "themselves"), ("language", "en")];
    maren.submit(&format!("{listing}/replies"), &answer).await;
    assert!(maren.page.contains("We have 8 of them."), "{}", maren.page);

    nuria.reads(&need, "the answer", |it| it["text"] == "@garden We have 8 of them.").await;
    let mut guest = Visitor::new(&a.base);
    guest.open(&format!("/listings/{}", need["id"].as_str().unwrap())).await;
    assert!(guest.page.contains("We have 8 of them."), "{}", guest.page);
}
