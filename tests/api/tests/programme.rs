//! A company's first day, from the first invitation to the figures: planned by its manager, practised by its rep, looked
//! after and added up.

use captain_api_tests::{
    Answer, Firm, GOOD, HESITANT, PASSWORD, Person, Rep, answer, shared, unique,
};
use contract::analytics::{
    CompanyAnalytics, Dashboard, Leaderboard, TeamAnalytics, TenDayProgress, UserAnalytics,
};
use contract::auth::Me;
use contract::page::Page;
use contract::problem::Code;
use contract::session::{Items, ListedSession, Note, SessionResult};
use domain::ids::UserId;
use domain::role::Role;
use domain::session::Status;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    u64::try_from(since.as_millis()).unwrap()
}

async fn plan(person: &Person, rep: UserId, slot_at: u64, practised: Value) -> Answer {
    let form = json!({"userId": rep, "slotAt": slot_at, "practised": practised});
    answer(person.posts("/api/sessions", &form)).await
}

/// A rep of a team and a group, and the manager of another team.
struct Staff {
    firm: Firm,
    rep: Person,
    rep_id: UserId,
    team: String,
    other_manager: Person,
}

async fn staff() -> Staff {
    let firm = Firm::new(shared()).await;
    let team = firm.team().await;
    let group = firm.group(team.id).await;
    let (user, rep) = firm.hire_at_work(shared(), Role::SalesRep).await;
    let (_, other_manager) = firm.hire_at_work(shared(), Role::Manager).await;
    let path = format!("/api/teams/{}", team.id);
    firm.put_into(&path, &[user.id]).await;
    firm.put_into(&format!("/api/groups/{}", group.id), &[user.id])
        .await;
    Staff {
        firm,
        rep,
        rep_id: user.id,
        team: team.id.to_string(),
        other_manager,
    }
}

#[tokio::test]
async fn a_session_is_planned_moved_and_taken_back() {
    let staff = staff().await;
    let (manager, rep) = (&staff.firm.manager, &staff.rep);
    let slot = now() + 26 * HOUR;
    let made = plan(manager, staff.rep_id, slot, json!({"day": 1})).await;
    let session: ListedSession = made.made();
    let path = made.header("location").to_owned();
    assert_eq!(session.rep_name, "Nadia Kurien");
    let session = session.session;
    assert_eq!(
        (session.opens_at, session.closes_at),
        (slot - 10 * MINUTE, slot + HOUR)
    );
    assert_eq!(
        (session.status, made.header("etag")),
        (Status::Scheduled, "\"1\"")
    );
    plan(manager, staff.rep_id, slot, json!({"day": 1}))
        .await
        .problem(Code::Exists);

    let upcoming: Page<ListedSession> = answer(rep.gets("/api/sessions/upcoming")).await.json();
    assert_eq!(upcoming.items[0].session, session);
    assert_eq!(answer(rep.gets(&path)).await.header("etag"), "\"1\"");

    let to = |slot: u64| json!({"slotAt": slot});
    let bare = manager.request(Method::PUT, &path).json(&to(slot + HOUR));
    answer(bare).await.problem(Code::IfMatchMissing);
    let moved = answer(manager.puts(&path, "\"1\"", &to(slot + HOUR))).await;
    assert_eq!(moved.json::<ListedSession>().session.slot_at, slot + HOUR);
    answer(manager.puts(&path, "\"1\"", &to(slot)))
        .await
        .problem(Code::Changed);

    // Who does not lead the rep sees nothing of it; reps plan nothing.
    for other in [
        &staff.other_manager,
        &Person::known(shared(), "other@salescaptain.test").await,
    ] {
        answer(other.gets(&path)).await.problem(Code::NotFound);
        answer(other.puts(&path, "\"2\"", &to(slot)))
            .await
            .problem(Code::NotFound);
        answer(other.deletes(&path)).await.problem(Code::NotFound);
        plan(other, staff.rep_id, slot, json!({"day": 1}))
            .await
            .problem(Code::NotFound);
    }
    plan(rep, staff.rep_id, slot, json!({"day": 1}))
        .await
        .problem(Code::Forbidden);
    for (slot, practised, field) in [
        (now() - 2 * HOUR, json!({"day": 1}), "slotAt"),
        (now() + 10_000 * HOUR, json!({"day": 1}), "slotAt"),
        (slot, json!({"day": 0}), "practised"),
        (slot, json!({"scenarioId": staff.rep_id}), "practised"),
    ] {
        let refused = plan(manager, staff.rep_id, slot, practised).await;
        assert_eq!(refused.fields(Code::Invalid), [field]);
    }
    assert_eq!(answer(manager.deletes(&path)).await.status, 204);
    answer(manager.deletes(&path)).await.problem(Code::NotFound);
    answer(rep.gets(&path)).await.problem(Code::NotFound);
}

#[tokio::test]
async fn a_day_is_practised_looked_after_and_added_up() {
    let staff = staff().await;
    let (firm, manager) = (&staff.firm, &staff.firm.manager);
    let made = plan(manager, staff.rep_id, now(), json!({"day": 2})).await;
    let session: ListedSession = made.made();
    let rep = Rep {
        person: staff.rep.clone(),
        session: session.session.id,
    };
    let path = made.header("location").to_owned();
    let start = rep.person.posts(&format!("{path}/start"), &json!({}));
    assert_eq!(answer(start).await.status, 200);
    answer(manager.puts(&path, "\"1\"", &json!({"slotAt": now() + HOUR})))
        .await
        .problem(Code::InUse);
    answer(manager.deletes(&path)).await.problem(Code::InUse);
    let over = |drill: &str, score: u8, reason: &str| {
        let form = json!({"drill": drill, "score": score, "reason": reason});
        answer(manager.posts(&format!("{path}/overrides"), &form))
    };
    let reason = "She named the area, the judge missed it.";
    over("x", 90, reason).await.problem(Code::DrillsRemaining);
    // The manager of the team looks on.
    assert_eq!(answer(manager.gets(&rep.path("history"))).await.status, 200);
    answer(staff.other_manager.gets(&rep.path("history")))
        .await
        .problem(Code::NotFound);

    rep.practise(HESITANT, GOOD).await;
    let done = rep.person.posts(&format!("{path}/complete"), &json!({}));
    let result: SessionResult = answer(done).await.json();
    assert!(
        result.score > result.first_score,
        "{} {}",
        result.score,
        result.first_score
    );

    let notes = format!("{path}/notes");
    let write = |person: &Person, text: &str| {
        let request = person.request(Method::PUT, &notes);
        answer(request.json(&json!({"text": text})))
    };
    for text in ["First thoughts", " Well held. 🙂 "] {
        assert_eq!(write(manager, text).await.status, 200);
    }
    let seen: Items<Note> = answer(rep.person.gets(&notes)).await.json();
    assert_eq!(
        (seen.items.len(), seen.items[0].text.as_str()),
        (1, "Well held. 🙂")
    );
    assert_eq!(seen.items[0].author_id, Some(firm.manager_id));
    write(&rep.person, "Mine").await.problem(Code::Forbidden);
    write(&staff.other_manager, "x")
        .await
        .problem(Code::NotFound);
    let long = write(manager, &"x".repeat(4_001)).await;
    assert_eq!(long.fields(Code::Invalid), ["text"]);

    let drill = &result.verdicts[0];
    assert_eq!(
        over(&drill.drill, 100, "why").await.fields(Code::Invalid),
        ["reason"]
    );
    assert_eq!(
        over("no_such", 100, reason).await.fields(Code::Invalid),
        ["drill"]
    );
    let overridden = over(&drill.drill, 100, reason).await;
    assert_eq!(overridden.status, 201, "{}", overridden.text());
    let shown: SessionResult = answer(rep.person.gets(&format!("{path}/result")))
        .await
        .json();
    assert_eq!(shown, serde_json::from_slice(&overridden.body).unwrap());
    assert_eq!(
        (shown.overrides[0].score, shown.overrides[0].judged),
        (100, drill.last.score)
    );
    assert_eq!(
        shown.verdicts, result.verdicts,
        "what the judge said stands beside it"
    );
    assert!(shown.score > result.score);
    assert_eq!(shown.manager_notes.as_deref(), Some("Well held. 🙂"));

    figures_say(&staff, &shown).await;
    the_export_says(&staff, &shown).await;
}

/// Every figure knows of this one session.
async fn figures_say(staff: &Staff, result: &SessionResult) {
    let (manager, rep) = (&staff.firm.manager, &staff.rep);
    let score = Some(f64::from(result.score));
    for person in [rep, manager] {
        let path = format!("/api/analytics/user/{}", staff.rep_id);
        let user: UserAnalytics = answer(person.gets(&path)).await.json();
        let figures = &user.metrics.figures.figures;
        assert_eq!((figures.completed_sessions, figures.avg_score), (1, score));
        assert_eq!(figures.avg_first_score, Some(f64::from(result.first_score)));
        assert_eq!(user.weeks.len(), 1);
        let path = format!("/api/analytics/progress/{}", staff.rep_id);
        let ten: TenDayProgress = answer(person.gets(&path)).await.json();
        assert_eq!((ten.days_completed, ten.days[1].avg_score), (1, score));
    }
    let path = format!("/api/analytics/team/{}", staff.team);
    let team: TeamAnalytics = answer(manager.gets(&path)).await.json();
    assert_eq!(
        (team.metrics.completed_sessions, team.metrics.avg_score),
        (1, score)
    );
    assert_eq!((team.by_date.len(), team.reps.len()), (1, 1));
    let path = format!("/api/analytics/company/{}", staff.firm.company.id);
    let company: CompanyAnalytics = answer(manager.gets(&path)).await.json();
    assert_eq!(
        (company.metrics.completed_sessions, company.teams.len()),
        (1, 1)
    );
    assert!(
        !serde_json::to_string(&company).unwrap().contains("Nadia"),
        "no rep by name"
    );
    let board = "/api/analytics/leaderboard";
    for (query, value) in [
        ("by=score", score),
        ("by=practice", Some(1.0)),
        ("by=score&period=all", score),
    ] {
        let board: Leaderboard = answer(rep.gets(&format!("{board}?{query}"))).await.json();
        let places: Vec<_> = board
            .items
            .iter()
            .map(|one| (one.rank, Some(one.value), one.is_you))
            .collect();
        assert_eq!(places, [(1, value, true)], "{query}");
    }
    let Dashboard::Manager(dashboard) = answer(manager.gets("/api/analytics/dashboard"))
        .await
        .json()
    else {
        panic!("a manager's");
    };
    // In the demo the next day follows a completed one.
    let of_today = dashboard.today.sessions.iter();
    let mut practised = of_today.filter(|one| one.session_id == result.session_id);
    assert_eq!(practised.next().unwrap().score, Some(result.score));
    assert_eq!(dashboard.today.practised, 1);
    assert_eq!(dashboard.heat_map.rows.len(), 1);
    let Dashboard::SalesRep(dashboard) = answer(rep.gets("/api/analytics/dashboard")).await.json()
    else {
        panic!("a rep's");
    };
    assert_eq!(dashboard.metrics.figures.avg_score, score);

    // Who does not lead the team sees none of it.
    let other = &staff.other_manager;
    for path in [
        format!("/api/analytics/user/{}", staff.rep_id),
        format!("/api/analytics/progress/{}", staff.rep_id),
        format!("/api/analytics/team/{}", staff.team),
        format!("{board}?teamId={}", staff.team),
        format!("/api/analytics/export?teamId={}", staff.team),
        format!("/api/analytics/export?userId={}", staff.rep_id),
    ] {
        answer(other.gets(&path)).await.problem(Code::NotFound);
    }
    // Opting out hides from everybody else.
    let profile = answer(rep.gets("/api/profile")).await;
    let form = json!({"firstName": "Nadia", "lastName": "Kurien", "language": "hi",
                      "onLeaderboard": false, "mailReminders": true, "mailDigest": true});
    let out = answer(rep.puts("/api/profile", profile.header("etag"), &form)).await;
    assert_eq!(out.status, 200);
    let seen: Leaderboard = answer(manager.gets(board)).await.json();
    assert!(seen.items.is_empty());
    let seen: Leaderboard = answer(rep.gets(board)).await.json();
    assert!(seen.items[0].only_you);
}

/// The lines of a sheet.
fn lines_of(sheet: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).from_reader(sheet.as_bytes());
    reader.records().collect::<Result<_, _>>().unwrap()
}

async fn the_export_says(staff: &Staff, result: &SessionResult) {
    // A name that a spreadsheet would take for a formula.
    let profile = answer(staff.rep.gets("/api/profile")).await;
    let form = json!({"firstName": "=HYPERLINK(\"x\") आशा", "lastName": "Kurien", "language": "en",
                      "onLeaderboard": true, "mailReminders": true, "mailDigest": true});
    let named = answer(
        staff
            .rep
            .puts("/api/profile", profile.header("etag"), &form),
    )
    .await;
    assert_eq!(named.status, 200, "{}", named.text());
    let path = format!("/api/analytics/team/{}", staff.team);
    let team: TeamAnalytics = answer(staff.firm.manager.gets(&path)).await.json();
    let date = &team.by_date[0].date;
    for (person, query, lines) in [
        (&staff.firm.manager, String::new(), 1),
        (&staff.rep, String::new(), 1),
        (&staff.other_manager, String::new(), 0),
        (
            &staff.firm.admin,
            format!("companyId={}", staff.firm.company.id),
            1,
        ),
        (&staff.firm.manager, format!("teamId={}", staff.team), 1),
        (&staff.firm.manager, format!("userId={}", staff.rep_id), 1),
        (&staff.firm.manager, format!("from={date}&to={date}"), 1),
        (&staff.firm.manager, "from=2099-12-31".to_owned(), 0),
        (&staff.firm.manager, "to=2020-01-01".to_owned(), 0),
    ] {
        let sheet = answer(person.gets(&format!("/api/analytics/export?{query}"))).await;
        assert_eq!(sheet.status, 200, "{query}: {}", sheet.text());
        assert!(
            sheet
                .header("content-type")
                .starts_with("text/csv; charset=utf-8")
        );
        assert!(
            sheet
                .header("content-disposition")
                .starts_with("attachment; filename=\"sales-captain-sessions-")
        );
        let text = sheet.text();
        let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
        let rows = lines_of(text);
        let session = result.session_id.to_string();
        // In the demo the next day follows a completed one, and has its line too.
        let mut found = rows
            .iter()
            .filter(|row| row.iter().next_back() == Some(session.as_str()));
        let row = found.next();
        assert_eq!(usize::from(row.is_some()), lines, "{query}");
        assert!(found.next().is_none());
        assert!(lines == 1 || rows.len() == 1, "{query}");
        let Some(row) = row else { continue };
        assert_eq!(row.len(), rows[0].len());
        let of = |heading: &str| {
            let at = rows[0].iter().position(|cell| cell == heading).unwrap();
            &row[at]
        };
        assert_eq!(of("Rep"), "\t=HYPERLINK(\"x\") आशा Kurien");
        assert_eq!(
            (of("Score"), of("Day")),
            (result.score.to_string().as_str(), "2")
        );
        assert_eq!((of("Status"), of("Late")), ("completed", "no"));
    }
    let both = format!(
        "/api/analytics/export?teamId={}&userId={}",
        staff.team, staff.rep_id
    );
    let refused = answer(staff.firm.manager.gets(&both)).await;
    assert_eq!(refused.fields(Code::Invalid), ["userId"]);
    let backwards = answer(
        staff
            .firm
            .manager
            .gets("/api/analytics/export?from=2026-02-02&to=2026-02-01"),
    )
    .await;
    assert_eq!(backwards.fields(Code::Invalid), ["from"]);
}

#[tokio::test]
async fn a_plan_that_ends_puts_everybody_out() {
    let firm = Firm::new(shared()).await;
    let user = firm.hire(Role::SalesRep).await;
    let path = format!("/api/companies/{}", firm.company.id);
    let soon = now() + 2_500;
    let form = json!({"name": unique("Ending"), "settings": {}, "subscription": {
        "plan": "trial", "startsAt": 1, "endsAt": soon, "isActive": true, "maxUsers": 10}});
    let set = answer(firm.admin.puts(&path, "\"1\"", &form)).await;
    assert_eq!(set.status, 200, "{}", set.text());
    assert_eq!(
        answer(firm.manager.gets("/api/auth/me"))
            .await
            .json::<Me>()
            .company
            .id,
        firm.company.id
    );
    tokio::time::sleep(std::time::Duration::from_millis(
        soon.saturating_sub(now()) + 200,
    ))
    .await;
    answer(firm.manager.gets("/api/auth/me"))
        .await
        .problem(Code::Unauthenticated);
    let log_in = |password: &str| {
        let form = json!({"email": user.email, "password": password});
        answer(Person::anonymous(shared()).posts("/api/auth/login", &form))
    };
    log_in(PASSWORD).await.problem(Code::PlanEnded);
    log_in("not the password")
        .await
        .problem(Code::BadCredentials);
}
