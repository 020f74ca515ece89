//! Scenario and sessions.

use super::{Answer, Call, DAY, HOUR, MINUTE, Person, World};
use captain_http::live::LiveAddress;
use domain::ids::SessionId;
use domain::slot::Window;
use serde_json::json;
use store::sqlite::Sqlite;
use uuid::Uuid;

#[path = "../../../../domain/tests/fixture/mod.rs"]
pub mod fixture;

/// How many customers the day of these tests has.
pub const DRILLS: usize = 2;

const SCENARIO: Uuid = Uuid::from_u128(0x400);
const VERSION: Uuid = Uuid::from_u128(0x401);

/// Writes one stock scenario and the stock's tone.
pub fn write_scenario(db: &Sqlite) {
    let frozen = fixture::frozen(DRILLS);
    let text = serde_json::to_string(&frozen.text).unwrap();
    let tone = serde_json::to_string(&frozen.guidelines).unwrap();
    db.script(&format!(
        "INSERT INTO scenarios (id, day, category, created_at, updated_at) VALUES ('{SCENARIO}', 1, 'objection_handling', 0, 0);
         INSERT INTO scenario_versions (id, scenario_id, number, theme, description, text, created_at, published_at)
         VALUES ('{VERSION}', '{SCENARIO}', 1, 'Small pack', 'A start', '{text}', 0, 0);
         UPDATE scenarios SET published_version_id = '{VERSION}';
         INSERT INTO tone_guidelines (id, number, text, created_at, published_at) VALUES ('{SCENARIO}', 1, '{tone}', 0, 0);"
    ))
    .unwrap();
}

/// Where a session's slot lies, seen from now.
#[derive(Debug, Clone, Copy)]
pub enum Days {
    /// Its window opens in an hour.
    Soon,
    /// Its slot is now.
    Open,
    /// Its slot was half an hour ago.
    Late,
    /// Its window closed.
    Over,
    /// The slot of tomorrow.
    Tomorrow,
}

impl World {
    /// Schedules a session. Its id tells whose it is.
    pub fn schedule(&self, rep: Person, slot: Days) -> SessionId {
        let now = self.now();
        let slot_at = match slot {
            Days::Soon => now + HOUR + 10 * MINUTE,
            Days::Open => now,
            Days::Late => now - 30 * MINUTE,
            Days::Over => now - 2 * HOUR,
            Days::Tomorrow => now + DAY,
        };
        let window = Window::around(slot_at, 60);
        let id = Uuid::from_u128(u128::from(slot_at) << 16 | rep.id().0.as_u128());
        let (opens, closes) = (window.opens_at, window.closes_at);
        self.db
            .script(&format!(
                "INSERT INTO sessions (id, company_id, user_id, scenario_id, day, status, slot_at, opens_at, closes_at,
                                       utc_offset_minutes, created_at, updated_at)
                 VALUES ('{id}', '{}', '{}', '{SCENARIO}', 1, 'scheduled', {slot_at}, {opens}, {closes}, 330, 0, 0);",
                rep.company(),
                rep.id(),
            ))
            .unwrap();
        SessionId(id)
    }
}

/// Going through sessions as their rep.
impl World {
    pub async fn try_start(&self, token: &str, id: SessionId) -> Answer {
        let body = json!({"sessionId": id});
        self.call(Call::post("/api/chat/start").bearer(token).json(body))
            .await
    }

    pub async fn start(&self, rep: Person, id: SessionId) {
        let token = self.token(rep).await;
        assert_eq!(self.try_start(&token, id).await.status, 200);
    }

    /// Sends an answer or a repeat, and waits for the coach.
    pub async fn send(&self, token: &str, id: SessionId, request: &str, content: &str) {
        let body = json!({"requestId": request, "content": content, "advance": false});
        let path = format!("/api/chat/{id}/message");
        let answer = self.call(Call::post(&path).bearer(token).json(body)).await;
        assert!(answer.frames().last().unwrap().1.is_terminal());
    }

    /// Starts, unless it runs already, and goes through all drills.
    pub async fn practise_all_but_the_end(&self, rep: Person, id: SessionId) {
        let token = self.token(rep).await;
        self.try_start(&token, id).await;
        for drill in 0..DRILLS {
            if drill > 0 {
                let body = json!({"requestId": format!("next-{drill}")});
                let path = format!("/api/chat/{id}/next");
                self.call(Call::post(&path).bearer(&token).json(body))
                    .await
                    .frames();
            }
            let first = format!("First {drill}");
            self.send(&token, id, &format!("first-{drill}"), &first)
                .await;
            self.pass(30_000);
            let again = format!("Again {drill}");
            self.send(&token, id, &format!("again-{drill}"), &again)
                .await;
        }
    }

    /// To the end, which only the object knows of.
    pub async fn practise_all(&self, rep: Person, id: SessionId) {
        self.practise_all_but_the_end(rep, id).await;
        let token = self.token(rep).await;
        let path = format!("/api/chat/{id}/end");
        assert_eq!(
            self.call(Call::post(&path).bearer(&token)).await.status,
            200
        );
    }

    /// The object hands the completed session over.
    pub async fn settle(&self, rep: Person, id: SessionId) {
        let at = LiveAddress {
            company: rep.company(),
            session: id,
        };
        self.objects.settle(at, &self.db).await;
    }

    pub async fn complete(&self, rep: Person, id: SessionId) {
        self.practise_all(rep, id).await;
        self.settle(rep, id).await;
    }
}
