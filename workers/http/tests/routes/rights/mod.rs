//! Who gets what: `access.md`, walked.

mod sent;
mod table;
mod things;
mod walk;

use crate::world::{Answer, Call, Days, Person, World};
use axum::http::Method;
use captain_http::Access;
use std::collections::BTreeSet;
use table::{ASKERS, Place, Row, TABLE, Target};
use things::{PRACTISED, SESSIONS, mark};
use walk::{Cell, Ground, Logged, THINGS, WALK, on_all_cores};

/// Fails with all faults at once.
#[track_caller]
fn assert_none(faults: Vec<String>) {
    let all = faults.join("\n");
    assert!(faults.is_empty(), "{} faults:\n{all}", faults.len());
}

#[test]
fn every_call_is_written_down_and_nothing_else() {
    let written: BTreeSet<&str> = TABLE.iter().map(|row| row.call.as_str()).collect();
    let routes = captain_http::table::<World>();
    let routes: BTreeSet<String> = routes
        .iter()
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let routes: BTreeSet<&str> = routes.iter().map(String::as_str).collect();
    let missing = routes.difference(&written);
    let faults = missing.map(|call| format!("{call} is in no line of access.md"));
    let unknown = written.difference(&routes);
    let unknown = unknown.map(|call| format!("{call} is no call of the API"));
    assert_none(faults.chain(unknown).collect());

    let mut lines = BTreeSet::new();
    let twice = TABLE
        .iter()
        .filter(|row| !lines.insert((&row.call, &row.of)));
    assert_none(
        twice
            .map(|row| format!("{} | {} stands there twice", row.call, row.of))
            .collect(),
    );
}

#[test]
fn everybody_gets_what_is_written() {
    let faults = WALK.iter().filter_map(|cell| {
        let (found, expected) = (cell.answer.status, expected(cell));
        let (name, text) = (cell.name(), cell.text());
        let told: String = text.chars().filter(|c| !c.is_control()).take(300).collect();
        (found != expected).then(|| format!("{name}: {found} instead of {expected}: {told}"))
    });
    assert_none(faults.collect());
}

fn expected(cell: &Cell) -> u16 {
    cell.row.expected(cell.asker, cell.target)
}

/// The cell of the same asker and call that names what nobody has.
fn missing(cell: &Cell) -> Option<&'static Cell> {
    WALK.iter().find(|other| {
        std::ptr::eq(other.row, cell.row)
            && other.asker == cell.asker
            && other.target == Target::Missing
    })
}

/// Whether the target is of a company that the asker is not in.
fn is_foreign(cell: &Cell) -> bool {
    let sagars = cell.target == Target::OtherCompany;
    match cell.asker {
        Some(asker) => sagars != (asker.company() == Person::SagarRep.company()),
        None => false,
    }
}

/// All that an answer says, but for the id of the request.
fn said(cell: &Cell) -> (u16, String, Vec<String>) {
    let mut headers: Vec<String> = cell
        .answer
        .headers
        .iter()
        .filter(|(name, _)| !["x-request-id", "server-timing"].contains(&name.as_str()))
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    headers.sort();
    let id = cell.answer.header("x-request-id");
    let text = cell.text().replace(id, "the request");
    (cell.answer.status, text, headers)
}

/// What somebody may not see, and what is another company's, reads in every word as what is not there. A role that may not
/// make a call is told so in the same words, whatever the call names. Only of people whom they see are they told what is
/// wrong with them.
#[test]
fn what_is_not_theirs_reads_as_missing() {
    let mut faults = Vec::new();
    let mut compared = 0;
    for cell in WALK.iter().filter(|cell| cell.target != Target::Missing) {
        let Some(missing) = missing(cell) else {
            continue;
        };
        let same = expected(cell) == expected(missing);
        if same && ([401, 403, 404].contains(&expected(cell)) || is_foreign(cell)) {
            compared += 1;
            let (found, missing) = (said(cell), said(missing));
            if found != missing {
                faults.push(format!("{}:\n  {found:?}\n  {missing:?}", cell.name()));
            }
        }
    }
    assert!(compared > 1_000, "{compared}");
    assert_none(faults);
}

/// No list, page, export or stream holds the id of anything of another company, to a rep of another team, or of a session that
/// the asker may not see.
#[test]
fn no_answer_tells_of_what_is_not_theirs() {
    let sessions = Row::of("GET /api/sessions/{id}", "waiting session");
    let mut faults = Vec::new();
    for cell in WALK.iter().filter(|cell| cell.done()) {
        let Some(asker) = cell.asker else {
            continue;
        };
        let theirs: &[Target] = match asker {
            Person::SuperAdmin => continue,
            Person::SagarManager => &[Target::OtherCompany],
            Person::Rep | Person::OtherRep => &[Target::Own],
            _ => &[Target::Own, Target::OtherTeam],
        };
        let text = cell.text();
        for target in [Target::Own, Target::OtherTeam, Target::OtherCompany] {
            for (thing, id) in THINGS.ids_of(target) {
                // The stock is everybody's; a token is its own proof.
                let is_stock = thing == "scenario" && target == Target::OtherTeam;
                let is_theirs = if SESSIONS.contains(&thing) || thing == "recording" {
                    sessions.expected(cell.asker, target) == 200
                } else {
                    theirs.contains(&target)
                };
                let is_public = cell.row.expected(None, cell.target) != 401;
                if !is_stock && !is_theirs && !is_public && text.contains(id) {
                    faults.push(format!("{} tells of a {thing} of {target:?}", cell.name()));
                }
            }
        }
    }
    assert_none(faults);
}

/// A rep never reads an ideal answer, the coach's notes or what the levels stand for, before they answered the drill.
#[test]
fn no_rep_reads_what_gives_an_answer_away() {
    let reps = [Some(Person::Rep), Some(Person::OtherRep)];
    let mut faults = Vec::new();
    for cell in WALK.iter().filter(|cell| reps.contains(&cell.asker)) {
        let text = cell.text();
        for of in ["Own", "OtherTeam", "OtherCompany", PRACTISED] {
            for drill in ["drill_0", "drill_1"] {
                if !is_answered(cell, of, drill) && text.contains(&mark(of, drill)) {
                    faults.push(format!("{}: {}", cell.name(), mark(of, drill)));
                }
            }
        }
    }
    assert_none(faults);
    // The marks are where they should be.
    let whole = WALK.iter().find(|cell| {
        cell.row.call == "GET /api/scenarios/{id}" && cell.asker == Some(Person::Manager)
    });
    let whole = whole.unwrap().text();
    for secret in ["ideal", "note", "mistake", "level 3", "advice", "example"] {
        let secret = format!("{} {secret}", mark("Own", "drill_1"));
        assert!(whole.contains(&secret), "{secret}");
    }
}

/// Whether a call answers a drill, or is about a session in which it was answered.
fn is_answered(cell: &Cell, of: &str, drill: &str) -> bool {
    match (cell.row.call.as_str(), cell.row.thing()) {
        (
            "POST /api/ai/evaluate-response"
            | "POST /api/ai/provide-correction"
            | "POST /api/ai/corrections/stream",
            _,
        ) => of == format!("{:?}", cell.target) && drill == "drill_0",
        (_, "completed session" | "practised session") => of == PRACTISED,
        _ => false,
    }
}

/// What a call says of a session holds in each of its states: a refusal never turns into anything else.
#[test]
fn a_refusal_does_not_depend_on_the_session() {
    let faults = on_all_cores(&TABLE, |row| async move {
        let mut faults = Vec::new();
        if !SESSIONS.contains(&row.thing()) {
            return faults;
        }
        let mut ground = Ground::of(&THINGS);
        for state in SESSIONS {
            for asker in ASKERS {
                let id = THINGS.id(state, Target::Own);
                let answer = ground.ask_naming(row, asker, Target::Own, id).await;
                let (found, written) = (answer.status, row.expected(asker, Target::Own));
                let refused = |status| [401, 403, 404].contains(&status);
                let holds = match refused(written) {
                    true => found == written,
                    false => !refused(found),
                };
                if !holds {
                    let call = &row.call;
                    faults.push(format!("{call} of a {state}, {asker:?}: {found}"));
                }
            }
        }
        faults
    });
    assert_none(faults);
}

/// What is no id at all names nothing either, and no session's object is asked about it.
#[test]
fn what_is_no_id_names_nothing() {
    let faults = on_all_cores(&TABLE, |row| async move {
        let mut faults = Vec::new();
        let in_path = row
            .named
            .as_ref()
            .is_some_and(|named| matches!(named.place, Place::Path | Place::SecondInPath));
        if !in_path {
            return faults;
        }
        let mut ground = Ground::of(&THINGS);
        let asked = ground.asked();
        for asker in ASKERS {
            let expected = row.expected(asker, Target::Missing);
            for text in ["12", "today2", "%FF", "..%2f.."] {
                let answer = ground.ask_naming(row, asker, Target::Missing, text).await;
                let found = answer.status;
                // Who may not change the team is told so when the rest of the path makes sense.
                if found != expected && (found, expected) != (404, 403) {
                    let call = &row.call;
                    faults.push(format!("{call} of {text}, {asker:?}: {found}"));
                }
            }
        }
        if ground.asked() != asked {
            faults.push(format!("{} asks an object", row.call));
        }
        faults
    });
    assert_none(faults);
}

/// Whoever is put out is out of every call with the token that was good a moment before.
#[test]
fn whoever_is_put_out_is_out_at_once() {
    let faults = on_all_cores(&ASKERS, |asker| async move {
        let Some(asker) = *asker else {
            return Vec::new();
        };
        let world = THINGS.world.copy();
        let token = world.token(asker).await;
        world.put_out(asker).await;
        let api = captain_http::router(world.clone());
        let mut faults = Vec::new();
        for route in captain_http::table::<World>() {
            if route.access == Access::Public {
                continue;
            }
            let call = Call::new(route.method.clone(), route.path).bearer(&token);
            let status = Answer::of(api.clone(), call).await.status;
            if status != 401 {
                let (method, path) = (route.method, route.path);
                faults.push(format!("{method} {path} by {asker:?}: {status}"));
            }
        }
        faults
    });
    assert_none(faults);
}

impl World {
    /// Deactivates somebody; a super admin, whom nobody above could, by hand.
    async fn put_out(&self, person: Person) {
        let id = person.id();
        if person == Person::SuperAdmin {
            let sql = format!("UPDATE users SET is_active = 0 WHERE id = '{id}'");
            return self.db.script(&sql).unwrap();
        }
        let path = format!("/api/users/{id}/activate");
        let call = Call::new(Method::PATCH, &path).json(serde_json::json!({"active": false}));
        assert_eq!(self.call_as(Person::SuperAdmin, call).await.status, 200);
    }
}

/// A done call leaves the one entry that is written, of who did it and to what; everything else leaves none.
#[test]
fn every_change_is_in_the_log_once() {
    let faults = WALK.iter().filter_map(|cell| {
        let action = cell.row.log.as_ref().filter(|_| cell.done());
        let faultless = match (action, cell.logged.as_slice()) {
            (None, []) => true,
            (Some(action), [entry]) => {
                entry.action == *action && is_by(entry, cell) && is_about(entry, cell)
            }
            _ => false,
        };
        let told = || format!("{}: {action:?}, and found {:?}", cell.name(), cell.logged);
        (!faultless).then(told)
    });
    assert_none(faults.collect());
}

/// Whoever comes in by a token has no name before.
fn is_by(entry: &Logged, cell: &Cell) -> bool {
    let by_token = cell.row.expected(None, cell.target) != 401;
    let asker = cell.asker.map(|asker| asker.id().to_string());
    entry.actor.is_some() && (by_token || entry.actor == asker)
}

/// The thing that was made, or is named, or whoever did it.
fn is_about(entry: &Logged, cell: &Cell) -> bool {
    let made = cell.answer.header("location").rsplit('/').next();
    let named = sent::thing_in_path(&THINGS, cell.row, cell.asker, cell.target);
    let asker = cell.asker.map(|asker| asker.id().to_string());
    let subject = Some(entry.subject.as_str());
    // What they make has no address of its own.
    let of_session = ["overrides", "regrade"]
        .iter()
        .any(|last| cell.row.path.ends_with(last));
    match cell.row.call.as_str() {
        // They have no id on the wire.
        "PUT /api/tone-guidelines" => true,
        call if call.starts_with("POST /api/auth/") || call == "POST /api/unsubscribe" => {
            entry.actor == Some(entry.subject.clone())
        }
        _ if cell.answer.status == 201 && !of_session => subject == made,
        call if call.contains("/api/profile") => subject == asker.as_deref(),
        _ => subject == named.as_deref(),
    }
}

#[tokio::test]
async fn a_manager_sees_a_running_session_in_the_reps_name() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    world.start(Person::Rep, id).await;
    let path = format!("/api/chat/{id}/history");
    let seen = world.get_as(Person::Manager, &path).await;
    let own = world.get_as(Person::Rep, &path).await;
    assert_eq!((seen.status, &seen.body), (200, &own.body));
}

#[tokio::test]
async fn a_rep_who_left_the_team_left_the_managers_sight() {
    let world = World::new();
    let id = world.schedule(Person::Rep, Days::Open);
    let path = format!("/api/sessions/{id}");
    assert_eq!(world.get_as(Person::Manager, &path).await.status, 200);
    let rep = Person::Rep.id();
    world
        .db
        .script(&format!("DELETE FROM team_members WHERE user_id = '{rep}'"))
        .unwrap();
    assert_eq!(world.get_as(Person::Manager, &path).await.status, 404);
}
