//! Tone guidelines: whose count, who writes them.

use crate::world::{Answer, Call, Person, World};
use contract::problem::Code;
use contract::tone::Tone;
use serde_json::{Value, json};

const PATH: &str = "/api/tone-guidelines";

fn rules(min: u32) -> Value {
    json!({"phrasesToUse": [], "phrasesToAvoid": [], "blockers": [], "toneRules": [{
        "id": "length", "text": "Stay short", "explanation": "Phones are small", "examples": [], "metric": "clarity",
        "weight": 2, "check": {"kind": "length_words", "min": min, "max": 90}}, {
        "id": "mix", "text": "Mix", "explanation": "As they speak", "examples": [], "metric": "clarity", "weight": 1,
        "check": {"kind": "language_mix", "minHindiPercent": 10, "maxHindiPercent": 50}}]})
}

async fn read(world: &World, asker: Person, query: &str) -> Answer {
    let token = world.token(asker).await;
    let path = format!("{PATH}{query}");
    world.call(Call::get(&path).bearer(&token)).await
}

async fn write(world: &World, asker: Person, query: &str, tag: &str, body: Value) -> Answer {
    let token = world.token(asker).await;
    let path = format!("{PATH}{query}");
    let call = Call::put(&path).bearer(&token).header("if-match", tag);
    world.call(call.json(body)).await
}

#[tokio::test]
async fn a_company_writes_its_own_over_the_stocks() {
    let world = World::new();
    let before = read(&world, Person::Manager, "").await;
    assert_eq!(before.header("etag"), "\"0\"");
    assert_eq!(before.json::<Tone>().company_id, None);
    let written = write(&world, Person::Manager, "", "\"0\"", rules(10)).await;
    assert_eq!((written.status, written.header("etag")), (200, "\"1\""));
    let again = read(&world, Person::OtherManager, "").await;
    assert_eq!(again.json::<Tone>(), written.json());
    assert_eq!(
        serde_json::to_value(again.json::<Tone>().text).unwrap(),
        rules(10)
    );
    // Another company's are as they were.
    assert_eq!(
        read(&world, Person::SagarManager, "").await.header("etag"),
        "\"0\""
    );
    let late = write(&world, Person::OtherManager, "", "\"0\"", rules(20)).await;
    late.problem(Code::Changed);
}

#[tokio::test]
async fn a_broken_rule_is_named() {
    let world = World::new();
    let answer = write(&world, Person::Manager, "", "\"0\"", rules(100)).await;
    assert_eq!(
        answer.problem(Code::Invalid).errors[0].field,
        "toneRules[0].check"
    );
}

#[tokio::test]
async fn super_admins_write_the_stocks_and_any_companys() {
    let world = World::new();
    let stock = write(&world, Person::SuperAdmin, "?stock=true", "\"1\"", rules(1)).await;
    assert_eq!((stock.status, stock.header("etag")), (200, "\"2\""));
    let sagar = format!("?companyId={}", Person::SagarRep.company());
    let theirs = write(&world, Person::SuperAdmin, &sagar, "\"0\"", rules(5)).await;
    assert_eq!(
        theirs.json::<Tone>().company_id,
        Some(Person::SagarRep.company())
    );
}
