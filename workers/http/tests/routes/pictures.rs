//! Avatars and logos.

use crate::world::{Answer, Call, Person, World};
use axum::body::Body;
use axum::http::Method;
use captain_http::blobs::{Blobs, files_of_company, files_of_person};
use captain_http::ports::Ports;
use contract::problem::Code;
use domain::picture::MAX_BYTES;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
const WEBP: &[u8] = b"RIFF\x10\0\0\0WEBPVP8 ";
const OWN: &str = "/api/profile/avatar";

fn avatar_of(person: Person) -> String {
    format!("/api/users/{}/avatar", person.id())
}

fn logo_of(person: Person) -> String {
    format!("/api/companies/{}/logo", person.company())
}

impl World {
    async fn send_picture(&self, person: Person, path: &str, bytes: &[u8]) -> Answer {
        let token = self.token(person).await;
        let call = Call::new(Method::PUT, path)
            .bearer(&token)
            .header("content-length", &bytes.len().to_string())
            .raw("image/png", bytes.to_vec());
        self.call(call).await
    }

    async fn picture(&self, person: Person, method: Method, path: &str) -> Answer {
        let token = self.token(person).await;
        self.call(Call::new(method, path).bearer(&token)).await
    }

    /// Files that stay when all work is done.
    async fn kept(&self) -> usize {
        self.after_answers().await;
        self.files.keys().len()
    }
}

#[tokio::test]
async fn colleagues_see_an_avatar_and_nobody_else() {
    let world = World::new();
    assert_eq!(world.send_picture(Person::Rep, OWN, PNG).await.status, 204);
    let path = avatar_of(Person::Rep);
    for person in Person::ALL {
        let outside = matches!(person, Person::SagarManager | Person::SagarRep);
        let answer = world.picture(person, Method::GET, &path).await;
        assert_eq!(answer.status, if outside { 404 } else { 200 }, "{person:?}");
        if !outside {
            assert_eq!(
                (&answer.body[..], answer.header("content-type")),
                (PNG, "image/png")
            );
            assert_eq!(answer.header("cache-control"), "private, no-cache");
        }
    }
    assert_eq!(world.call(Call::get(&path)).await.status, 401);
    let none = avatar_of(Person::OtherRep);
    assert_eq!(
        world.picture(Person::Rep, Method::GET, &none).await.status,
        404
    );
}

#[tokio::test]
async fn a_new_avatar_takes_the_place_of_the_old() {
    let world = World::new();
    let path = avatar_of(Person::Rep);
    world.send_picture(Person::Rep, OWN, PNG).await;
    let first = world.picture(Person::Rep, Method::GET, &path).await;
    let token = world.token(Person::Rep).await;
    let again = || {
        let tag = first.header("etag");
        Call::get(&path).bearer(&token).header("if-none-match", tag)
    };
    assert_eq!(world.call(again()).await.status, 304);

    world.send_picture(Person::Rep, OWN, WEBP).await;
    let second = world.call(again()).await;
    assert_eq!((second.status, &second.body[..]), (200, WEBP));
    assert_eq!(second.header("content-type"), "image/webp");
    assert_eq!(world.kept().await, 1);

    for _ in 0..2 {
        assert_eq!(
            world.picture(Person::Rep, Method::DELETE, OWN).await.status,
            204
        );
        assert_eq!(
            world.picture(Person::Rep, Method::GET, &path).await.status,
            404
        );
    }
    assert_eq!(world.kept().await, 0);
}

#[tokio::test]
async fn what_is_no_picture_is_refused_and_nothing_changes() {
    let world = World::new();
    world.send_picture(Person::Rep, OWN, PNG).await;
    let svg: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>";
    for bytes in [svg, b"", b"GIF89a"] {
        let answer = world.send_picture(Person::Rep, OWN, bytes).await;
        answer.problem(Code::UnsupportedMedia);
    }
    let mut large = PNG.to_vec();
    large.resize(MAX_BYTES as usize + 1, 0);
    let answer = world.send_picture(Person::Rep, OWN, &large).await;
    answer.problem(Code::TooLarge);
    large.pop();
    let token = world.token(Person::Rep).await;
    let call = || Call::new(Method::PUT, OWN).bearer(&token);
    world
        .call(call().raw("image/png", PNG))
        .await
        .problem(Code::LengthRequired);
    let pieces = [Ok(PNG.to_vec()), Err(std::io::Error::other("cut"))];
    let torn = Body::from_stream(futures::stream::iter(pieces));
    let torn = call()
        .header("content-length", "999")
        .raw("image/png", torn);
    world.call(torn).await.problem(Code::BodyCut);

    let seen = world
        .picture(Person::Rep, Method::GET, &avatar_of(Person::Rep))
        .await;
    assert_eq!((&seen.body[..], world.kept().await), (PNG, 1));
    assert_eq!(
        world.send_picture(Person::Rep, OWN, &large).await.status,
        204
    );
}

#[tokio::test]
async fn of_two_at_once_one_counts_and_one_file_stays() {
    let world = World::new();
    let (one, other) = tokio::join!(
        world.send_picture(Person::Rep, OWN, PNG),
        world.send_picture(Person::Rep, OWN, WEBP),
    );
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 412]);
    assert_eq!(world.kept().await, 1);
    let path = avatar_of(Person::Rep);
    assert_eq!(
        world.picture(Person::Rep, Method::GET, &path).await.status,
        200
    );
}

#[tokio::test]
async fn managers_set_their_own_companys_logo() {
    let world = World::new();
    let path = logo_of(Person::Rep);
    for person in Person::ALL {
        let status = match person {
            Person::SuperAdmin | Person::Manager | Person::OtherManager => 204,
            Person::SagarManager => 404,
            _ => 403,
        };
        let answer = world.send_picture(person, &path, PNG).await;
        assert_eq!(answer.status, status, "{person:?}");
        let outside = matches!(person, Person::SagarManager | Person::SagarRep);
        let seen = world.picture(person, Method::GET, &path).await.status;
        assert_eq!(seen, if outside { 404 } else { 200 }, "{person:?}");
        if status != 204 {
            let answer = world.picture(person, Method::DELETE, &path).await;
            assert_eq!(answer.status, status, "{person:?}");
        }
    }
    assert_eq!(world.kept().await, 1);
    let missing = "/api/companies/0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00/logo";
    for person in [Person::SuperAdmin, Person::Manager] {
        assert_eq!(world.send_picture(person, missing, PNG).await.status, 404);
        assert_eq!(
            world.picture(person, Method::GET, missing).await.status,
            404
        );
    }
    assert_eq!(
        world
            .picture(Person::Manager, Method::DELETE, &path)
            .await
            .status,
        204
    );
    assert_eq!(world.kept().await, 0);
}

#[tokio::test]
async fn changes_are_in_the_audit_log() {
    let world = World::new();
    world.send_picture(Person::Rep, OWN, PNG).await;
    world
        .send_picture(Person::Manager, &logo_of(Person::Manager), PNG)
        .await;
    world.send_picture(Person::Rep, OWN, b"no picture").await;
    world
        .db
        .script(
            "CREATE TABLE seen AS SELECT action, subject, count(*) AS n FROM audit_log GROUP BY action, subject;
             CREATE TRIGGER two BEFORE INSERT ON seen WHEN (SELECT group_concat(action || subject || n) FROM seen)
                 <> 'company.logo_changedcompany1,user.avatar_changeduser1' BEGIN SELECT raise(ABORT, 'other entries'); END;
             INSERT INTO seen VALUES ('', '', 0)",
        )
        .unwrap();
}

#[tokio::test]
async fn the_files_of_one_who_goes_go() {
    let world = World::new();
    for person in [Person::Rep, Person::OtherRep, Person::SagarRep] {
        world.send_picture(person, OWN, PNG).await;
    }
    world
        .send_picture(Person::Manager, &logo_of(Person::Manager), PNG)
        .await;
    assert_eq!(world.kept().await, 4);
    let (company, rep) = (Person::Rep.company(), Person::Rep.id());
    world
        .blobs()
        .delete_all(&files_of_person(company, rep))
        .await
        .unwrap();
    assert_eq!(world.kept().await, 3);
    world
        .blobs()
        .delete_all(&files_of_company(company))
        .await
        .unwrap();
    assert_eq!(world.kept().await, 1);
}
