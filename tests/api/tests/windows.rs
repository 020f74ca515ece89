//! A session can be started in its window, and only there. What a window that closes meanwhile does stands in `restarted`.

use captain_api_tests::{GOOD, Person, Rep, problem, shared};
use contract::problem::Code;
use contract::session::{Session, Today};
use domain::session::Status;

/// The rep whose slot was so many minutes away when the tests began.
async fn rep_with_slot(minutes: i64) -> Rep {
    let rep = shared().rep_with_slot(minutes);
    Rep {
        person: Person::log_in(shared(), &rep.email).await,
        session: rep.session_id,
    }
}

async fn today(rep: &Rep) -> Session {
    let today: Today = rep
        .person
        .get("/api/sessions/today")
        .await
        .json()
        .await
        .unwrap();
    let mine = today
        .items
        .into_iter()
        .find(|session| session.id == rep.session);
    mine.expect("it is shown today")
}

#[tokio::test]
async fn too_early() {
    let rep = rep_with_slot(30).await;
    problem(rep.try_start().await, Code::WindowNotOpen).await;
    assert_eq!(today(&rep).await.status, Status::Scheduled);
    problem(rep.person.get(&rep.path("history")).await, Code::NotStarted).await;
}

#[tokio::test]
async fn in_time() {
    let rep = rep_with_slot(5).await;
    rep.start().await;
    let shown = today(&rep).await;
    assert_eq!((shown.status, shown.late), (Status::InProgress, false));
}

#[tokio::test]
async fn late() {
    let rep = rep_with_slot(-20).await;
    rep.start().await;
    let shown = today(&rep).await;
    assert_eq!((shown.status, shown.late), (Status::InProgress, true));
    rep.practise(GOOD, GOOD).await;
    assert!(rep.end().await.late);
}

#[tokio::test]
async fn too_late() {
    let rep = rep_with_slot(-61).await;
    problem(rep.try_start().await, Code::WindowClosed).await;
    problem(rep.person.get(&rep.path("history")).await, Code::NotStarted).await;
}
