//! Recordings: what is taken, who hears it, and that nothing stays of what was refused.

use crate::world::{Answer, Call, DAY, Days, Person, World};
use axum::body::Body;
use axum::http::Method;
use contract::problem::Code;
use contract::session::Items;
use contract::voice::Recording;
use domain::ids::SessionId;
use domain::voice::{Kind, MAX_BYTES, MAX_TAKES};
use std::sync::atomic::Ordering;
use store::{Db, FromRow, Statement};

/// 1.5 s each.
const WEBM: &[u8] = include_bytes!("../../../domain/tests/recordings/take.webm");
const OGG: &[u8] = include_bytes!("../../../domain/tests/recordings/take.ogg");
const MP4: &[u8] = include_bytes!("../../../domain/tests/recordings/take.mp4");
const WAV: &[u8] = include_bytes!("../../../domain/tests/recordings/take.wav");

/// A world in which a rep's session runs.
async fn running() -> (World, SessionId) {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    world.start(Person::Rep, id).await;
    (world, id)
}

/// An upload of bytes of some kind, in pieces as a network brings them.
fn upload(token: &str, query: &str, bytes: &[u8]) -> Call {
    let pieces: Vec<Result<Vec<u8>, std::io::Error>> =
        bytes.chunks(700).map(|piece| Ok(piece.to_vec())).collect();
    Call::post(&format!("/api/voice/upload?{query}"))
        .bearer(token)
        .header("content-length", &bytes.len().to_string())
        .raw(
            "audio/webm",
            Body::from_stream(futures::stream::iter(pieces)),
        )
}

impl World {
    async fn record(
        &self,
        person: Person,
        session: SessionId,
        query: &str,
        bytes: &[u8],
    ) -> Answer {
        let token = self.token(person).await;
        let query = format!("sessionId={session}{query}");
        self.call(upload(&token, &query, bytes)).await
    }

    async fn recorded(&self, session: SessionId) -> Recording {
        let answer = self.record(Person::Rep, session, "", WAV).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.json()
    }

    async fn ask(&self, person: Person, method: Method, path: &str) -> Answer {
        let token = self.token(person).await;
        self.call(Call::new(method, path).bearer(&token)).await
    }

    async fn list(&self, session: SessionId) -> Vec<Recording> {
        let path = format!("/api/sessions/{session}/voice");
        let answer = self.ask(Person::Rep, Method::GET, &path).await;
        answer.json::<Items<Recording>>().items
    }

    /// Nothing stays of what was refused, once what was left for after the answer is done.
    async fn assert_nothing_is_kept(&self) {
        self.after_answers().await;
        assert_eq!(self.files.keys(), Vec::<String>::new());
        assert_eq!(self.rows().await, 0);
    }

    async fn rows(&self) -> u32 {
        #[derive(FromRow)]
        struct Row {
            n: u32,
        }
        let all = Statement::new("SELECT count(*) AS n FROM voice_recordings");
        self.db.first::<Row>(all).await.unwrap().unwrap().n
    }
}

#[tokio::test]
async fn a_recording_comes_back_as_it_went() {
    let (world, session) = running().await;
    let cases = [
        (WEBM, Kind::Webm, "&durationMs=1500", true),
        (OGG, Kind::Ogg, "", false),
        (MP4, Kind::Mp4, "&durationMs=1500&drill=drill_0", true),
        // What the bytes tell counts, whatever is said.
        (WAV, Kind::Wav, "&durationMs=9", false),
    ];
    let mut uploaded = Vec::new();
    for (bytes, kind, query, said) in cases {
        world.pass(1_000);
        let answer = world.record(Person::Rep, session, query, bytes).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        let recording: Recording = answer.json();
        let path = format!("/api/voice/{}", recording.id);
        assert_eq!(answer.header("location"), path);
        assert_eq!(
            (recording.session_id, recording.user_id),
            (session, Person::Rep.id())
        );
        assert_eq!((recording.media_type, recording.duration_ms), (kind, 1_500));
        assert_eq!(recording.duration_said, said);
        assert_eq!(recording.drill.is_some(), query.contains("drill="));
        assert_eq!(recording.size_bytes, bytes.len() as u64);
        assert_eq!(recording.created_at, world.now());
        assert_eq!(recording.expires_at, world.now() + 90 * DAY);

        let heard = world.ask(Person::Rep, Method::GET, &path).await;
        assert_eq!((heard.status, &heard.body[..]), (200, bytes));
        assert_eq!(heard.header("content-type"), kind.media_type());
        assert_eq!(heard.header("content-length"), bytes.len().to_string());
        assert_eq!(heard.header("accept-ranges"), "bytes");
        assert_eq!(heard.header("cache-control"), "private, no-store");
        assert_eq!(heard.header("x-content-type-options"), "nosniff");
        uploaded.push(recording);
    }
    assert_eq!(world.list(session).await, uploaded);
    world.after_answers().await;
    assert_eq!((world.files.keys().len(), world.rows().await), (4, 4));
}

#[tokio::test]
async fn a_part_can_be_heard() {
    let (world, session) = running().await;
    let path = format!("/api/voice/{}", world.recorded(session).await.id);
    let token = world.token(Person::Rep).await;
    let call = || Call::get(&path).bearer(&token);
    let size = WAV.len();
    for (range, part) in [
        ("bytes=0-99", 0..100),
        ("bytes=100-", 100..size),
        ("bytes=-44", size - 44..size),
    ] {
        let answer = world.call(call().header("range", range)).await;
        assert_eq!(
            (answer.status, &answer.body[..]),
            (206, &WAV[part.clone()]),
            "{range}"
        );
        let said = format!("bytes {}-{}/{size}", part.start, part.end - 1);
        assert_eq!(answer.header("content-range"), said);
        assert_eq!(answer.header("content-length"), part.len().to_string());
    }
    let answer = world.call(call().header("range", "bytes=99999-")).await;
    answer.problem(Code::BadRange);
    assert_eq!(
        (answer.status, answer.header("content-range")),
        (416, &*format!("bytes */{size}"))
    );
    let answer = world.call(call().header("range", "bytes=0-1,4-5")).await;
    assert_eq!((answer.status, answer.body.len()), (200, size));

    let tag = answer.header("etag").to_owned();
    let answer = world.call(call().header("if-none-match", &tag)).await;
    assert_eq!(
        (answer.status, answer.body.len(), answer.header("etag")),
        (304, 0, &*tag)
    );
    let head = Call::new(Method::HEAD, &path)
        .bearer(&token)
        .header("range", "bytes=0-1");
    let answer = world.call(head).await;
    assert_eq!(
        (answer.status, answer.header("content-length")),
        (200, &*size.to_string())
    );
}

#[tokio::test]
async fn who_hears_and_who_deletes() {
    for asker in std::iter::once(None).chain(Person::ALL.map(Some)) {
        let (world, session) = running().await;
        let path = format!("/api/voice/{}", world.recorded(session).await.id);
        let list = format!("/api/sessions/{session}/voice");
        let (hear, delete) = match asker {
            None => (401, 401),
            Some(Person::Rep | Person::SuperAdmin) => (200, 204),
            Some(Person::Manager) => (200, 403),
            Some(_) => (404, 404),
        };
        let mut token = None;
        if let Some(person) = asker {
            token = Some(world.token(person).await);
        }
        let call = |method: Method, path: &str| {
            let call = Call::new(method, path);
            match &token {
                Some(token) => call.bearer(token),
                None => call,
            }
        };
        assert_eq!(
            world.call(call(Method::GET, &path)).await.status,
            hear,
            "{asker:?}"
        );
        assert_eq!(
            world.call(call(Method::GET, &list)).await.status,
            hear,
            "{asker:?}"
        );
        assert_eq!(
            world.call(call(Method::DELETE, &path)).await.status,
            delete,
            "{asker:?}"
        );
        let left = usize::from(delete != 204);
        assert_eq!(
            (world.files.keys().len(), world.list(session).await.len()),
            (left, left)
        );
        if delete == 204 {
            assert_eq!(world.call(call(Method::GET, &path)).await.status, 404);
            assert_eq!(world.call(call(Method::DELETE, &path)).await.status, 404);
        }
    }
}

#[tokio::test]
async fn only_its_rep_records_in_a_session() {
    let (world, session) = running().await;
    for person in Person::ALL {
        let status = match person {
            Person::Rep => 201,
            Person::Manager | Person::SuperAdmin => 403,
            _ => 404,
        };
        let answer = world.record(person, session, "", WAV).await;
        assert_eq!(answer.status, status, "{person:?}");
    }
    let call = upload("no token", &format!("sessionId={session}"), WAV);
    assert_eq!(world.call(call).await.status, 401);
    assert_eq!(world.files.keys().len(), 1);
}

#[tokio::test]
async fn what_is_no_recording_is_refused_whatever_it_says() {
    let (world, session) = running().await;
    let page: &[u8] = b"<html><script>alert(1)</script></html>";
    for bytes in [page, b"", b"RIFF", &WEBM[..40], b"\x89PNG\r\n\x1a\n"] {
        let answer = world
            .record(Person::Rep, session, "&durationMs=1", bytes)
            .await;
        answer.problem(Code::UnsupportedMedia);
    }
    let token = world.token(Person::Rep).await;
    let path = format!("/api/voice/upload?sessionId={session}");
    for kind in ["video/webm", "text/html", "application/octet-stream"] {
        let call = Call::post(&path)
            .bearer(&token)
            .header("content-length", "6044");
        world
            .call(call.raw(kind, WAV))
            .await
            .problem(Code::UnsupportedMedia);
    }
    world.assert_nothing_is_kept().await;
}

#[tokio::test]
async fn sizes_and_lengths_are_bounded() {
    let (world, session) = running().await;
    let token = world.token(Person::Rep).await;
    let path = format!("/api/voice/upload?sessionId={session}");
    let call = || Call::post(&path).bearer(&token);

    let without = call().raw("audio/wav", WAV);
    assert_eq!(
        world
            .call(without)
            .await
            .problem(Code::LengthRequired)
            .status,
        411
    );
    let large = call().header("content-length", &(MAX_BYTES + 1).to_string());
    world
        .call(large.raw("audio/wav", WAV))
        .await
        .problem(Code::TooLarge);

    for query in [
        "",
        "&durationMs=0",
        "&durationMs=300001",
        "&durationMs=-1",
        "&durationMs=x",
    ] {
        let answer = world.record(Person::Rep, session, query, WEBM).await;
        let problem = answer.problem(Code::Invalid);
        assert_eq!(problem.errors[0].field, "durationMs", "{query}");
    }
    // 301 s of 4,000 bytes each.
    let mut long = WAV[..44].to_vec();
    long[40..44].copy_from_slice(&1_204_000_u32.to_le_bytes());
    long.resize(44 + 1_204_000, 128);
    let answer = world
        .record(Person::Rep, session, "&durationMs=5", &long)
        .await;
    answer.problem(Code::TooLarge);
    world.assert_nothing_is_kept().await;
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let (world, session) = running().await;
    let token = world.token(Person::Rep).await;
    let path = format!("/api/voice/upload?sessionId={session}");
    let wav = [WAV, &[128; 20_000]].concat();
    let call = |length: usize| {
        let call = Call::post(&path).bearer(&token);
        call.header("content-length", &length.to_string())
    };
    // Shorter than it said, longer, and torn: at once, and after some of it is on its way into the store.
    world
        .call(call(wav.len() + 1).raw("audio/wav", wav.clone()))
        .await
        .problem(Code::BodyCut);
    world
        .call(call(wav.len() - 1).raw("audio/wav", wav.clone()))
        .await
        .problem(Code::BodyCut);
    for whole in [100, 9_000] {
        let pieces = [Ok(wav[..whole].to_vec()), Err(std::io::Error::other("cut"))];
        let body = Body::from_stream(futures::stream::iter(pieces));
        world
            .call(call(wav.len()).raw("audio/wav", body))
            .await
            .problem(Code::BodyCut);
    }
    // An Ogg file whose end is missing is whole as a body, and no recording.
    let answer = world
        .record(Person::Rep, session, "", &OGG[..OGG.len() - 10])
        .await;
    answer.problem(Code::UnsupportedMedia);
    world.assert_nothing_is_kept().await;
}

#[tokio::test]
async fn a_client_that_goes_away_leaves_nothing() {
    let (world, session) = running().await;
    let token = world.token(Person::Rep).await;
    // The body never ends: the request is given up while it waits, as a platform does whose client is gone.
    let first = futures::stream::iter([Ok::<_, std::io::Error>(WAV.to_vec())]);
    let body = Body::from_stream(futures::StreamExt::chain(first, futures::stream::pending()));
    let call = Call::post(&format!("/api/voice/upload?sessionId={session}"))
        .bearer(&token)
        .header("content-length", "9000")
        .raw("audio/wav", body);
    let bound = std::time::Duration::from_millis(200);
    assert!(tokio::time::timeout(bound, world.call(call)).await.is_err());
    world.assert_nothing_is_kept().await;
}

#[tokio::test]
async fn bytes_whose_row_can_not_be_written_go_again() {
    let (world, session) = running().await;
    world
        .db
        .script("CREATE TRIGGER no BEFORE INSERT ON voice_recordings BEGIN SELECT raise(ABORT, 'no'); END")
        .unwrap();
    let token = world.token(Person::Rep).await;
    let call = upload(&token, &format!("sessionId={session}"), WAV);
    assert_eq!(world.call_even_if_it_fails(call).await.status, 500);
    assert_eq!(world.files.keys().len(), 1);
    world.assert_nothing_is_kept().await;
}

#[tokio::test]
async fn while_files_can_not_be_reached_nothing_is_lost() {
    let (world, session) = running().await;
    let recording = world.recorded(session).await;
    world.after_answers().await;
    world.files.down.store(true, Ordering::SeqCst);
    let token = world.token(Person::Rep).await;
    let path = format!("/api/voice/{}", recording.id);
    for call in [
        upload(&token, &format!("sessionId={session}"), WAV),
        Call::get(&path).bearer(&token),
        Call::new(Method::DELETE, &path).bearer(&token),
    ] {
        let answer = world.call_even_if_it_fails(call).await;
        let problem = answer.problem(Code::Unavailable);
        assert!(!problem.detail.contains("secret"));
    }
    assert!(
        world
            .take_faults()
            .iter()
            .all(|fault| fault.cause.contains("secret"))
    );
    world.files.down.store(false, Ordering::SeqCst);
    assert_eq!(world.list(session).await, [recording]);
    assert_eq!(world.ask(Person::Rep, Method::GET, &path).await.body, WAV);
}

#[tokio::test]
async fn a_session_takes_so_many_and_no_more() {
    let (world, session) = running().await;
    for _ in 1..MAX_TAKES {
        world.recorded(session).await;
    }
    // Two at once for the last place: one gets it.
    let (one, other) = tokio::join!(
        world.record(Person::Rep, session, "", WAV),
        world.record(Person::Rep, session, "", WAV),
    );
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    let answer = world.record(Person::Rep, session, "", WAV).await;
    answer.problem(Code::LimitReached);
    world.after_answers().await;
    let takes = MAX_TAKES as usize;
    assert_eq!(
        (world.files.keys().len(), world.list(session).await.len()),
        (takes, takes)
    );
}

#[tokio::test]
async fn only_what_was_begun_is_recorded_and_only_its_drills() {
    let world = World::new();
    let soon = world.schedule(Person::Rep, Days::Tomorrow);
    let answer = world.record(Person::Rep, soon, "", WAV).await;
    answer.problem(Code::NotStarted);

    let done = world.schedule(Person::Rep, Days::Open);
    world.complete(Person::Rep, done).await;
    let answer = world.record(Person::Rep, done, "&drill=no_such", WAV).await;
    assert_eq!(answer.problem(Code::Invalid).errors[0].field, "drill");
    assert_eq!(world.record(Person::Rep, done, "", WAV).await.status, 201);

    let missing = "0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00".parse().unwrap();
    let answer = world.record(Person::Rep, missing, "", WAV).await;
    answer.problem(Code::NotFound);
    let token = world.token(Person::Rep).await;
    for (query, field) in [
        ("", "sessionId"),
        ("sessionId=12", "sessionId"),
        ("sessionID=1", "sessionID"),
    ] {
        let answer = world.call(upload(&token, query, WAV)).await;
        let problem = answer.problem(Code::Invalid);
        assert!(problem.errors[0].field == field, "{problem:?}");
    }
}

#[tokio::test]
async fn a_recording_whose_time_is_over_is_gone() {
    let (world, session) = running().await;
    world
        .db
        .script("UPDATE companies SET voice_retention_days = 1")
        .unwrap();
    let old = world.recorded(session).await;
    assert_eq!(old.expires_at, world.now() + DAY);
    world.after_answers().await;
    world.pass(DAY - 1);
    let young = world.recorded(session).await;
    world.after_answers().await;
    assert_eq!(captain_http::voice::sweep(&world).await.unwrap(), 0);

    world.pass(1);
    let path = format!("/api/voice/{}", old.id);
    assert_eq!(world.ask(Person::Rep, Method::GET, &path).await.status, 404);
    assert_eq!(world.list(session).await, std::slice::from_ref(&young));
    assert_eq!(captain_http::voice::sweep(&world).await.unwrap(), 1);
    assert_eq!(captain_http::voice::sweep(&world).await.unwrap(), 0);
    let keys = world.files.keys();
    assert_eq!((keys.len(), world.rows().await), (1, 1));
    assert!(keys[0].ends_with(&young.id.to_string()));
}

#[tokio::test]
async fn a_recording_that_can_not_be_deleted_keeps_no_other() {
    let (world, session) = running().await;
    for _ in 0..3 {
        world.recorded(session).await;
        world.after_answers().await;
        world.pass(1);
    }
    world.pass(365 * DAY);
    let keys = world.files.keys();
    *world.files.stuck.lock().unwrap() = Some(keys[0].clone());
    for deleted in [2, 0] {
        assert_eq!(captain_http::voice::sweep(&world).await.unwrap(), deleted);
        let faults = world.take_faults();
        let id = keys[0].rsplit('/').next().unwrap();
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].path, format!("recording {id}"));
        assert_eq!(
            (world.files.keys(), world.rows().await),
            (vec![keys[0].clone()], 1)
        );
    }
    *world.files.stuck.lock().unwrap() = None;
    assert_eq!(captain_http::voice::sweep(&world).await.unwrap(), 1);
    assert_eq!((world.files.keys().len(), world.rows().await), (0, 0));
}
