//! The programme runs itself: what cron plans, misses and clears away, however it is called.

use crate::world::{Call, DAY, Days, HOUR, MINUTE, NOW, Person, World};
use captain_http::upkeep::tick;
use contract::problem::Code;
use contract::session::SessionResult;
use serde_json::json;
use store::{Db, FromRow, Statement, demo, rollups};
use uuid::Uuid;

/// Saturday, 11:00 in India: the slot after [`NOW`], which is Friday's.
const SATURDAY: u64 = NOW + DAY;
/// Nobody practises on Sunday.
const MONDAY: u64 = NOW + 3 * DAY;

const TEAM: Uuid = Uuid::from_u128(0x201);
const GROUP: Uuid = Uuid::from_u128(0x301);

/// Sessions as they stand, but for what cron does not decide: ids and the moments of its own doings.
const STANDING: &str = "
    SELECT printf('%s %s day %d at %d-%d-%d %s late %d group %s team %s planned %d', s.user_id, s.date, s.day, s.opens_at,
        s.slot_at, s.closes_at, s.status, s.late, s.group_id, s.team_id, s.planned) AS line
    FROM sessions s ORDER BY s.user_id, s.slot_at";

/// Whose sessions stand where, in hours from [`NOW`].
const PLANS: &str = "
    SELECT printf('%s %d day %d %s', substr(user_id, -3), (slot_at - 1795152600000) / 3600000, day, status) AS line
    FROM sessions ORDER BY slot_at, user_id";

const ROLLUPS: &str = "
    SELECT line FROM (
        SELECT user_id || ' ' || completed || ' ' || missed || ' ' || streak AS line FROM rep_rollups
        UNION ALL SELECT user_id || ' ' || week || ' ' || completed || ' ' || missed FROM rep_week_rollups
        UNION ALL SELECT user_id || ' ' || scenario_id || ' ' || day || ' ' || missed FROM rep_scenario_rollups
        UNION ALL SELECT team_id || ' ' || date || ' ' || day || ' ' || missed FROM team_day_rollups
        UNION ALL SELECT company_id || ' ' || date || ' ' || day || ' ' || missed FROM company_day_rollups)
    ORDER BY line";

impl World {
    /// A world whose stock library has three days.
    fn of_three_days() -> Self {
        let world = Self::new();
        for day in [2, 3] {
            let (scenario, version) = (
                Uuid::from_u128(0x400 + day * 16),
                Uuid::from_u128(0x401 + day * 16),
            );
            world.run(&format!(
                "INSERT INTO scenarios (id, day, category, created_at, updated_at) VALUES ('{scenario}', {day}, 'closing', 0, 0);
                 INSERT INTO scenario_versions (id, scenario_id, number, theme, description, text, created_at, published_at)
                 SELECT '{version}', '{scenario}', 1, 'Day {day}', 'On', text, 0, 0 FROM scenario_versions LIMIT 1;
                 UPDATE scenarios SET published_version_id = '{version}' WHERE id = '{scenario}';"
            ));
        }
        world
    }

    fn run(&self, sql: &str) {
        self.db.script(sql).unwrap();
    }

    async fn lines(&self, sql: &'static str) -> Vec<String> {
        #[derive(FromRow)]
        struct Row {
            line: String,
        }
        let rows: Vec<Row> = self.db.all(Statement::new(sql)).await.unwrap();
        rows.into_iter().map(|row| row.line).collect()
    }

    async fn plans(&self) -> Vec<String> {
        self.lines(PLANS).await
    }

    /// What the programme has come to.
    async fn state(&self) -> Vec<String> {
        let mut state = self.lines(STANDING).await;
        state.extend(self.lines(ROLLUPS).await);
        state
    }

    /// A tick at the clock's moment.
    async fn tick(&self) {
        tick(self, self.now()).await;
        assert_eq!(self.take_faults(), []);
    }

    fn go_to(&self, at: u64) {
        self.pass(at - self.now());
    }

    /// Cron, every `step` ms until `until`.
    async fn run_until(&self, until: u64, step: u64) {
        while self.now() < until {
            self.tick().await;
            self.pass(step.min(until - self.now()));
        }
        self.tick().await;
    }
}

#[tokio::test]
async fn sessions_are_there_a_day_ahead() {
    let world = World::of_three_days();
    world.tick().await;
    // Friday's slot has come: who has no session for it gets the next one.
    let saturday = [
        "103 24 day 1 scheduled",
        "104 24 day 1 scheduled",
        "106 24 day 1 scheduled",
    ];
    assert_eq!(world.plans().await, saturday);
    let standing = world.lines(STANDING).await;
    let rep = Person::Rep.id();
    let first = format!(
        "{rep} 2026-11-21 day 1 at {}-{SATURDAY}-{} scheduled late 0 group {GROUP} team {TEAM} planned 1",
        SATURDAY - 10 * MINUTE,
        SATURDAY + HOUR,
    );
    assert_eq!(standing[0], first);
    // Monday's is planned 26 hours before it, with the day after the one that is still to be done.
    world.run_until(MONDAY - 26 * HOUR - MINUTE, HOUR).await;
    assert_eq!(world.plans().await.len(), 3);
    world.pass(MINUTE);
    world.tick().await;
    // Saturday was missed by then: its day comes again.
    let plans = world.plans().await;
    assert_eq!(plans[0], "103 24 day 1 missed");
    assert_eq!(
        plans[3..],
        [
            "103 72 day 1 scheduled",
            "104 72 day 1 scheduled",
            "106 72 day 1 scheduled"
        ]
    );
}

#[tokio::test]
async fn twice_late_out_of_order_and_at_once_are_the_same() {
    let until = NOW + 5 * DAY;
    let in_order = World::of_three_days();
    in_order.run_until(until, 30 * MINUTE).await;
    let state = in_order.state().await;
    assert!(
        state.iter().any(|line| line.contains("missed")),
        "{state:#?}"
    );
    assert!(state.iter().any(|line| line.contains("scheduled")));

    let twice = World::of_three_days();
    while twice.now() < until {
        twice.tick().await;
        twice.tick().await;
        twice.pass(30 * MINUTE);
    }
    twice.tick().await;
    assert_eq!(twice.state().await, state);

    let at_once = World::of_three_days();
    while at_once.now() < until {
        let now = at_once.now();
        futures::join!(
            tick(&at_once, now),
            tick(&at_once, now),
            tick(&at_once, now - HOUR)
        );
        at_once.pass(30 * MINUTE);
    }
    at_once.tick().await;
    assert_eq!(at_once.take_faults(), []);
    assert_eq!(at_once.state().await, state);

    // Cron stands still for hours; then its events come, the latest first.
    let late = World::of_three_days();
    while late.now() < until {
        late.pass(5 * HOUR);
        for minutes in [0, 60, 290, 30, 120] {
            tick(&late, late.now() - minutes * MINUTE).await;
        }
    }
    assert_eq!(late.take_faults(), []);
    assert_eq!(late.now(), until);
    assert_eq!(late.state().await, state);
}

#[tokio::test]
async fn a_completed_day_is_followed_by_the_next_one() {
    let world = World::of_three_days();
    world.tick().await;
    world.go_to(SATURDAY);
    world.tick().await;
    let id = first_session(&world, Person::Rep).await;
    world.complete(Person::Rep, id).await;
    world.go_to(MONDAY - 20 * HOUR);
    world.tick().await;
    assert_eq!(
        world.plans().await[3..],
        [
            "103 72 day 2 scheduled",
            "104 72 day 1 scheduled",
            "106 72 day 1 scheduled"
        ]
    );
}

async fn first_session(world: &World, rep: Person) -> domain::ids::SessionId {
    let path = format!("/api/sessions/user/{}", rep.id());
    let page: contract::page::Page<contract::session::ListedSession> =
        world.get_as(rep, &path).await.json();
    page.items.last().unwrap().session.id
}

#[tokio::test]
async fn what_was_missed_counts_as_a_recomputation_would() {
    let world = World::of_three_days();
    world.run_until(NOW + 4 * DAY, HOUR).await;
    let counted = world.lines(ROLLUPS).await;
    assert!(!counted.is_empty());
    world.db.batch(rollups::rebuild()).await.unwrap();
    assert_eq!(world.lines(ROLLUPS).await, counted);
}

#[tokio::test]
async fn a_session_is_missed_when_its_window_is_over_and_not_before() {
    let world = World::of_three_days();
    let waiting = world.schedule(Person::Rep, Days::Open);
    let running = world.schedule(Person::OtherRep, Days::Open);
    world.start(Person::OtherRep, running).await;
    world.pass(HOUR);
    world.tick().await;
    let status =
        "SELECT status AS line FROM sessions WHERE slot_at = 1795152600000 ORDER BY user_id";
    assert_eq!(world.lines(status).await, ["scheduled", "in_progress"]);
    world.pass(MINUTE);
    world.tick().await;
    assert_eq!(world.lines(status).await, ["missed", "in_progress"]);
    let token = world.token(Person::Rep).await;
    world
        .try_start(&token, waiting)
        .await
        .problem(Code::WindowClosed);
}

#[tokio::test]
async fn who_comes_and_goes() {
    let world = World::of_three_days();
    let rep = Person::Rep.id();
    world.run(&format!(
        "DELETE FROM group_members WHERE user_id = '{rep}'"
    ));
    world.tick().await;
    assert_eq!(
        world.plans().await,
        ["104 24 day 1 scheduled", "106 24 day 1 scheduled"]
    );
    // Joins later: the next slot.
    let members = format!("/api/groups/{GROUP}/members");
    let joined = world
        .post_as(Person::Manager, &members, json!({"userIds": [rep]}))
        .await;
    assert_eq!(joined.status, 200, "{joined:?}");
    world.tick().await;
    assert_eq!(world.plans().await[0], "103 24 day 1 scheduled");
    // Away on Saturday.
    world.run(&format!(
        "INSERT INTO leave_days (company_id, user_id, date, created_at) VALUES ('{}', '{rep}', '2026-11-21', 0)",
        Person::Rep.company()
    ));
    world.tick().await;
    assert_eq!(world.plans().await[0], "104 24 day 1 scheduled");
    world.run("DELETE FROM leave_days");
    world.tick().await;
    assert_eq!(world.plans().await[0], "103 24 day 1 scheduled");
    // Put out, and back.
    for (active, first) in [(0, "104 24 day 1 scheduled"), (1, "103 24 day 1 scheduled")] {
        world.run(&format!(
            "UPDATE users SET is_active = {active} WHERE id = '{rep}'"
        ));
        world.tick().await;
        assert_eq!(world.plans().await[0], first);
    }
    // Taken out of the group.
    let member = format!("{members}/{rep}");
    assert_eq!(
        world
            .call_as(Person::Manager, Call::delete(&member))
            .await
            .status,
        204
    );
    world.tick().await;
    assert_eq!(world.plans().await[0], "104 24 day 1 scheduled");
    // The group goes.
    let group = format!("/api/groups/{GROUP}");
    assert_eq!(
        world
            .call_as(Person::Manager, Call::delete(&group))
            .await
            .status,
        204
    );
    assert_eq!(world.plans().await, ["106 24 day 1 scheduled"]);
}

#[tokio::test]
async fn a_company_whose_plan_ended_gets_none() {
    let world = World::of_three_days();
    let ends = |at: &str| {
        world.run(&format!(
            "UPDATE companies SET plan_ends_at = {at} WHERE id = '{}'",
            Person::SagarRep.company()
        ));
    };
    ends(&(SATURDAY + 1).to_string());
    world.tick().await;
    assert_eq!(world.plans().await[2], "106 24 day 1 scheduled");
    ends(&SATURDAY.to_string());
    world.tick().await;
    assert_eq!(world.plans().await.len(), 2);
    ends(&NOW.to_string());
    world.tick().await;
    assert_eq!(world.plans().await.len(), 2);
    ends("NULL");
    world.tick().await;
    assert_eq!(world.plans().await.len(), 3);
    world.run("UPDATE companies SET is_active = 0");
    world.tick().await;
    assert_eq!(world.plans().await, [""; 0]);
}

#[tokio::test]
async fn another_schedule_moves_what_is_not_open() {
    let world = World::of_three_days();
    world.tick().await;
    let group = format!("/api/groups/{GROUP}");
    let put = |tag: u64, schedule: serde_json::Value| {
        let form = json!({"name": "Group A", "schedule": schedule, "isActive": true});
        let call = Call::put(&group)
            .header("if-match", &format!("\"{tag}\""))
            .json(form);
        let world = world.clone();
        async move { assert_eq!(world.call_as(Person::Manager, call).await.status, 200) }
    };
    // Saturday at 16:00 by London's clocks, which is 21:30 in India.
    put(
        1,
        json!({"weekdays": ["saturday"], "slotMinute": 960, "zone": "Europe/London"}),
    )
    .await;
    world.tick().await;
    let london = "SELECT substr(user_id, -3) || ' ' || slot_at || ' ' || utc_offset_minutes AS line FROM sessions ORDER BY 1";
    let four = SATURDAY + 10 * HOUR + 30 * MINUTE;
    assert_eq!(world.lines(london).await, [format!("106 {SATURDAY} 330")]);
    world.go_to(four - 26 * HOUR);
    world.tick().await;
    let moved = [
        format!("103 {four} 0"),
        format!("104 {four} 0"),
        format!("106 {SATURDAY} 330"),
    ];
    assert_eq!(world.lines(london).await, moved);

    // Once it may be started, another schedule comes too late for it, and the new one's slot has the day after.
    world.go_to(four - 10 * MINUTE);
    put(
        2,
        json!({"weekdays": ["saturday"], "slotMinute": 1020, "zone": "Europe/London"}),
    )
    .await;
    world.tick().await;
    let five = four + HOUR;
    let days =
        "SELECT substr(user_id, -3) || ' ' || slot_at || ' day ' || day AS line FROM sessions
                WHERE user_id LIKE '%103' ORDER BY slot_at";
    assert_eq!(
        world.lines(days).await,
        [format!("103 {four} day 1"), format!("103 {five} day 2")]
    );
}

#[tokio::test]
async fn what_a_manager_schedules_moves_or_takes_back_stands() {
    let world = World::of_three_days();
    // By hand at the group's own slot, another day.
    let by_hand =
        json!({"userId": Person::OtherRep.id(), "slotAt": SATURDAY, "practised": {"day": 3}});
    let made = world
        .post_as(Person::Manager, "/api/sessions", by_hand.clone())
        .await;
    assert_eq!(made.status, 201);
    world.tick().await;
    assert_eq!(
        world.plans().await[..2],
        ["103 24 day 1 scheduled", "104 24 day 3 scheduled"]
    );
    // The slot is taken for managers, too.
    let taken = json!({"userId": Person::Rep.id(), "slotAt": SATURDAY, "practised": {"day": 1}});
    world
        .post_as(Person::Manager, "/api/sessions", taken)
        .await
        .problem(Code::Exists);
    // Moved to the afternoon: no other one comes at its old slot.
    let id = first_session(&world, Person::Rep).await;
    let path = format!("/api/sessions/{id}");
    let call = Call::put(&path).header("if-match", "\"1\"");
    let moved = world
        .call_as(
            Person::Manager,
            call.json(json!({"slotAt": SATURDAY + 4 * HOUR})),
        )
        .await;
    assert_eq!(moved.status, 200, "{moved:?}");
    // Taken back: no other one, either.
    let gone = world
        .call_as(Person::Manager, Call::delete(made.header("location")))
        .await;
    assert_eq!(gone.status, 204);
    world.run("UPDATE groups SET plan_due_at = 0");
    world.tick().await;
    assert_eq!(
        world.plans().await,
        ["106 24 day 1 scheduled", "103 28 day 1 scheduled"]
    );
    // And scheduled there again.
    let again = world
        .post_as(Person::Manager, "/api/sessions", by_hand)
        .await;
    assert_eq!(again.status, 201);
    // What is past is forgotten.
    world.go_to(SATURDAY);
    world.tick().await;
    assert_eq!(
        world
            .lines("SELECT user_id AS line FROM waived_slots")
            .await,
        [""; 0]
    );
}

#[tokio::test]
async fn a_group_that_cannot_be_planned_keeps_nobody_waiting() {
    let world = World::of_three_days();
    world.run(&format!(
        "UPDATE groups SET zone = 'Nowhere/At_All' WHERE id = '{GROUP}'"
    ));
    tick(&world, NOW).await;
    assert_eq!(world.plans().await, ["106 24 day 1 scheduled"]);
    // So is that its manager's Monday can't be reckoned.
    let mut faults = world.take_faults();
    faults.retain(|fault| fault.method == "PLAN");
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].cause.contains("Nowhere/At_All"), "{faults:?}");
    // It is tried again in an hour, not in a minute.
    world.pass(MINUTE);
    world.tick().await;
    world.pass(HOUR);
    tick(&world, NOW).await;
    assert_eq!(world.take_faults().len(), 1);
}

/// What an idle minute costs does not depend on how many groups, people and sessions there are.
#[tokio::test]
async fn a_tick_with_nothing_due_costs_the_same_with_five_thousand_groups() {
    let mut costs = Vec::new();
    for groups in [10, 5_000] {
        let world = World::of_three_days();
        world.run(&format!(
            "INSERT INTO groups (id, company_id, team_id, name, weekdays, slot_minute, zone, created_at, updated_at)
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {groups})
             SELECT printf('00000000-0000-7000-8000-%012x', i), '{company}', '{TEAM}', 'Group ' || i, 127, 300, 'Asia/Kolkata', 0, 0 FROM n;
             INSERT INTO users (id, company_id, email, password_hash, role, first_name, last_name, created_at, updated_at)
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {groups})
             SELECT printf('00000000-0000-7000-9000-%012x', i), '{company}', 'rep' || i || '@many.test', '', 'sales_rep', 'A', 'B', 0, 0 FROM n;
             INSERT INTO team_members SELECT company_id, '{TEAM}', id, 0 FROM users WHERE id LIKE '%-9000-%';
             INSERT INTO group_members SELECT '{TEAM}', replace(id, '-9000-', '-8000-'), id, 0 FROM users WHERE id LIKE '%-9000-%';",
            company = Person::Rep.company(),
        ));
        // All of them are planned first, a thousand in a tick.
        for _ in 0..7 {
            world.tick().await;
        }
        let planned = world
            .lines("SELECT count(*) || '' AS line FROM sessions WHERE planned = 1")
            .await;
        assert_eq!(planned, [(groups + 3).to_string()]);
        world.pass(MINUTE);
        world.db.take_cost();
        world.tick().await;
        costs.push(world.db.take_cost());
    }
    assert_eq!(costs[0], costs[1]);
    assert_eq!(costs[0].scanned, 0);
}

#[tokio::test]
async fn rows_whose_time_is_over_go() {
    let world = World::new();
    let token = world.token(Person::Rep).await;
    world.run(&format!(
        "INSERT INTO reset_tokens VALUES ('old', '{rep}', 0, {NOW}, NULL), ('new', '{rep}', 0, {NOW} + 1, NULL);
         INSERT INTO invites (id, company_id, token_hash, role, created_at, expires_at, accepted_at) VALUES
             ('shown', '{company}', 'a', 'manager', 0, {NOW} - 30 * {DAY} + 1, NULL),
             ('old', '{company}', 'b', 'manager', 0, {NOW} - 30 * {DAY}, NULL),
             ('accepted', '{company}', 'c', 'manager', 0, 1, 1);
         INSERT INTO idempotency_keys VALUES ('{rep}', 'old', '', 200, '', 0, {NOW}), ('{rep}', 'new', '', 200, '', 0, {NOW} + 1);
         INSERT INTO rate_limits VALUES ('old', {NOW} - {HOUR}, 1), ('new', {NOW} - {HOUR} + 1, 1);
         INSERT INTO devices VALUES ('gone', '{company}', '{rep}', '', 0, 0, NULL), ('kept', '{company}', '{rep}', '', 0, 0, NULL);
         INSERT INTO refresh_tokens VALUES ('1', 'gone', '1', 0, {NOW}, NULL, NULL), ('2', 'kept', '2', 0, {NOW}, 1, '3'),
             ('3', 'kept', '3', 0, {NOW} + 1, NULL, NULL);",
        rep = Person::Rep.id(),
        company = Person::Rep.company(),
    ));
    world.tick().await;
    let left = "
        SELECT line FROM (
            SELECT 'reset ' || token_hash AS line FROM reset_tokens UNION ALL SELECT 'invite ' || id FROM invites
            UNION ALL SELECT 'key ' || key FROM idempotency_keys
            UNION ALL SELECT 'limit ' || bucket FROM rate_limits WHERE length(bucket) < 9
            UNION ALL SELECT 'device ' || id FROM devices WHERE length(id) < 9
            UNION ALL SELECT 'token ' || id FROM refresh_tokens WHERE length(id) < 9)
        ORDER BY line";
    assert_eq!(
        world.lines(left).await,
        [
            "device kept",
            "invite accepted",
            "invite shown",
            "key new",
            "limit new",
            "reset new",
            "token 3"
        ]
    );
    // Who is logged in stays so.
    let me = world.call(Call::get("/api/auth/me").bearer(&token)).await;
    assert_eq!(me.status, 200);
}

async fn result_of(world: &World, id: domain::ids::SessionId) -> SessionResult {
    let path = format!("/api/sessions/{id}/result");
    world.get_as(Person::Rep, &path).await.json()
}

#[tokio::test]
async fn transcripts_go_by_their_companys_retention_and_scores_stay() {
    let world = World::new();
    world.run("UPDATE groups SET is_active = 0");
    let id = world.schedule(Person::Rep, Days::Open);
    world.complete(Person::Rep, id).await;
    let before = result_of(&world, id).await;
    assert!(!before.verdicts.is_empty());
    let counted = world.lines(ROLLUPS).await;
    world.pass(30 * DAY);
    world.tick().await;
    assert_eq!(result_of(&world, id).await, before);
    // A retention is set: cron looks at once, and again when it is time.
    world.run("UPDATE companies SET transcript_retention_days = 31");
    world.tick().await;
    assert_eq!(result_of(&world, id).await, before);
    world.pass(DAY + HOUR);
    world.tick().await;
    let after = result_of(&world, id).await;
    assert_eq!(
        (
            after.score,
            after.first_score,
            after.metrics,
            after.duration_seconds
        ),
        (
            before.score,
            before.first_score,
            before.metrics,
            before.duration_seconds
        )
    );
    assert!(after.verdicts.is_empty() && after.coach_notes.is_empty());
    let words = "SELECT 'message' AS line FROM messages UNION ALL SELECT 'verdict' FROM verdicts
                 UNION ALL SELECT initial_response FROM session_drills WHERE initial_response || final_response <> ''";
    assert_eq!(world.lines(words).await, [""; 0]);
    assert_eq!(world.lines(ROLLUPS).await, counted);
    let history = world
        .get_as(Person::Rep, &format!("/api/chat/{id}/history"))
        .await;
    assert_eq!(history.status, 200);
    // Twice is once.
    world.tick().await;
    assert_eq!(result_of(&world, id).await, after);
}

#[tokio::test]
async fn the_demo_opens_the_next_session_beside_what_is_planned() {
    let world = World::of_three_days();
    world.tick().await;
    let rep = Person::Rep;
    let open = |number: u128| {
        let id = domain::ids::SessionId(Uuid::from_u128(number));
        demo::open_next(&world.db, rep.company(), rep.id(), id, world.now())
    };
    assert!(open(1).await.unwrap());
    assert!(!open(2).await.unwrap());
    world.go_to(SATURDAY);
    // The planned one may be started now, and is enough.
    world.run("DELETE FROM sessions WHERE planned = 0");
    assert!(!open(3).await.unwrap());
}
