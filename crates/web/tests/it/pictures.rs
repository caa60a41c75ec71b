//! Pictures of a listing, on a page without scripts.

use actix_web::{http::StatusCode, test::TestRequest};
use domain::{ListingId, memberships::Role};
use testkit::World;

use crate::browser::{Browser, Pages, Seen};

testkit::both_engines!(
    a_picture_is_added_with_its_words_and_taken_away,
    what_is_no_picture_is_told_and_what_was_typed_is_kept,
    a_picture_comes_from_a_page_of_ours_alone,
    nobody_else_adds_pictures,
    a_listing_has_four_pictures_at_most,
);

/// A GIF of one white pixel.
fn gif() -> Vec<u8> {
    let mut gif = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0".to_vec();
    gif.extend_from_slice(b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;");
    gif
}

/// Sends the form with a file, as a browser does.
async fn send(browser: &Browser, listing: ListingId, alt: &str, file: &[u8]) -> Seen {
    let page = browser.get(&format!("/listings/{listing}/pictures")).await;
    let form = crate::forms::Form::find(&page.html, &format!("/listings/{listing}/pictures"));
    let word = form.map(|form| form.value("csrf").to_owned()).unwrap_or_default();
    browser.send(request(listing, &[("csrf", &word), ("alt", alt)], file)).await
}

fn request(listing: ListingId, fields: &[(&str, &str)], file: &[u8]) -> TestRequest {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part =
            format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    body.extend_from_slice(
        b"--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../a.svg\"\r\n\
          Content-Type: image/svg+xml\r\n\r\n",
    );
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--xyz--\r\n");
    TestRequest::post()
        .uri(&format!("/listings/{listing}/pictures"))
        .insert_header(("content-type", "multipart/form-data; boundary=xyz"))
        .insert_header(("origin", "https://a.example"))
        .insert_header(("sec-fetch-site", "same-origin"))
        .set_payload(body)
}

async fn a_picture_is_added_with_its_words_and_taken_away(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Ladders").await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let link = format!("href=\"/listings/{need}/pictures\"");
    assert!(browser.page(&format!("/listings/{need}")).await.has(&link));
    let sent = send(&browser, need, "A \"ladder\"\r\nat a wall", &gif()).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.html);
    let page = browser.page(&format!("/listings/{need}")).await;
    assert!(page.has("alt=\"A &#34;ladder&#34;\nat a wall\""), "{}", page.html);
    let page = browser.page(&format!("/listings/{need}/pictures")).await;
    let at = page.html.find("/remove\"").unwrap();
    let start = page.html[..at].rfind("action=\"").unwrap() + "action=\"".len();
    let action = format!("{}/remove", &page.html[start..at]);
    browser.submitted(&page.form(&action)).await;
    assert!(!browser.page(&format!("/listings/{need}")).await.has("<img"));
    let again = browser.submit(&page.form(&action)).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "it is gone already");
    world.events().await;
}

async fn what_is_no_picture_is_told_and_what_was_typed_is_kept(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Ladders").await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let large = vec![7_u8; domain::media::MOST_BYTES + 1];
    for (file, says) in [
        (&svg[..], "The file must be a picture: JPEG, PNG, WebP, or GIF."),
        (&large[..], "The file must have at most 8 MiB."),
        (&b""[..], "The file is not chosen yet."),
    ] {
        let seen = send(&browser, need, "Een <ladder>\nvan hout", file).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(seen.has(says) && seen.has("id=\"e-file\""), "{says}: {}", seen.html);
        assert!(seen.has("Een &#60;ladder&#62;\nvan hout</textarea>"), "{}", seen.html);
        assert!(!seen.has("<script") && !seen.has("<img"));
    }
    let seen = send(&browser, need, " ", &gif()).await;
    assert!(seen.has("What there is to see is missing."), "{}", seen.html);
}

async fn a_picture_comes_from_a_page_of_ours_alone(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Ladders").await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let word = "f".repeat(64);
    for fields in [vec![("alt", "A ladder")], vec![("csrf", word.as_str()), ("alt", "A ladder")]] {
        let seen = browser.send(request(need, &fields, &gif())).await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN);
        assert!(seen.has("A ladder"), "what was written is not lost");
    }
    let foreign = request(need, &[("csrf", &word)], &gif());
    let foreign = foreign.insert_header(("origin", "https://evil.test"));
    assert_eq!(browser.send(foreign).await.status, StatusCode::FORBIDDEN);
    for broken in ["", "--xyz\r\n", "--xyz\r\nContent-Disposition: form-data\r\n\r\na"] {
        let request = request(need, &[], b"").set_payload(broken);
        assert!(browser.send(request).await.status.is_client_error(), "{broken:?}");
    }
    assert!(!browser.page(&format!("/listings/{need}")).await.has("<img"));
}

async fn nobody_else_adds_pictures(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Ladders").await;
    let member = world.member(garden, "mo", Role::Member).await;
    let pages = Pages::of(&world).await;
    for person in [member, world.person("eve").await] {
        let browser = pages.signed_in(&world, person).await;
        let seen = browser.get(&format!("/listings/{need}/pictures")).await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN);
        assert!(send(&browser, need, "A ladder", &gif()).await.status.is_client_error());
    }
    let visitor = pages.visitor().get(&format!("/listings/{need}/pictures")).await;
    assert!(visitor.location().starts_with("/login"));
}

async fn a_listing_has_four_pictures_at_most(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Ladders").await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let first = browser.page(&format!("/listings/{need}/pictures")).await;
    let word = first.form(&format!("/listings/{need}/pictures")).value("csrf").to_owned();
    for number in 1..=4 {
        let sent = send(&browser, need, &format!("Number {number}"), &gif()).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{number}: {}", sent.html);
    }
    let full = browser.page(&format!("/listings/{need}/pictures")).await;
    assert!(full.has("There are four") && !full.has("type=\"file\""));
    let fields = [("csrf", word.as_str()), ("alt", "Number 5")];
    let fifth = browser.send(request(need, &fields, &gif())).await;
    assert_eq!(fifth.status, StatusCode::UNPROCESSABLE_ENTITY);
    world.events().await;
}
