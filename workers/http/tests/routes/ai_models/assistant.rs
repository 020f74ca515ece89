//! A rep's questions about a session.

use super::*;

/// A completed session of the rep's.
async fn practised(world: &World) -> SessionId {
    let id = world.schedule(Person::Rep, Days::Open);
    world.start(Person::Rep, id).await;
    world.complete(Person::Rep, id).await;
    id
}

fn question(session: SessionId, request: &str, question: &str) -> Value {
    json!({"sessionId": session, "requestId": request, "question": question})
}

const ASSISTANT: &str = "/api/ai/assistant/stream";

#[tokio::test]
async fn an_answer_is_kept_and_asking_again_gives_it() {
    let server = ByteServer::saying([
        chat::says(&["*Drill 0*: ", "no reason was given. Shall we?"]),
        chat::says(&["The same again."]),
    ]);
    let world = with(&server);
    let id = practised(&world).await;
    let over = json!({"drill": "drill_1", "score": 88, "reason": "The offer was there."});
    let path = format!("/api/sessions/{id}/overrides");
    assert_eq!(
        world.post_as(Person::Manager, &path, over).await.status,
        201
    );
    let ask = |request: &str, text: &str| {
        let (world, body) = (world.clone(), question(id, request, text));
        async move { world.post_as(Person::Rep, ASSISTANT, body).await }
    };
    let first = ask("q-1", "Why did I lose points?").await;
    assert_eq!(
        frames(&first)[0],
        AiFrame::Connected {
            request_id: Some("q-1".into())
        }
    );
    let (words, last) = told(&first);
    assert_eq!(words, "*Drill 0*: no reason was given. Shall we?");
    assert!(matches!(last, AiFrame::Done { voiced_by, .. } if voiced_by == by_model()));

    let again = ask("q-1", "Why did I lose points?").await;
    assert_eq!(told(&again), told(&first));
    assert_eq!(server.requests().len(), 1);
    ask("q-1", "Why, then?")
        .await
        .problem(Code::RequestIdReused);

    ask("q-2", "And closing?").await;
    let asked = material(&server.requests()[1]);
    assert_eq!(
        asked["earlier"],
        json!([{"question": "Why did I lose points?", "answer": words}])
    );
    let drills = &asked["session"]["drills"];
    assert_eq!(drills[0]["managersScore"], Value::Null);
    assert_eq!(drills[1]["managersScore"]["score"], 88);
    assert_eq!(
        ledger(&world).await,
        [
            format!("assistant completed 22 {id}"),
            format!("assistant completed 24 {id}")
        ]
    );
}

#[tokio::test]
async fn an_answer_goes_on_when_its_reader_leaves() {
    let slow = Says::stream()
        .bytes(chat::words("The reason "))
        .pause(Duration::from_millis(200))
        .bytes(
            chat::words("was missing.") + &chat::finish("stop") + &chat::usage(20, 2) + chat::DONE,
        );
    let server = ByteServer::saying([slow]);
    let world = with(&server);
    let id = practised(&world).await;
    let body = question(id, "q-1", "Why did I lose points?");
    let token = world.token(Person::Rep).await;
    let request = Request::post(ASSISTANT)
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let answer = router(world.clone()).oneshot(request).await.unwrap();
    let mut stream = answer.into_body().into_data_stream();
    stream.next().await.unwrap().unwrap();
    drop(stream);
    world.after_answers().await;
    let (words, last) = told(&world.post_as(Person::Rep, ASSISTANT, body).await);
    assert_eq!(words, "The reason was missing.");
    assert!(matches!(last, AiFrame::Done { .. }));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn two_who_ask_at_once_read_one_answer() {
    let slow = Says::stream()
        .pause(Duration::from_millis(300))
        .bytes(chat::whole(&["Because."]));
    let server = ByteServer::saying([slow]);
    let world = with(&server);
    let id = practised(&world).await;
    let ask = || world.post_as(Person::Rep, ASSISTANT, question(id, "q-1", "Why?"));
    let (one, other) = tokio::join!(ask(), ask());
    assert_eq!(told(&one), told(&other));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_answer_that_broke_off_is_given_anew() {
    let server = ByteServer::saying([
        Says::stream().bytes(chat::words("The rea")).break_off(),
        chat::says(&["The reason was missing."]),
    ]);
    let world = with(&server);
    let id = practised(&world).await;
    let ask = || world.post_as(Person::Rep, ASSISTANT, question(id, "q-1", "Why?"));
    let (_, last) = told(&ask().await);
    assert!(
        matches!(
            last,
            AiFrame::Error {
                retryable: true,
                ..
            }
        ),
        "{last:?}"
    );
    let (words, _) = told(&ask().await);
    assert_eq!(words, "The reason was missing.");
}

#[tokio::test]
async fn without_a_request_id_one_is_made_and_told() {
    let world = World::new();
    let id = practised(&world).await;
    let body = json!({"sessionId": id, "question": "Why did I lose points?"});
    let first = world.post_as(Person::Rep, ASSISTANT, body).await;
    let AiFrame::Connected {
        request_id: Some(made),
    } = frames(&first).remove(0)
    else {
        panic!("{first:?}");
    };
    let again = question(id, &made, "Why did I lose points?");
    let again = world.post_as(Person::Rep, ASSISTANT, again).await;
    assert_eq!(told(&again), told(&first));
    let bad = question(id, "two words", "Why?");
    let problem = world.post_as(Person::Rep, ASSISTANT, bad).await;
    assert_eq!(problem.problem(Code::Invalid).errors[0].field, "requestId");
}

#[tokio::test]
async fn when_the_chat_is_over_its_time_there_is_nothing_to_ask() {
    let world = World::new();
    let id = practised(&world).await;
    world
        .db
        .script("UPDATE sessions SET transcript_purged_at = 1")
        .unwrap();
    let asked = world.post_as(Person::Rep, ASSISTANT, question(id, "q-1", "Why?"));
    asked.await.problem(Code::NotFound);
}
