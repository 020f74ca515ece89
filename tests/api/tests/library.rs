//! The library: who writes, publishes, finds and reads which scenario; and the tone that a company is judged by.

use std::collections::BTreeSet;

use captain_api_tests::{Firm, Person, answer, shared, unique};
use contract::page::Page;
use contract::problem::Code;
use contract::scenario::{Scenario, ScenarioSummary, Version, VersionSummary};
use contract::session::Items;
use contract::tone::Tone;
use domain::role::Role;
use reqwest::Method;
use serde_json::{Value, json};

/// The stock's scenario of a day, as a manager reads it.
async fn stock(manager: &Person, day: u8) -> Scenario {
    let path = format!("/api/scenarios/day/{day}");
    let items: Items<ScenarioSummary> = answer(manager.gets(&path)).await.json();
    let summary = items.items.iter().find(|item| item.company_id.is_none());
    let path = format!("/api/scenarios/{}", summary.unwrap().id);
    answer(manager.gets(&path)).await.json()
}

async fn found(person: &Person, words: &str) -> Vec<ScenarioSummary> {
    let request = person.gets("/api/scenarios/search");
    let items: Items<ScenarioSummary> = answer(request.query(&[("q", words)])).await.json();
    items.items
}

async fn themes(person: &Person) -> Vec<String> {
    let path = "/api/scenarios?limit=100";
    let page: Page<ScenarioSummary> = answer(person.gets(path)).await.json();
    page.items.into_iter().map(|item| item.theme).collect()
}

#[tokio::test]
async fn from_draft_to_practice_version_by_version() {
    let firm = Firm::new(shared()).await;
    let manager = &firm.manager;
    let (_, rep) = firm.hire_at_work(shared(), Role::SalesRep).await;
    let mut text = json!(stock(manager, 3).await.text);
    let theme = unique("Zebrafinch");
    text["theme"] = json!(theme);
    let made = answer(manager.posts("/api/scenarios", &text)).await;
    let draft: Scenario = made.made();
    let path = made.header("location").to_owned();
    assert_eq!((draft.number, draft.published_number), (1, None));
    assert_eq!(serde_json::to_value(&draft.text).unwrap(), text);
    answer(rep.gets(&path)).await.problem(Code::NotFound);
    assert!(!themes(&rep).await.contains(&theme));
    assert!(found(&rep, &theme).await.is_empty());

    let publish = |tag: &str| {
        let path = format!("{path}/publish");
        answer(manager.request(Method::POST, &path).header("if-match", tag))
    };
    publish("\"9\"").await.problem(Code::Changed);
    let published = publish(made.header("etag")).await;
    let shown: Scenario = published.json();
    assert_eq!(shown.published_number, Some(1));
    assert!(themes(&rep).await.contains(&theme));
    let day: Items<ScenarioSummary> = answer(rep.gets("/api/scenarios/day/3")).await.json();
    assert_eq!(day.items[0].theme, theme, "a company's own comes first");

    // An edit opens a draft beside it.
    let later = unique("Kingfisher");
    text["theme"] = json!(later);
    let edited = answer(manager.puts(&path, published.header("etag"), &text)).await;
    let shown: Scenario = edited.json();
    assert_eq!((shown.number, shown.published_number), (2, Some(1)));
    answer(manager.puts(&path, published.header("etag"), &text))
        .await
        .problem(Code::Changed);
    assert!(themes(&rep).await.contains(&theme) && !themes(&rep).await.contains(&later));
    assert_eq!(found(manager, &later).await.len(), 1);
    assert!(found(&rep, &later).await.is_empty());
    let versions = format!("{path}/versions");
    let list: Page<VersionSummary> = answer(manager.gets(&versions)).await.json();
    let told: Vec<(u32, bool)> = list
        .items
        .iter()
        .map(|one| (one.number, one.is_served))
        .collect();
    assert_eq!(told, [(2, false), (1, true)]);
    let first: Version = answer(manager.gets(&format!("{versions}/1"))).await.json();
    assert_eq!(first.text.theme, theme);
    assert_eq!(publish(edited.header("etag")).await.status, 200);
    assert!(found(&rep, &theme).await.is_empty());
    assert_eq!(found(&rep, &later).await.len(), 1);

    // Out of the programme and in again.
    let activate = async |active: bool| {
        let now = answer(manager.gets(&path)).await;
        let request = manager.request(Method::PATCH, &format!("{path}/activate"));
        let request = request.header("if-match", now.header("etag"));
        assert_eq!(
            answer(request.json(&json!({"active": active})))
                .await
                .status,
            200
        );
    };
    activate(false).await;
    answer(rep.gets(&path)).await.problem(Code::NotFound);
    assert!(found(&rep, &later).await.is_empty());
    activate(true).await;
    assert_eq!(answer(rep.gets(&path)).await.status, 200);

    // A copy is the company's own, and a draft.
    let copied = answer(manager.posts(&format!("{path}/copy"), &json!({}))).await;
    let copy: Scenario = copied.made();
    assert_eq!(
        (copy.text.theme.as_str(), copy.published_number),
        (later.as_str(), None)
    );
    assert_ne!(copied.header("location"), path);
    let copy = copied.header("location");
    assert_eq!(answer(manager.deletes(copy)).await.status, 204);
    answer(manager.gets(copy)).await.problem(Code::NotFound);
}

#[tokio::test]
async fn the_stock_is_read_by_all_and_written_by_super_admins_alone() {
    let firm = Firm::new(shared()).await;
    let other = Firm::new(shared()).await;
    let day = stock(&firm.manager, 5).await;
    let path = format!("/api/scenarios/{}", day.id);
    let text = json!(day.text);
    answer(firm.manager.puts(&path, "\"1\"", &text))
        .await
        .problem(Code::Forbidden);
    answer(firm.manager.deletes(&path))
        .await
        .problem(Code::Forbidden);
    answer(firm.manager.posts("/api/scenarios?stock=true", &text))
        .await
        .problem(Code::Forbidden);
    let copied = answer(firm.manager.posts(&format!("{path}/copy"), &json!({}))).await;
    let copy: Scenario = copied.made();
    assert_eq!(copy.company_id, Some(firm.company.id));
    let own = copied.header("location");
    for (method, path) in [
        (Method::GET, own.to_owned()),
        (Method::DELETE, own.to_owned()),
        (Method::POST, format!("{own}/copy")),
        (Method::GET, format!("{own}/versions")),
    ] {
        let request = other.manager.request(method, &path);
        answer(request).await.problem(Code::NotFound);
    }
}

#[tokio::test]
async fn the_fault_is_named_where_it_stands() {
    let firm = Firm::new(shared()).await;
    let good = json!(stock(&firm.manager, 2).await.text);
    for (pointer, value, field) in [
        ("/theme", json!(" "), "theme"),
        ("/day", json!(11), "day"),
        (
            "/drills/0/customerMessage",
            json!(""),
            "drills[0].customerMessage",
        ),
        (
            "/drills/1/criteria/0/weight",
            json!(9),
            "drills[1].criteria[0].weight",
        ),
    ] {
        let mut text = good.clone();
        *text.pointer_mut(pointer).unwrap() = value;
        let refused = answer(firm.manager.posts("/api/scenarios", &text)).await;
        assert_eq!(refused.fields(Code::Invalid), [field]);
    }
    let mut unknown = good.clone();
    unknown["drills"][0]["idealAnswer"] = json!("x");
    let refused = answer(firm.manager.posts("/api/scenarios", &unknown)).await;
    assert_eq!(refused.fields(Code::BadJson), ["drills[0].idealAnswer"]);
    let mut long = good;
    long["description"] = json!("x".repeat(300_000));
    answer(firm.manager.posts("/api/scenarios", &long))
        .await
        .problem(Code::TooLarge);
}

#[tokio::test]
async fn words_are_found_by_their_beginnings_in_any_script() {
    let firm = Firm::new(shared()).await;
    let manager = &firm.manager;
    let mut text = json!(stock(manager, 4).await.text);
    text["theme"] = json!("Discount चाहिए: O'Brien's \"zebrafinch\" NEAR 50%-छूट का प्रश्न café");
    answer(manager.posts("/api/scenarios", &text))
        .await
        .made::<Scenario>();
    for words in [
        "zebrafinch",
        "ZEBRA",
        "zebraf disc",
        "finch\" zebrafinch",
        "o'brien",
        "\"zebrafinch\"",
        "zebrafinch*",
        "zebrafinch -",
        "NEAR zebrafinch",
        "near(zebrafinch, 987)",
        "theme:zebrafinch",
        "zebrafinch^987",
        "(zebrafinch",
        "zebrafinch)",
        "चाहि",
        "छूट",
        "प्रश्न",
        "प्रश",
        "cafe zebra",
        "café",
        "50%",
    ] {
        // A word that does not stand there, or an operator taken for a word, finds nothing; it never is syntax.
        let seen = found(manager, words).await;
        let hit = seen.iter().any(|item| item.theme.contains("zebrafinch"));
        let foreign = [
            "finch\" zebrafinch",
            "near(zebrafinch, 987)",
            "theme:zebrafinch",
            "zebrafinch^987",
        ];
        assert_eq!(hit, !foreign.contains(&words), "{words}");
    }
    for nothing in [
        "zebrafinch AND nosuchword",
        "zebrafinch OR nosuchword",
        "NOT zebrafinch nosuchword",
        "brafinch",
        "'; DROP TABLE scenarios; --",
        "scenario_search MATCH",
        "{theme}: zebra",
    ] {
        assert!(found(manager, nothing).await.is_empty(), "{nothing}");
    }
    for empty in ["\"", "*", "-", "\"\" * ( ) : ^", "\u{1F600}", " ", ""] {
        let request = manager.gets("/api/scenarios/search").query(&[("q", empty)]);
        let fields = answer(request).await.fields(Code::Invalid);
        assert!(fields.iter().all(|field| field == "q"), "{empty:?}");
    }
    for raw in [
        "q=%00zebrafinch",
        "q=%F0%9F",
        "q=%",
        "q=a&q=b",
        "q=zebrafinch&limit=1000",
    ] {
        let answer = answer(manager.gets(&format!("/api/scenarios/search?{raw}"))).await;
        assert!(
            [200, 422].contains(&answer.status),
            "{raw}: {}",
            answer.text()
        );
    }
    let long = "zebrafinch ".repeat(18);
    assert_eq!(found(manager, &long).await.len(), 1);
}

/// All texts in a JSON value.
fn texts(value: &Value, all: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            all.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, all)),
        Value::Object(fields) => fields.values().for_each(|field| texts(field, all)),
        _ => {}
    }
}

#[tokio::test]
async fn a_rep_reads_nothing_that_gives_an_answer_away() {
    let firm = Firm::new(shared()).await;
    let (_, rep) = firm.hire_at_work(shared(), Role::SalesRep).await;
    for day in 1..=10 {
        let whole = stock(&firm.manager, day).await;
        let mut secrets = BTreeSet::new();
        for drill in &whole.text.drills {
            let drill = json!(drill);
            for secret in [
                "idealResponse",
                "coachingNotes",
                "toneGuidelines",
                "commonMistakes",
                "reactions",
            ] {
                texts(&drill[secret], &mut secrets);
            }
            for criterion in drill["criteria"].as_array().unwrap() {
                for (name, value) in criterion.as_object().unwrap() {
                    // Signals are single words, which stand anywhere.
                    if !["text", "metric", "weight", "id", "signals"].contains(&name.as_str()) {
                        texts(value, &mut secrets);
                    }
                }
            }
        }
        secrets.retain(|secret| secret.chars().count() > 12);
        assert!(secrets.len() > 20, "day {day}");
        let seen = [
            answer(rep.gets(&format!("/api/scenarios/{}", whole.id))).await,
            answer(rep.gets(&format!("/api/scenarios/day/{day}"))).await,
            answer(rep.gets("/api/scenarios?limit=100")).await,
            answer(
                rep.gets("/api/scenarios/search")
                    .query(&[("q", &whole.text.theme)]),
            )
            .await,
        ];
        for answer in seen {
            let json: Value = answer.json();
            let mut shown = BTreeSet::new();
            texts(&json, &mut shown);
            for text in shown {
                for secret in &secrets {
                    assert!(!text.contains(secret), "day {day}: {secret}");
                }
            }
        }
        let path = format!("/api/scenarios/{}", whole.id);
        for call in ["versions", "versions/1"] {
            answer(rep.gets(&format!("{path}/{call}")))
                .await
                .problem(Code::Forbidden);
        }
    }
}

#[tokio::test]
async fn a_company_sets_its_own_tone() {
    let firm = Firm::new(shared()).await;
    let other = Firm::new(shared()).await;
    let path = "/api/tone-guidelines";
    let stock = answer(firm.manager.gets(path)).await;
    assert_eq!(stock.header("etag"), "\"0\"");
    let mut text = json!(stock.json::<Tone>().text);
    text["phrasesToUse"][0]["text"] = json!(unique("Namaste"));
    let written = answer(firm.manager.puts(path, "\"0\"", &text)).await;
    assert_eq!(
        (written.status, written.header("etag")),
        (200, "\"1\""),
        "{}",
        written.text()
    );
    let tone: Tone = written.json();
    assert_eq!(tone.company_id, Some(firm.company.id));
    answer(firm.manager.puts(path, "\"0\"", &text))
        .await
        .problem(Code::Changed);
    assert_eq!(answer(firm.manager.gets(path)).await.body, written.body);
    assert_eq!(answer(other.manager.gets(path)).await.body, stock.body);
    let theirs = format!("{path}?companyId={}", firm.company.id);
    answer(other.manager.gets(&theirs))
        .await
        .problem(Code::NotFound);
    assert_eq!(answer(firm.admin.gets(&theirs)).await.body, written.body);
    let mut broken = text;
    broken["toneRules"][0]["weight"] = json!(9);
    let refused = answer(firm.manager.puts(path, "\"1\"", &broken)).await;
    assert_eq!(refused.fields(Code::Invalid), ["toneRules[0].weight"]);
    let (_, rep) = firm.hire_at_work(shared(), Role::SalesRep).await;
    answer(rep.gets(path)).await.problem(Code::Forbidden);
}
