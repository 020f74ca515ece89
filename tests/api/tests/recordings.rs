//! Recordings in R2: what is taken, who hears it, in which parts, and that nothing stays of what was refused.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use captain_api_tests::{
    Answer, PATIENCE, Person, Rep, SUPER_ADMIN, Settings, Stack, answer, shared,
};
use contract::problem::Code;
use contract::session::Items;
use contract::voice::Recording;
use domain::ids::SessionId;
use domain::voice::{Kind, MAX_BYTES};
use futures::future::join_all;
use reqwest::{Body, RequestBuilder};
use rusqlite::Connection;

/// 1.5 s each.
const WEBM: &[u8] = include_bytes!("../../../workers/domain/tests/recordings/take.webm");
const OGG: &[u8] = include_bytes!("../../../workers/domain/tests/recordings/take.ogg");
const MP4: &[u8] = include_bytes!("../../../workers/domain/tests/recordings/take.mp4");
const WAV: &[u8] = include_bytes!("../../../workers/domain/tests/recordings/take.wav");

fn upload(person: &Person, session: SessionId, query: &str, bytes: &[u8]) -> RequestBuilder {
    upload_as(person, session, query, "audio/webm").body(bytes.to_vec())
}

fn upload_as(person: &Person, session: SessionId, query: &str, kind: &str) -> RequestBuilder {
    let path = format!("/api/voice/upload?sessionId={session}{query}");
    let request = person.request(reqwest::Method::POST, &path);
    request.header("content-type", kind)
}

async fn recorded(rep: &Rep) -> Recording {
    answer(upload(&rep.person, rep.session, "", WAV))
        .await
        .made()
}

async fn list(rep: &Rep) -> Vec<Recording> {
    let path = format!("/api/sessions/{}/voice", rep.session);
    let items: Items<Recording> = answer(rep.person.gets(&path)).await.json();
    items.items
}

/// A WAV file of so many bytes, 4,000 a second.
fn wav(size: usize) -> Vec<u8> {
    let mut wav = WAV[..44].to_vec();
    wav[40..44].copy_from_slice(&u32::try_from(size - 44).unwrap().to_le_bytes());
    wav.resize(size, 128);
    wav
}

#[tokio::test]
async fn a_recording_comes_back_as_it_went() {
    let rep = Rep::started(shared()).await;
    let drill = rep.history().await.drill.card.id;
    let with_drill = format!("&durationMs=1500&drill={drill}");
    let cases = [
        (WEBM, Kind::Webm, "&durationMs=1500", true),
        (OGG, Kind::Ogg, "", false),
        (MP4, Kind::Mp4, &with_drill, true),
        // What the bytes tell counts, whatever is said.
        (WAV, Kind::Wav, "&durationMs=9", false),
    ];
    let mut all = Vec::new();
    for (bytes, kind, query, said) in cases {
        let made = answer(upload(&rep.person, rep.session, query, bytes)).await;
        let recording: Recording = made.made();
        let path = format!("/api/voice/{}", recording.id);
        assert_eq!(made.header("location"), path);
        assert_eq!((recording.media_type, recording.duration_ms), (kind, 1_500));
        assert_eq!(
            (recording.duration_said, recording.session_id),
            (said, rep.session)
        );
        assert_eq!(recording.size_bytes, bytes.len() as u64);
        assert_eq!(recording.expires_at - recording.created_at, 90 * 86_400_000);
        let heard = answer(rep.person.gets(&path)).await;
        assert_eq!((heard.status, &heard.body[..]), (200, bytes));
        for (name, value) in [
            ("content-type", kind.media_type()),
            ("accept-ranges", "bytes"),
            ("cache-control", "private, no-store"),
            ("x-content-type-options", "nosniff"),
        ] {
            assert_eq!(heard.header(name), value, "{kind:?}");
        }
        all.push(recording);
    }
    assert_eq!(list(&rep).await, all);
}

#[tokio::test]
async fn a_large_one_is_whole() {
    let rep = Rep::started(shared()).await;
    // 4 min 59 s, of bytes that differ.
    let mut long = wav(1_196_000);
    for (at, byte) in long.iter_mut().enumerate().skip(44) {
        *byte = u8::try_from(at * 7 % 251).unwrap();
    }
    let recording: Recording = answer(upload(&rep.person, rep.session, "", &long))
        .await
        .made();
    let path = format!("/api/voice/{}", recording.id);
    let heard = answer(rep.person.gets(&path)).await;
    assert!(heard.body == long);
    // As a player asks for it: in parts that overlap nowhere and miss nothing.
    let step = 400_000;
    let parts = (0..long.len()).step_by(step).map(|from| {
        let range = format!("bytes={from}-{}", from + step - 1);
        answer(rep.person.gets(&path).header("range", range))
    });
    let parts = join_all(parts).await;
    assert!(parts.iter().all(|part| part.status == 206));
    let joined: Vec<u8> = parts.into_iter().flat_map(|part| part.body).collect();
    assert!(joined == long);
}

#[tokio::test]
async fn a_part_can_be_heard() {
    let rep = Rep::started(shared()).await;
    let path = format!("/api/voice/{}", recorded(&rep).await.id);
    let size = WAV.len();
    for (range, part) in [
        ("bytes=0-0", 0..1),
        ("bytes=0-99", 0..100),
        ("bytes=100-", 100..size),
        ("bytes=-44", size - 44..size),
        ("bytes=100-99999999999", 100..size),
    ] {
        let answer = answer(rep.person.gets(&path).header("range", range)).await;
        assert_eq!(
            (answer.status, &answer.body[..]),
            (206, &WAV[part.clone()]),
            "{range}"
        );
        let said = format!("bytes {}-{}/{size}", part.start, part.end - 1);
        assert_eq!(answer.header("content-range"), said);
    }
    for behind in ["bytes=99999-", "bytes=-0"] {
        let refused = answer(rep.person.gets(&path).header("range", behind)).await;
        refused.problem(Code::BadRange);
        assert_eq!(refused.header("content-range"), format!("bytes */{size}"));
    }
    // Several parts, or nonsense: all of it.
    for odd in ["bytes=0-1,4-5", "items=0-1", "bytes=9-1"] {
        let whole = answer(rep.person.gets(&path).header("range", odd)).await;
        assert_eq!((whole.status, &whole.body[..]), (200, WAV), "{odd}");
    }
    let whole = answer(rep.person.gets(&path)).await;
    let tag = whole.header("etag");
    let known = answer(rep.person.gets(&path).header("if-none-match", tag)).await;
    assert_eq!(
        (known.status, known.body.len(), known.header("etag")),
        (304, 0, tag)
    );
    let other = rep
        .person
        .gets(&path)
        .header("range", "bytes=0-1")
        .header("if-range", "\"x\"");
    assert_eq!(answer(other).await.status, 200);
    let head = answer(rep.person.request(reqwest::Method::HEAD, &path)).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[tokio::test]
async fn others_neither_hear_nor_delete_it() {
    let stack = shared();
    let rep = Rep::started(stack).await;
    let recording = recorded(&rep).await;
    let path = format!("/api/voice/{}", recording.id);
    let of_session = format!("/api/sessions/{}/voice", rep.session);
    let colleague = Rep::new(stack).await.person;
    // A practice rep is in nobody's team, so no manager of the company hears it either.
    let mut others = vec![colleague];
    for email in [
        "manager@salescaptain.test",
        "other@salescaptain.test",
        "otherrep@salescaptain.test",
    ] {
        others.push(Person::known(stack, email).await);
    }
    for other in &others {
        answer(other.gets(&path)).await.problem(Code::NotFound);
        answer(other.gets(&of_session))
            .await
            .problem(Code::NotFound);
        answer(other.deletes(&path)).await.problem(Code::NotFound);
        answer(upload(other, rep.session, "", WAV))
            .await
            .problem(Code::NotFound);
    }
    let stranger = Person::anonymous(stack);
    answer(stranger.gets(&path))
        .await
        .problem(Code::Unauthenticated);
    answer(upload(&stranger, rep.session, "", WAV))
        .await
        .problem(Code::Unauthenticated);
    let admin = Person::known(stack, SUPER_ADMIN).await;
    assert_eq!(answer(admin.gets(&path)).await.body, WAV);
    assert_eq!(list(&rep).await, [recording]);

    assert_eq!(answer(rep.person.deletes(&path)).await.status, 204);
    answer(rep.person.gets(&path)).await.problem(Code::NotFound);
    answer(rep.person.deletes(&path))
        .await
        .problem(Code::NotFound);
    assert!(list(&rep).await.is_empty());
}

/// Sends a head, some bytes of a body and no more, and gives the status that comes; `None` where nobody answers and the
/// connection ends.
async fn status_of(rep: &Rep, length: u64, sent: Vec<u8>, hang_up: bool) -> Option<u16> {
    let host = rep.person.base.trim_start_matches("http://").to_owned();
    let head = format!(
        "POST /api/voice/upload?sessionId={} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {}\r\n\
         content-type: audio/wav\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n",
        rep.session,
        rep.person.access_token.as_ref().unwrap()
    );
    let talk = move || {
        let mut stream = TcpStream::connect(&host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&sent).unwrap();
        if hang_up {
            // Long enough for the beginning to be on its way into the store.
            std::thread::sleep(Duration::from_millis(300));
            return None;
        }
        let mut said = Vec::new();
        stream.read_to_end(&mut said).ok()?;
        let said = String::from_utf8_lossy(&said).into_owned();
        said.split(' ').nth(1)?.parse().ok()
    };
    tokio::task::spawn_blocking(talk).await.unwrap()
}

/// Refuses all that can be refused of an upload; gives how many there were.
async fn refused_uploads(rep: &Rep) {
    let refuse = async |query: &str, bytes: &[u8], code: Code| {
        let refused: Answer = answer(upload(&rep.person, rep.session, query, bytes)).await;
        refused.problem(code);
    };
    let page: &[u8] = b"<html><script>alert(1)</script></html>";
    for bytes in [
        page,
        b"",
        b"RIFF",
        &WEBM[..40],
        b"\x89PNG\r\n\x1a\n",
        &OGG[..OGG.len() - 10],
    ] {
        refuse("&durationMs=1", bytes, Code::UnsupportedMedia).await;
    }
    for query in [
        "",
        "&durationMs=0",
        "&durationMs=300001",
        "&durationMs=x",
        "&durationMs=9&drill=none",
    ] {
        refuse(query, WEBM, Code::Invalid).await;
    }
    // 301 s.
    refuse("&durationMs=5", &wav(44 + 1_204_000), Code::TooLarge).await;
    for kind in ["video/webm", "text/html", "application/octet-stream"] {
        let other = upload_as(&rep.person, rep.session, "", kind).body(WAV);
        answer(other).await.problem(Code::UnsupportedMedia);
    }
    // Without a length.
    let pieces = futures::stream::iter([Ok::<_, std::io::Error>(WAV.to_vec())]);
    let chunked =
        upload_as(&rep.person, rep.session, "", "audio/wav").body(Body::wrap_stream(pieces));
    answer(chunked).await.problem(Code::LengthRequired);
    // Too large is said before the body is there.
    let begun = status_of(rep, MAX_BYTES + 1, WAV.to_vec(), false).await;
    assert_eq!(begun, Some(413));
}

#[tokio::test]
async fn what_is_refused_is_told_why() {
    let rep = Rep::started(shared()).await;
    refused_uploads(&rep).await;
    let waiting = Rep::new(shared()).await;
    answer(upload(&waiting.person, waiting.session, "", WAV))
        .await
        .problem(Code::NotStarted);
}

/// The sizes of all objects of the local R2, by its own note of them. It is not told of a put that failed; what that left of a
/// file in its folder is no object.
fn objects(data: &Path) -> Vec<u64> {
    let folder = data.join("v3/r2/miniflare-R2BucketObject");
    let mut sizes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_str().unwrap();
        if !file.ends_with(".sqlite") || file == "metadata.sqlite" {
            continue;
        }
        let bucket = Connection::open(&path).unwrap();
        let mut query = bucket.prepare("SELECT size FROM _mf_objects").unwrap();
        let rows = query.query_map([], |row| row.get(0)).unwrap();
        sizes.extend(rows.map(|size| u64::try_from(size.unwrap_or(-1_i64)).unwrap()));
    }
    sizes
}

#[tokio::test]
async fn nothing_stays_of_what_was_refused_cut_deleted_or_kept_long_enough() {
    let mut stack = Stack::prepare(Settings {
        reps: 2,
        ..Settings::named("recordings")
    });
    stack.run();
    let rep = Rep::started(&stack).await;
    refused_uploads(&rep).await;
    // A client that goes away half-way, before and after what it sent can be told apart.
    for sent in [100, 9_000, 900_000] {
        assert_eq!(
            status_of(&rep, 1_196_000, wav(1_196_000)[..sent].to_vec(), true).await,
            None
        );
    }
    let kept = recorded(&rep).await;
    let deleted = recorded(&rep).await;
    let path = format!("/api/voice/{}", deleted.id);
    assert_eq!(answer(rep.person.deletes(&path)).await.status, 204);
    assert_eq!(list(&rep).await, std::slice::from_ref(&kept));
    // What an upload left behind goes after the answer.
    tokio::time::sleep(Duration::from_millis(500)).await;
    stack.stop();
    assert_eq!(rows(&stack), [kept.id.to_string()]);
    assert_eq!(objects(&stack.data_dir()), [kept.size_bytes]);

    // Its company's retention is over, and cron comes round; twice is once.
    stack
        .database()
        .execute("UPDATE voice_recordings SET expires_at = 1", [])
        .unwrap();
    stack.run();
    for _ in 0..2 {
        let cron = format!("{}/cdn-cgi/handler/scheduled", stack.url());
        let outcome = reqwest::get(cron).await.unwrap();
        assert_eq!(outcome.status(), 200);
    }
    stack.stop();
    assert_eq!(rows(&stack), [""; 0]);
    assert_eq!(objects(&stack.data_dir()), [0; 0]);
}

/// The ids of all recordings the database knows of.
fn rows(stack: &Stack) -> Vec<String> {
    let database = stack.database();
    let mut query = database.prepare("SELECT id FROM voice_recordings").unwrap();
    let ids = query.query_map([], |row| row.get(0)).unwrap();
    ids.collect::<Result<_, _>>().unwrap()
}
