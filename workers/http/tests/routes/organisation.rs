//! What holds for every edit of people, teams, groups, companies and oneself.

use crate::world::{Call, Person, World};
use contract::problem::Code;
use serde_json::{Value, json};

pub const TROIKA: &str = "00000000-0000-0000-0000-000000000001";
pub const TEAM: &str = "00000000-0000-0000-0000-000000000201";
pub const GROUP: &str = "00000000-0000-0000-0000-000000000301";
pub const MISSING: &str = "0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00";

/// An edit of each kind of thing.
fn edits() -> [(String, Value); 5] {
    let manager = Person::Manager.id();
    let schedule = json!({"weekdays": ["monday"], "slotMinute": 900, "zone": "Asia/Kolkata"});
    [
        (
            format!("/api/users/{}", Person::Rep.id()),
            json!({"email": "rep@troika.test", "role": "sales_rep", "firstName": "Nila", "lastName": "Rao", "language": "hi"}),
        ),
        (
            format!("/api/teams/{TEAM}"),
            json!({"name": "West", "managerId": manager}),
        ),
        (
            format!("/api/groups/{GROUP}"),
            json!({"name": "Group A", "schedule": schedule, "isActive": true}),
        ),
        (
            format!("/api/companies/{TROIKA}"),
            json!({"name": "Troika", "settings": {"graceMinutes": 45}}),
        ),
        (
            "/api/profile".to_owned(),
            json!({"firstName": "Asha", "lastName": "Rao", "language": "en", "onLeaderboard": false, "mailReminders": true,
                   "mailDigest": true}),
        ),
    ]
}

#[tokio::test]
async fn an_edit_says_which_version_it_is_of() {
    for (path, body) in edits() {
        let world = World::new();
        let put = || Call::put(&path).json(body.clone());
        let asker = Person::SuperAdmin;
        let first = put().header("if-match", "\"1\"");
        let first = world.call_as(asker, first).await;
        let tag = first.header("etag");
        assert_eq!((first.status, tag), (200, "\"2\""), "{path}");
        assert_eq!(first.json::<Value>()["version"], 2);
        // Whoever edits the version before comes too late.
        let stale = put().header("if-match", "\"1\"");
        world.call_as(asker, stale).await.problem(Code::Changed);
        let bare = world.call_as(asker, put()).await;
        bare.problem(Code::IfMatchMissing);
    }
}
