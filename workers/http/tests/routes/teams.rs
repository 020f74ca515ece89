//! `/api/teams` and `/api/groups`: leading, membership, schedules.

use crate::organisation::{GROUP, TEAM};
use crate::world::{Answer, Call, Person, World};
use contract::groups::Group;
use contract::page::Page;
use contract::problem::Code;
use contract::teams::Team;
use serde_json::{Value, json};

async fn make_team(world: &World, asker: Person, name: &str, leader: Person) -> Answer {
    let body = json!({"name": name, "managerId": leader.id()});
    world.post_as(asker, "/api/teams", body).await
}

async fn add(world: &World, asker: Person, to: &str, who: &[Person]) -> Answer {
    let ids: Vec<_> = who.iter().map(|person| person.id()).collect();
    let path = format!("/api/{to}/members");
    world.post_as(asker, &path, json!({"userIds": ids})).await
}

fn schedule(weekdays: Value, slot_minute: u32, zone: &str) -> Value {
    json!({"weekdays": weekdays, "slotMinute": slot_minute, "zone": zone})
}

async fn make_group(world: &World, name: &str, schedule: Value) -> Answer {
    let body = json!({"teamId": TEAM, "name": name, "schedule": schedule});
    world.post_as(Person::Manager, "/api/groups", body).await
}

#[tokio::test]
async fn a_team_is_led_by_a_manager_of_the_company() {
    let world = World::new();
    for leader in [Person::Rep, Person::SagarManager] {
        let answer = make_team(&world, Person::Manager, "East", leader).await;
        assert_eq!(answer.problem(Code::Invalid).errors[0].field, "managerId");
    }
    let made = make_team(&world, Person::Manager, " East ", Person::OtherManager).await;
    let team: Team = made.json();
    assert_eq!(
        (made.status, team.name.as_str(), team.members),
        (201, "East", 0)
    );
    assert_eq!(made.header("location"), format!("/api/teams/{}", team.id));
    let taken = make_team(&world, Person::Manager, "EAST", Person::Manager).await;
    assert_eq!(taken.problem(Code::Exists).errors[0].field, "name");
    let page: Page<Team> = world
        .get_as(Person::Manager, "/api/teams?limit=1")
        .await
        .json();
    assert_eq!(page.items[0].name, "East");
    let next = format!("/api/teams?limit=1&cursor={}", page.next_cursor.unwrap());
    let page: Page<Team> = world.get_as(Person::Manager, &next).await.json();
    assert_eq!(
        (page.items[0].name.as_str(), page.next_cursor),
        ("Team", None)
    );
}

#[tokio::test]
async fn a_team_is_handed_over_and_taken_over_only_from_who_was_put_out() {
    let world = World::new();
    let path = format!("/api/teams/{TEAM}");
    let hand = |asker: Person, version: u32, leader: Person| {
        let world = world.clone();
        let body = json!({"name": "Team", "managerId": leader.id()});
        let call = Call::put(&path)
            .header("if-match", &format!("\"{version}\""))
            .json(body);
        async move { world.call_as(asker, call).await }
    };
    hand(Person::OtherManager, 1, Person::OtherManager)
        .await
        .problem(Code::Forbidden);
    hand(Person::Manager, 1, Person::Rep)
        .await
        .problem(Code::Invalid);
    assert_eq!(
        hand(Person::Manager, 1, Person::OtherManager).await.status,
        200
    );
    hand(Person::Manager, 2, Person::Manager)
        .await
        .problem(Code::Forbidden);
    let out = format!(
        "UPDATE users SET is_active = 0 WHERE id = '{}'",
        Person::OtherManager.id()
    );
    world.db.script(&out).unwrap();
    assert_eq!(hand(Person::Manager, 2, Person::Manager).await.status, 200);
}

#[tokio::test]
async fn a_rep_is_in_one_team() {
    let world = World::new();
    let made = make_team(&world, Person::Manager, "East", Person::Manager).await;
    let east = format!("teams/{}", made.json::<Team>().id);
    let own = format!("teams/{TEAM}");
    let elsewhere = add(&world, Person::Manager, &east, &[Person::Rep]).await;
    assert_eq!(
        elsewhere.problem(Code::Exists).errors[0].field,
        "userIds[0]"
    );
    for nobody in [Person::Manager, Person::SagarRep, Person::SuperAdmin] {
        let answer = add(&world, Person::Manager, &east, &[Person::Rep, nobody]).await;
        assert_eq!(answer.problem(Code::Invalid).errors[1].field, "userIds[1]");
    }
    let none = world
        .post_as(
            Person::Manager,
            &format!("/api/{own}/members"),
            json!({"userIds": []}),
        )
        .await;
    assert_eq!(none.problem(Code::Invalid).errors[0].field, "userIds");
    // Out of one, into the other; twice is once.
    let leave = format!("/api/{own}/members/{}", Person::Rep.id());
    assert_eq!(
        world
            .call_as(Person::Manager, Call::delete(&leave))
            .await
            .status,
        204
    );
    world
        .call_as(Person::Manager, Call::delete(&leave))
        .await
        .problem(Code::NotFound);
    for _ in 0..2 {
        let team: Team = add(&world, Person::Manager, &east, &[Person::Rep, Person::Rep])
            .await
            .json();
        assert_eq!(team.members, 1);
    }
    // Leaving the team left the group.
    let group: Group = world
        .get_as(Person::Manager, &format!("/api/groups/{GROUP}"))
        .await
        .json();
    assert_eq!(group.members, 1);
}

#[tokio::test]
async fn an_empty_team_goes_with_its_groups() {
    let world = World::new();
    let path = format!("/api/teams/{TEAM}");
    let answer = world.call_as(Person::Manager, Call::delete(&path)).await;
    answer.problem(Code::InUse);
    for rep in [Person::Rep, Person::OtherRep] {
        let leave = format!("{path}/members/{}", rep.id());
        world.call_as(Person::Manager, Call::delete(&leave)).await;
    }
    assert_eq!(
        world
            .call_as(Person::Manager, Call::delete(&path))
            .await
            .status,
        204
    );
    let group = world
        .get_as(Person::Manager, &format!("/api/groups/{GROUP}"))
        .await;
    group.problem(Code::NotFound);
}

#[tokio::test]
async fn a_group_has_weekdays_a_minute_and_a_zone() {
    let world = World::new();
    let weekdays = json!(["friday", "monday"]);
    let made = make_group(
        &world,
        "Group B",
        schedule(weekdays.clone(), 900, "Asia/Calcutta"),
    )
    .await;
    assert_eq!(made.status, 201);
    let body: Value = made.json();
    assert_eq!(body["schedule"]["weekdays"], json!(["monday", "friday"]));
    assert_eq!(
        (&body["schedule"]["slotMinute"], &body["team"]["id"]),
        (&json!(900), &json!(TEAM))
    );
    for (bad, code, field) in [
        (
            schedule(weekdays.clone(), 1_440, "UTC"),
            Code::Invalid,
            "schedule.slotMinute",
        ),
        (
            schedule(weekdays.clone(), 660, "India"),
            Code::Invalid,
            "schedule.zone",
        ),
        (
            schedule(json!([]), 660, "UTC"),
            Code::BadJson,
            "schedule.weekdays",
        ),
        (
            schedule(json!([1]), 660, "UTC"),
            Code::BadJson,
            "schedule.weekdays[0]",
        ),
    ] {
        let problem = make_group(&world, "Group C", bad).await.problem(code);
        assert_eq!(
            problem.errors.first().map(|error| error.field.as_str()),
            Some(field),
            "{problem:?}"
        );
    }
    let taken = make_group(&world, "group b", schedule(weekdays, 900, "UTC")).await;
    assert_eq!(taken.problem(Code::Exists).errors[0].field, "name");
    let page: Page<Group> = world
        .get_as(Person::Manager, &format!("/api/groups/team/{TEAM}?limit=1"))
        .await
        .json();
    let next = format!(
        "/api/groups?limit=1&teamId={TEAM}&cursor={}",
        page.next_cursor.unwrap()
    );
    let page: Page<Group> = world.get_as(Person::Manager, &next).await.json();
    assert_eq!(
        (page.items[0].name.as_str(), page.next_cursor),
        ("Group B", None)
    );
}

#[tokio::test]
async fn a_rep_moves_between_the_groups_of_the_team() {
    let world = World::new();
    let made = make_group(&world, "Group B", schedule(json!(["monday"]), 900, "UTC")).await;
    let other = format!("groups/{}", made.json::<Group>().id);
    let moved: Group = add(&world, Person::Manager, &other, &[Person::Rep])
        .await
        .json();
    assert_eq!(moved.members, 1);
    let before: Group = world
        .get_as(Person::Manager, &format!("/api/groups/{GROUP}"))
        .await
        .json();
    assert_eq!(before.members, 1);
    world
        .db
        .script(&format!(
            "DELETE FROM team_members WHERE user_id = '{}'",
            Person::OtherRep.id()
        ))
        .unwrap();
    let outside = add(&world, Person::Manager, &other, &[Person::OtherRep]).await;
    assert_eq!(outside.problem(Code::Invalid).errors[0].field, "userIds[0]");
}

#[tokio::test]
async fn the_log_tells_another_schedule_from_another_name() {
    let world = World::new();
    let path = format!("/api/groups/{GROUP}");
    let read: Value = world.get_as(Person::Manager, &path).await.json();
    for (version, name, minute) in [(1, "Early", 660), (2, "Early", 900)] {
        let mut schedule = read["schedule"].clone();
        schedule["slotMinute"] = json!(minute);
        let body = json!({"name": name, "schedule": schedule, "isActive": true});
        let call = Call::put(&path)
            .header("if-match", &format!("\"{version}\""))
            .json(body);
        assert_eq!(world.call_as(Person::Manager, call).await.status, 200);
        world.pass(1);
    }
    let log: Value = world.get_as(Person::Manager, "/api/audit").await.json();
    let entry = |place: usize| log["items"][place]["action"].as_str().unwrap().to_owned();
    assert_eq!(
        (entry(0).as_str(), entry(1).as_str()),
        ("group.rescheduled", "group.changed")
    );
}
