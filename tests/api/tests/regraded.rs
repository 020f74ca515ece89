//! A completed session is judged anew on the real runtime: once, by the model of today, and in sight of its rep.

use captain_api_tests::{GOOD, HESITANT, MODEL, Person, Rep, Settings, Stack, answer};
use captain_peers::said::chat;
use captain_peers::{Answer, ByteServer, Request};
use contract::problem::Code;
use contract::session::{SessionResult, VerdictHistory, VersionVerdicts};
use domain::scoring::Judge;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const ADMIN: &str = "admin@salescaptain.test";

fn is_judge(request: &Request) -> bool {
    let system = request.body["messages"][0]["content"].as_str().unwrap();
    system.starts_with("You judge")
}

/// A trace of all, each in another word of the answer.
fn fair(request: &Request) -> String {
    let material = request.body["messages"][1]["content"].as_str().unwrap();
    let material: Value = serde_json::from_str(material).unwrap();
    let words: Vec<&str> = material["answer"].as_str().unwrap().split(' ').collect();
    let criteria = material["criteria"].as_array().unwrap().iter().enumerate();
    let judgements: Vec<Value> = criteria
        .map(|(at, criterion)| json!({"criterion": criterion["id"], "quote": words[at % words.len()], "level": "1"}))
        .collect();
    json!({"judgements": judgements, "blockers": []}).to_string()
}

#[tokio::test]
async fn what_the_coach_stood_in_for_is_judged_by_the_model_once() {
    let sober = Arc::new(AtomicBool::new(false));
    let provider = ByteServer::start({
        let sober = sober.clone();
        move |request| match (is_judge(request), sober.load(Ordering::SeqCst)) {
            (true, true) => Answer::stream()
                .pause(Duration::from_millis(500))
                .bytes(chat::whole(&[&fair(request)])),
            (true, false) => chat::says(&["Quite good."]),
            (false, _) => chat::says(&["Say it again."]),
        }
    });
    let mut stack = Stack::prepare(Settings {
        reps: 5,
        provider: Some(provider.url() + "/v1"),
        ..Settings::named("regraded")
    });
    stack.run();
    let stack: &'static Stack = Box::leak(Box::new(stack));
    let rep = Rep::new(stack).await;
    rep.start().await;
    rep.practise(HESITANT, GOOD).await;
    let before = rep.end().await;
    let stood_in = Judge::BuiltIn { stand_in: true };
    assert!(
        before
            .verdicts
            .iter()
            .all(|drill| drill.last.judge == stood_in)
    );

    sober.store(true, Ordering::SeqCst);
    let admin = Person::known(stack, ADMIN).await;
    let path = format!("/api/sessions/{}", rep.session);
    let regrade = || answer(admin.posts(&format!("{path}/regrade"), &json!({})));
    let (one, other) = tokio::join!(regrade(), regrade());
    let mut answers = [one, other];
    answers.sort_by_key(|answer| answer.status);
    assert_eq!(answers[0].status, 201, "{}", answers[0].text());
    answers[1].problem(Code::RegradeRunning);
    let after: SessionResult = serde_json::from_slice(&answers[0].body).unwrap();
    let by_model = Judge::Model {
        model: MODEL.into(),
    };
    for drill in &after.verdicts {
        assert_eq!(
            (&drill.first.judge, &drill.last.judge),
            (&by_model, &by_model)
        );
    }
    assert_ne!(after.score, before.score);
    assert_eq!(after.regrades[0].score_before, before.score);
    assert_eq!(after.regrades[0].score, after.score);

    // The rep sees the same; how it was judged is not for reps.
    let seen: SessionResult = answer(rep.person.gets(&format!("{path}/result")))
        .await
        .json();
    assert_eq!(seen, after);
    let verdicts = format!("{path}/verdicts");
    answer(rep.person.gets(&verdicts))
        .await
        .problem(Code::Forbidden);
    let history: VerdictHistory = answer(admin.gets(&verdicts)).await.json();
    assert_eq!((history.counting, history.versions.len()), (Some(2), 2));
    let first: VersionVerdicts = answer(admin.gets(&format!("{verdicts}/1"))).await.json();
    for answer in &first.answers {
        assert_eq!(answer.judged.judge, stood_in);
        assert_eq!(answer.rejected.len(), 2);
        assert_eq!(answer.rejected[0].raw, "Quite good.");
    }
    let second: VersionVerdicts = answer(admin.gets(&format!("{verdicts}/2"))).await.json();
    assert!(second.answers.iter().all(|answer| answer.raw.is_some()));
}
