//! The library: who sees, writes, publishes and deletes which scenario.

use crate::world::{Answer, Call, Days, Person, World, fixture};
use axum::http::Method;
use contract::page::Page;
use contract::problem::Code;
use contract::scenario::{Scenario, ScenarioSummary, ScenarioText, Version, VersionSummary};
use contract::session::Items;
use serde_json::{Value, json};

const STOCK: &str = "/api/scenarios/00000000-0000-0000-0000-000000000400";

fn text(theme: &str) -> Value {
    let mut text = fixture::frozen(2).text;
    text.theme = theme.to_owned();
    serde_json::to_value(ScenarioText::from(text)).unwrap()
}

impl World {
    /// The manager's own draft: its path and its ETag.
    async fn draft(&self) -> (String, String) {
        let made = self
            .post_as(Person::Manager, "/api/scenarios", text("Our own"))
            .await;
        assert_eq!(made.status, 201, "{made:?}");
        (
            made.header("location").to_owned(),
            made.header("etag").to_owned(),
        )
    }

    async fn change(
        &self,
        asker: Person,
        method: Method,
        path: &str,
        tag: &str,
        body: Value,
    ) -> Answer {
        let call = Call::new(method, path).header("if-match", tag).json(body);
        self.call_as(asker, call).await
    }

    async fn publish(&self, path: &str, tag: &str) -> Answer {
        let path = format!("{path}/publish");
        self.change(Person::Manager, Method::POST, &path, tag, json!({}))
            .await
    }
}

#[tokio::test]
async fn a_rep_reads_nothing_that_gives_an_answer_away() {
    let world = World::new();
    let seen = world.get_as(Person::Rep, STOCK).await;
    assert_eq!(seen.status, 200);
    let body = String::from_utf8(seen.body.to_vec()).unwrap();
    for secret in [
        "deal",
        "oaching",
        "mistakes",
        "signals",
        "levels",
        "advice",
        "example",
        "word",
        "Note",
        "facts",
        "stance",
        "reactions",
        "blockers",
        "voice",
    ] {
        assert!(!body.contains(secret), "{secret}: {body}");
    }
    assert!(body.contains("Objection 0") && body.contains("Does it"));
    let whole: Scenario = world.get_as(Person::Manager, STOCK).await.json();
    assert_eq!(whole.text.drills[0].ideal_response, "Ideal");
    assert_eq!((whole.company_id, whole.published_number), (None, Some(1)));
}

#[tokio::test]
async fn a_companys_own_goes_from_draft_to_practice() {
    let world = World::new();
    let (path, tag) = world.draft().await;
    let list = |asker| {
        let world = world.clone();
        async move {
            let page: Page<ScenarioSummary> = world.get_as(asker, "/api/scenarios").await.json();
            page.items
                .into_iter()
                .map(|item| item.theme)
                .collect::<Vec<_>>()
        }
    };
    assert_eq!(list(Person::Rep).await, ["Small pack"]);
    assert_eq!(list(Person::OtherManager).await, ["Our own", "Small pack"]);
    assert_eq!(list(Person::SagarManager).await, ["Small pack"]);
    for asker in [Person::Rep, Person::SagarManager, Person::SagarRep] {
        world.get_as(asker, &path).await.problem(Code::NotFound);
    }

    let published = world.publish(&path, &tag).await;
    assert_eq!((published.status, published.header("etag")), (200, "\"2\""));
    assert_eq!(list(Person::Rep).await, ["Our own", "Small pack"]);
    assert_eq!(list(Person::SagarRep).await, ["Small pack"]);
    let day: Items<ScenarioSummary> = world
        .get_as(Person::Rep, "/api/scenarios/day/1")
        .await
        .json();
    assert_eq!(day.items[0].theme, "Our own");

    // An edit opens a draft: what is practised stays until that is published.
    let edited = world
        .change(
            Person::OtherManager,
            Method::PUT,
            &path,
            "\"2\"",
            text("Better"),
        )
        .await;
    let edited_body: Scenario = edited.json();
    assert_eq!(
        (edited_body.number, edited_body.published_number),
        (2, Some(1))
    );
    assert_eq!(list(Person::Rep).await, ["Our own", "Small pack"]);
    let versions: Page<VersionSummary> = world
        .get_as(Person::Manager, &format!("{path}/versions?limit=1"))
        .await
        .json();
    assert_eq!(
        (versions.items[0].number, versions.items[0].is_served),
        (2, false)
    );
    assert_eq!(versions.next_cursor.as_deref(), Some("2"));
    let first: Version = world
        .get_as(Person::Manager, &format!("{path}/versions/1"))
        .await
        .json();
    assert_eq!(
        (first.text.theme.as_str(), first.summary.is_served),
        ("Our own", true)
    );
    for missing in ["versions/3", "versions/x", "versions/-1"] {
        let missing = world
            .get_as(Person::Manager, &format!("{path}/{missing}"))
            .await;
        missing.problem(Code::NotFound);
    }
    assert_eq!(
        world.publish(&path, edited.header("etag")).await.status,
        200
    );
    assert_eq!(list(Person::Rep).await, ["Better", "Small pack"]);
}

#[tokio::test]
async fn two_editors_cannot_overwrite_each_other() {
    let world = World::new();
    let (path, tag) = world.draft().await;
    let put =
        |tag: &'static str| world.change(Person::Manager, Method::PUT, &path, tag, text("Mine"));
    assert_eq!(put("\"1\"").await.status, 200);
    put("\"1\"").await.problem(Code::Changed);
    put("7").await.problem(Code::Invalid);
    world.publish(&path, &tag).await.problem(Code::Changed);
    let bare = Call::put(&path).json(text("Mine"));
    world
        .call_as(Person::Manager, bare)
        .await
        .problem(Code::IfMatchMissing);
}

#[tokio::test]
async fn what_is_wrong_with_a_text_is_said_at_its_key() {
    let world = World::new();
    let mut bad = text("Bad");
    bad["drills"][0]["customerMessage"] = json!(" ");
    bad["drills"][1]["criteria"][2]["weight"] = json!(9);
    bad["day"] = json!(11);
    let answer = world.post_as(Person::Manager, "/api/scenarios", bad).await;
    let problem = answer.problem(Code::Invalid);
    let fields: Vec<&str> = problem
        .errors
        .iter()
        .map(|error| error.field.as_str())
        .collect();
    assert_eq!(
        fields,
        [
            "day",
            "drills[0].customerMessage",
            "drills[1].criteria[2].weight"
        ]
    );
    let mut unknown = text("Bad");
    unknown["drills"][0]["idealAnswer"] = json!("x");
    let answer = world
        .post_as(Person::Manager, "/api/scenarios", unknown)
        .await;
    assert_eq!(
        answer.problem(Code::BadJson).errors[0].field,
        "drills[0].idealAnswer"
    );
    let long = text(&"x".repeat(200_000));
    let answer = world.post_as(Person::Manager, "/api/scenarios", long).await;
    answer.problem(Code::TooLarge);
}

#[tokio::test]
async fn the_stock_is_copied_and_written_by_super_admins_alone() {
    let world = World::new();
    let edit = |asker| world.change(asker, Method::PUT, STOCK, "\"1\"", text("New stock"));
    edit(Person::Manager).await.problem(Code::Forbidden);
    assert_eq!(edit(Person::SuperAdmin).await.status, 200);
    let copied = world
        .post_as(Person::SagarManager, &format!("{STOCK}/copy"), json!({}))
        .await;
    let copy: Scenario = copied.json();
    // The draft of the stock's next version is nobody's to copy yet.
    assert_eq!(
        (copied.status, copy.text.theme.as_str()),
        (201, "Small pack")
    );
    assert_eq!(copy.company_id, Some(Person::SagarManager.company()));
    world
        .get_as(Person::Manager, copied.header("location"))
        .await
        .problem(Code::NotFound);

    let stock = "/api/scenarios?stock=true";
    let made = world.post_as(Person::Manager, stock, text("x")).await;
    made.problem(Code::Forbidden);
    let made = world.post_as(Person::SuperAdmin, stock, text("x")).await;
    assert_eq!(made.json::<Scenario>().company_id, None);
    // A super admin writes where they say; nobody else's other company exists.
    let sagar = Person::SagarRep.company();
    let there = format!("/api/scenarios?companyId={sagar}");
    let made = world.post_as(Person::SuperAdmin, &there, text("x")).await;
    assert_eq!(made.json::<Scenario>().company_id, Some(sagar));
    let made = world.post_as(Person::Manager, &there, text("x")).await;
    made.problem(Code::NotFound);
    let seen = world.get_as(Person::Manager, &there).await;
    seen.problem(Code::NotFound);
}

#[tokio::test]
async fn what_was_practised_is_deactivated_instead_of_deleted() {
    let world = World::new();
    world.schedule(Person::Rep, Days::Open);
    let delete = |path: String| {
        let world = world.clone();
        async move { world.call_as(Person::SuperAdmin, Call::delete(&path)).await }
    };
    delete(STOCK.to_owned()).await.problem(Code::InUse);
    let activate = format!("{STOCK}/activate");
    let off = world
        .change(
            Person::SuperAdmin,
            Method::PATCH,
            &activate,
            "\"1\"",
            json!({"active": false}),
        )
        .await;
    assert_eq!(off.status, 200);
    world
        .get_as(Person::Rep, STOCK)
        .await
        .problem(Code::NotFound);

    let (path, _) = world.draft().await;
    let foreign = world
        .call_as(Person::SagarManager, Call::delete(&path))
        .await;
    foreign.problem(Code::NotFound);
    assert_eq!(delete(path.clone()).await.status, 204);
    delete(path).await.problem(Code::NotFound);
}

#[tokio::test]
async fn scenarios_are_found_and_bad_questions_named() {
    let world = World::new();
    world.draft().await;
    let search = |asker, query: &'static str| {
        let world = world.clone();
        async move {
            let path = format!("/api/scenarios/search?{query}");
            let items: Items<ScenarioSummary> = world.get_as(asker, &path).await.json();
            items
                .items
                .into_iter()
                .map(|item| item.theme)
                .collect::<Vec<_>>()
        }
    };
    assert_eq!(search(Person::Manager, "q=ow").await, ["Our own"]);
    assert_eq!(search(Person::Rep, "q=ow").await, Vec::<String>::new());
    assert_eq!(search(Person::Rep, "q=sma+pa").await, ["Small pack"]);
    assert_eq!(
        search(Person::SagarManager, "q=own").await,
        Vec::<String>::new()
    );
    for (path, field) in [
        ("search?q=", "q"),
        ("search?q=%22*", "q"),
        ("search", "q"),
        ("search?q=a&limit=101", "limit"),
        ("?cursor=x", "cursor"),
        ("?cursor=1.0", "cursor"),
        ("?day=11", "day"),
        ("?colour=red", "colour"),
    ] {
        let path = format!("/api/scenarios/{path}").replace("/?", "?");
        let problem = world
            .get_as(Person::Rep, &path)
            .await
            .problem(Code::Invalid);
        assert!(
            problem.errors[0].field.contains(field),
            "{path} {problem:?}"
        );
    }
    for day in ["0", "11", "x"] {
        let path = format!("/api/scenarios/day/{day}");
        world
            .get_as(Person::Rep, &path)
            .await
            .problem(Code::NotFound);
    }
}
