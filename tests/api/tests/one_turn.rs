//! Promise 3: one turn runs at a time; a second send is told which, and where to attach.

use captain_api_tests::{GOOD, HESITANT, Rep, Stream, problem, request_id, shared};
use contract::problem::Code;
use domain::session::Speaker;
use futures::future::join_all;

#[tokio::test]
async fn a_second_send_is_told_where_to_attach() {
    let rep = Rep::started(shared()).await;
    let mut first = rep.send(&request_id(), GOOD).await;
    let turn = first.connected().await;

    let refused = problem(
        rep.try_send(&request_id(), HESITANT).await,
        Code::TurnRunning,
    )
    .await;
    assert_eq!(refused.turn_id, turn);
    let attach = refused.attach.unwrap();
    assert!(attach.starts_with(&rep.path("events")), "{attach}");
    let mut attached = Stream::of(rep.elsewhere().person.get(&attach).await);
    assert_eq!(attached.connected().await, turn);
    assert_eq!(
        attached.rest().await,
        first.rest().await,
        "the whole turn is there"
    );
}

#[tokio::test]
async fn nothing_else_starts_while_a_turn_runs() {
    let rep = Rep::started(shared()).await;
    let mut first = rep.send(&request_id(), GOOD).await;
    let turn = first.connected().await;
    for answer in [
        rep.next(&request_id()).await,
        rep.correction(&request_id()).await,
        rep.try_end().await,
    ] {
        assert_eq!(problem(answer, Code::TurnRunning).await.turn_id, turn);
    }
    assert_eq!(
        rep.start().await.running_turn,
        turn,
        "starting again gives the running session"
    );
    first.rest().await;
}

#[tokio::test]
async fn of_many_different_sends_at_once_one_wins() {
    let rep = Rep::started(shared()).await;
    let answers = join_all((0..20).map(|number| {
        let rep = rep.elsewhere();
        async move {
            rep.try_send(&request_id(), &format!("Answer {number}: {GOOD}"))
                .await
        }
    }))
    .await;
    let (won, lost): (Vec<_>, Vec<_>) = answers
        .into_iter()
        .partition(|answer| answer.status() == 200);
    assert_eq!(won.len(), 1);
    let mut stream = Stream::of(won.into_iter().next().unwrap());
    let turn = stream.connected().await;
    for answer in lost {
        assert_eq!(problem(answer, Code::TurnRunning).await.turn_id, turn);
    }
    stream.rest().await;
    let items = rep.history().await.items;
    assert_eq!(
        items
            .iter()
            .filter(|message| message.role == Speaker::Salesperson)
            .count(),
        1
    );
}
