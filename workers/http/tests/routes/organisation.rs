//! People, teams, groups and companies: who may make which call on whose things.

use crate::world::{Call, Person, World};
use axum::http::Method;
use serde_json::{Value, json};

pub const TROIKA: &str = "00000000-0000-0000-0000-000000000001";
pub const TEAM: &str = "00000000-0000-0000-0000-000000000201";
pub const GROUP: &str = "00000000-0000-0000-0000-000000000301";
pub const MISSING: &str = "0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00";

const ASKERS: [Option<Person>; 8] = [
    None,
    Some(Person::SuperAdmin),
    Some(Person::Manager),
    Some(Person::OtherManager),
    Some(Person::Rep),
    Some(Person::OtherRep),
    Some(Person::SagarManager),
    Some(Person::SagarRep),
];

/// The answers to each asker, in the order of `ASKERS`. `TROIKA`, `TEAM` (led by Manager), `GROUP` and `REP` (in both) stand
/// for ids; every edit carries the right `If-Match`.
const TABLE: &[(&str, &str, [u16; 8])] = &[
    (
        "GET",
        "/api/users",
        [401, 200, 200, 200, 403, 403, 200, 403],
    ),
    (
        "GET",
        "/api/users?companyId=TROIKA",
        [401, 200, 200, 200, 403, 403, 404, 403],
    ),
    (
        "POST",
        "/api/users?companyId=TROIKA",
        [401, 201, 201, 201, 403, 403, 404, 403],
    ),
    (
        "GET",
        "/api/users/REP",
        [401, 200, 200, 200, 200, 404, 404, 404],
    ),
    (
        "PUT",
        "/api/users/REP",
        [401, 200, 200, 200, 403, 403, 404, 403],
    ),
    (
        "DELETE",
        "/api/users/REP",
        [401, 204, 204, 204, 403, 403, 404, 403],
    ),
    (
        "PATCH",
        "/api/users/REP/activate",
        [401, 200, 200, 200, 403, 403, 404, 403],
    ),
    (
        "GET",
        "/api/users/team/TEAM",
        [401, 200, 200, 200, 403, 403, 404, 403],
    ),
    (
        "GET",
        "/api/teams",
        [401, 200, 200, 200, 403, 403, 200, 403],
    ),
    (
        "GET",
        "/api/teams?companyId=TROIKA",
        [401, 200, 200, 200, 403, 403, 404, 403],
    ),
    (
        "POST",
        "/api/teams?companyId=TROIKA",
        [401, 201, 201, 201, 403, 403, 404, 403],
    ),
    (
        "GET",
        "/api/teams/TEAM",
        [401, 200, 200, 200, 403, 403, 404, 403],
    ),
    (
        "PUT",
        "/api/teams/TEAM",
        [401, 200, 200, 403, 403, 403, 404, 403],
    ),
    // Reps are in it.
    (
        "DELETE",
        "/api/teams/TEAM",
        [401, 409, 409, 403, 403, 403, 404, 403],
    ),
    (
        "POST",
        "/api/teams/TEAM/members",
        [401, 200, 200, 403, 403, 403, 404, 403],
    ),
    (
        "DELETE",
        "/api/teams/TEAM/members/REP",
        [401, 204, 204, 403, 403, 403, 404, 403],
    ),
    (
        "GET",
        "/api/groups",
        [401, 200, 200, 200, 403, 403, 200, 403],
    ),
    (
        "GET",
        "/api/groups?companyId=TROIKA",
        [401, 200, 200, 200, 403, 403, 404, 403],
    ),
    (
        "POST",
        "/api/groups",
        [401, 201, 201, 403, 403, 403, 404, 403],
    ),
    (
        "GET",
        "/api/groups/team/TEAM",
        [401, 200, 200, 200, 403, 403, 404, 403],
    ),
    (
        "GET",
        "/api/groups/GROUP",
        [401, 200, 200, 200, 403, 403, 404, 403],
    ),
    (
        "PUT",
        "/api/groups/GROUP",
        [401, 200, 200, 403, 403, 403, 404, 403],
    ),
    (
        "DELETE",
        "/api/groups/GROUP",
        [401, 204, 204, 403, 403, 403, 404, 403],
    ),
    (
        "POST",
        "/api/groups/GROUP/members",
        [401, 200, 200, 403, 403, 403, 404, 403],
    ),
    (
        "DELETE",
        "/api/groups/GROUP/members/REP",
        [401, 204, 204, 403, 403, 403, 404, 403],
    ),
    (
        "GET",
        "/api/companies",
        [401, 200, 403, 403, 403, 403, 403, 403],
    ),
    (
        "POST",
        "/api/companies",
        [401, 201, 403, 403, 403, 403, 403, 403],
    ),
    (
        "GET",
        "/api/companies/TROIKA",
        [401, 200, 200, 200, 403, 403, 404, 403],
    ),
    (
        "PUT",
        "/api/companies/TROIKA",
        [401, 200, 200, 200, 403, 403, 404, 403],
    ),
    // The super admin's own.
    (
        "DELETE",
        "/api/companies/TROIKA",
        [401, 409, 403, 403, 403, 403, 403, 403],
    ),
    (
        "GET",
        "/api/profile",
        [401, 200, 200, 200, 200, 200, 200, 200],
    ),
    (
        "PUT",
        "/api/profile",
        [401, 200, 200, 200, 200, 200, 200, 200],
    ),
    (
        "GET",
        "/api/profile/devices",
        [401, 200, 200, 200, 200, 200, 200, 200],
    ),
];

pub fn body_of(method: &str, path: &str) -> Option<Value> {
    let schedule = json!({"weekdays": ["monday"], "slotMinute": 900, "zone": "Asia/Kolkata"});
    let path = path.split('?').next().unwrap();
    let body = match (method, path) {
        ("POST", "/api/users") => {
            json!({"email": "new@troika.test", "role": "sales_rep", "firstName": "Nila", "lastName": "Rao"})
        }
        ("PUT", path) if path.starts_with("/api/users/") => {
            json!({"email": "rep@troika.test", "role": "sales_rep", "firstName": "Nila", "lastName": "Rao", "language": "hi"})
        }
        ("PATCH", _) => json!({"active": false}),
        ("POST", "/api/teams") => json!({"name": "East", "managerId": Person::Manager.id()}),
        ("PUT", path) if path.starts_with("/api/teams/") => {
            json!({"name": "West", "managerId": Person::Manager.id()})
        }
        ("POST", path) if path.ends_with("/members") => {
            json!({"userIds": [Person::OtherRep.id()]})
        }
        ("POST", "/api/groups") => {
            json!({"teamId": TEAM, "name": "Group B", "schedule": schedule})
        }
        ("PUT", path) if path.starts_with("/api/groups/") => {
            json!({"name": "Group A", "schedule": schedule, "isActive": true})
        }
        ("POST", "/api/companies") => json!({"name": "Ganga"}),
        ("PUT", path) if path.starts_with("/api/companies/") => {
            json!({"name": "Troika", "settings": {"graceMinutes": 45}})
        }
        ("PUT", "/api/profile") => {
            json!({"firstName": "Asha", "lastName": "Rao", "language": "en", "onLeaderboard": false, "mailReminders": true, "mailDigest": true})
        }
        _ => return None,
    };
    Some(body)
}

fn call(method: &str, path: &str) -> Call {
    let body = body_of(method, path);
    let path = path
        .replace("TROIKA", TROIKA)
        .replace("TEAM", TEAM)
        .replace("GROUP", GROUP)
        .replace("REP", &Person::Rep.id().to_string());
    let call = Call::new(Method::from_bytes(method.as_bytes()).unwrap(), &path);
    let call = call.header("if-match", "\"1\"");
    match body {
        Some(body) => call.json(body),
        None => call,
    }
}

async fn status(world: &World, asker: Option<Person>, method: &str, path: &str) -> u16 {
    let call = call(method, path);
    let answer = match asker {
        Some(asker) => world.call_as(asker, call).await,
        None => world.call(call).await,
    };
    answer.status
}

#[tokio::test]
async fn who_may_do_what() {
    // Whoever is refused changes nothing; who is not gets a world of their own.
    let refused = World::new();
    for (method, path, expected) in TABLE {
        for (asker, expected) in ASKERS.into_iter().zip(expected) {
            let world = match *expected {
                200..300 if *method != "GET" => World::new(),
                _ => refused.clone(),
            };
            let found = status(&world, asker, method, path).await;
            assert_eq!(found, *expected, "{asker:?} {method} {path}");
        }
    }
}

#[tokio::test]
async fn what_does_not_exist_does_not_exist_for_anyone() {
    let world = World::new();
    for (method, path, _) in TABLE {
        for id in [MISSING, "12", "%FF"] {
            let names = ["TROIKA", "TEAM", "GROUP", "REP"];
            let Some(name) = names.iter().find(|name| path.contains(*name)) else {
                continue;
            };
            let missing = path.replace(name, id);
            if missing.contains('?') && id != MISSING {
                // In a query, what is no id is a field to be mended.
                continue;
            }
            for asker in [Person::SuperAdmin, Person::Manager] {
                let found = status(&world, Some(asker), method, &missing).await;
                let only_admins = *method == "DELETE" && path.starts_with("/api/companies");
                let expected = if only_admins && asker == Person::Manager {
                    403
                } else {
                    404
                };
                assert_eq!(found, expected, "{asker:?} {method} {missing}");
            }
        }
    }
}

#[tokio::test]
async fn an_edit_says_which_version_it_is_of() {
    for (method, path, _) in TABLE {
        if *method != "PUT" {
            continue;
        }
        let world = World::new();
        let asker = Person::SuperAdmin;
        let first = world.call_as(asker, call(method, path)).await;
        assert_eq!(
            (first.status, first.header("etag")),
            (200, "\"2\""),
            "{path}"
        );
        assert_eq!(first.json::<Value>()["version"], 2);
        // Whoever edits the version before comes too late.
        let stale = world.call_as(asker, call(method, path)).await;
        stale.problem(contract::problem::Code::Changed);
        let path = path
            .replace("TROIKA", TROIKA)
            .replace("TEAM", TEAM)
            .replace("GROUP", GROUP);
        let path = path.replace("REP", &Person::Rep.id().to_string());
        let bare = Call::put(&path).json(body_of("PUT", &path).unwrap());
        let bare = world.call_as(asker, bare).await;
        bare.problem(contract::problem::Code::IfMatchMissing);
    }
}

#[tokio::test]
async fn every_change_is_in_the_log_and_a_refused_one_is_not() {
    for (method, path, expected) in TABLE {
        let world = World::new();
        let count = |world: &World| {
            let db = world.db.clone();
            async move {
                let sql = "SELECT count(*) AS n FROM audit_log";
                let row: Option<Value> = store::Db::first(&db, store::Statement::new(sql))
                    .await
                    .unwrap();
                row.unwrap()["n"].as_i64().unwrap()
            }
        };
        status(&world, Some(Person::SagarRep), method, path).await;
        let own = path.starts_with("/api/profile") && *method != "GET";
        assert_eq!(count(&world).await, i64::from(own), "{method} {path}");
        status(&world, Some(Person::SuperAdmin), method, path).await;
        // Who is in the team already does not join it.
        let changes = *method != "GET"
            && expected[1] < 300
            && *path != "/api/teams/TEAM/members"
            && *path != "/api/groups/GROUP/members";
        assert_eq!(
            count(&world).await,
            i64::from(changes) + i64::from(own),
            "{method} {path}"
        );
    }
}
