//! Avatars and logos: colleagues see them, browsers keep them, and nothing that runs is one.

use captain_api_tests::{Answer, Firm, Person, answer, shared};
use contract::problem::Code;
use domain::picture::MAX_BYTES;
use domain::role::Role;
use reqwest::Method;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
const WEBP: &[u8] = b"RIFF\x10\0\0\0WEBPVP8 ";
const OWN: &str = "/api/profile/avatar";

async fn send(person: &Person, path: &str, bytes: &[u8]) -> Answer {
    let request = person.request(Method::PUT, path);
    answer(
        request
            .header("content-type", "image/png")
            .body(bytes.to_vec()),
    )
    .await
}

#[tokio::test]
async fn an_avatar_is_seen_by_colleagues_and_replaced() {
    let firm = Firm::new(shared()).await;
    let (rep, person) = firm.hire_at_work(shared(), Role::SalesRep).await;
    let path = format!("/api/users/{}/avatar", rep.id);
    answer(person.gets(&path)).await.problem(Code::NotFound);
    assert_eq!(send(&person, OWN, PNG).await.status, 204);
    let other = Person::known(shared(), "other@salescaptain.test").await;
    answer(other.gets(&path)).await.problem(Code::NotFound);
    let seen = answer(firm.manager.gets(&path)).await;
    assert_eq!((seen.status, &seen.body[..]), (200, PNG));
    assert_eq!(seen.header("content-type"), "image/png");
    assert_eq!(seen.header("cache-control"), "private, no-cache");
    let again = || {
        firm.manager
            .gets(&path)
            .header("if-none-match", seen.header("etag"))
    };
    assert_eq!(answer(again()).await.status, 304);

    assert_eq!(send(&person, OWN, WEBP).await.status, 204);
    let new = answer(again()).await;
    assert_eq!(
        (new.status, &new.body[..], new.header("content-type")),
        (200, WEBP, "image/webp")
    );

    let svg: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>";
    for bytes in [svg, b"", b"GIF89a"] {
        send(&person, OWN, bytes)
            .await
            .problem(Code::UnsupportedMedia);
    }
    let mut large = PNG.to_vec();
    large.resize(usize::try_from(MAX_BYTES).unwrap(), 0);
    assert_eq!(send(&person, OWN, &large).await.status, 204);
    assert!(answer(person.gets(&path)).await.body == large);
    large.push(0);
    send(&person, OWN, &large).await.problem(Code::TooLarge);
    for _ in 0..2 {
        assert_eq!(answer(person.deletes(OWN)).await.status, 204);
    }
    answer(person.gets(&path)).await.problem(Code::NotFound);
}

#[tokio::test]
async fn a_logo_is_set_by_managers_and_seen_by_all_of_the_company() {
    let firm = Firm::new(shared()).await;
    let (_, rep) = firm.hire_at_work(shared(), Role::SalesRep).await;
    let path = format!("/api/companies/{}/logo", firm.company.id);
    send(&rep, &path, PNG).await.problem(Code::Forbidden);
    let other = Person::known(shared(), "other@salescaptain.test").await;
    send(&other, &path, PNG).await.problem(Code::NotFound);
    assert_eq!(send(&firm.manager, &path, PNG).await.status, 204);
    assert_eq!(answer(rep.gets(&path)).await.body, PNG);
    answer(other.gets(&path)).await.problem(Code::NotFound);
    assert_eq!(answer(firm.manager.deletes(&path)).await.status, 204);
    answer(rep.gets(&path)).await.problem(Code::NotFound);
}
