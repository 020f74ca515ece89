//! A manager's reps: who practised today, who needs attention and why, first answers against the best, and the heat-map.

use crate::analytics::calendar::{local_date, local_time};
use crate::analytics::figures;
use crate::analytics::heat_map::{self, Weeks};
use crate::error::ApiError;
use crate::ports::Ports;
use contract::analytics::{
    ManagerDashboard, NeedsAttention, PersonName, TodaysPractice, TodaysSession,
};
use domain::attention::{Facts, Week, reasons};
use domain::ids::UserId;
use domain::policy::Principal;
use domain::scoring::Metric;
use domain::session::Status;
use futures::future::try_join3;
use std::collections::{BTreeMap, BTreeSet};
use store::analytics::{self, Reach, RepRow, SessionAroundRow, WeekRow};

/// No zone is further from UTC; the rows then tell their own date.
const A_DAY_MS: u64 = 24 * 60 * 60 * 1_000;

pub(super) async fn dashboard<P: Ports>(
    ports: &P,
    asker: &Principal,
) -> Result<ManagerDashboard, ApiError> {
    let (db, company, now) = (ports.db(), asker.company, ports.now_ms());
    let reach = Reach::LedBy(asker.user);
    let today = local_date(now, analytics::clock(db, company).await?);
    let mondays = heat_map::mondays(today);
    let around = now.saturating_sub(2 * A_DAY_MS)..now + 2 * A_DAY_MS;
    let (reps, sessions, weeks) = try_join3(
        analytics::reps(db, company, reach),
        analytics::sessions_around(db, company, reach, around),
        analytics::weeks(
            db,
            company,
            reach,
            mondays.first().map_or("", String::as_str),
        ),
    )
    .await?;
    let reps: Vec<RepRow> = reps.into_iter().filter(|rep| rep.is_active).collect();
    let weeks = heat_map::by_rep(weeks);
    Ok(ManagerDashboard {
        today: todays_practice(&reps, &sessions, now),
        needs_attention: needs_attention(&reps, &weeks, &mondays, now),
        first_against_best: reps.iter().map(figures::rep_line).collect(),
        heat_map: heat_map::of(&reps, &weeks, mondays),
    })
}

fn todays_practice(reps: &[RepRow], sessions: &[SessionAroundRow], now: u64) -> TodaysPractice {
    let names: BTreeMap<UserId, &RepRow> = reps.iter().map(|rep| (rep.user, rep)).collect();
    let mut today = TodaysPractice::default();
    let mut seen = BTreeSet::new();
    for session in sessions.iter().filter(|session| is_of_today(session, now)) {
        let Some(rep) = names.get(&session.user) else {
            continue;
        };
        let status = status_now(session, now);
        match status {
            Status::Completed => today.practised += 1,
            Status::InProgress => today.running += 1,
            Status::Scheduled => today.due += 1,
            Status::Missed => today.missed += 1,
        }
        today.late += u32::from(session.late);
        seen.insert(session.user);
        today.sessions.push(TodaysSession {
            session_id: session.session,
            person: figures::person(rep),
            day: session.day,
            status,
            late: session.late,
            slot_at: session.slot_at,
            opens_at: session.opens_at,
            started_at: session.started_at,
            ended_at: session.ended_at,
            first_score: session.first_score,
            score: session.score,
        });
    }
    let without = |rep: &&RepRow| !seen.contains(&rep.user);
    today.without_session = reps
        .iter()
        .filter(without)
        .map(figures::person)
        .collect::<Vec<PersonName>>();
    today
}

/// By the calendar of the session's own group.
fn is_of_today(session: &SessionAroundRow, now: u64) -> bool {
    let date = |at| local_time(at, session.utc_offset_minutes).date();
    date(session.slot_at) == date(now)
}

/// A session whose window closed unused is missed from that moment on.
fn status_now(session: &SessionAroundRow, now: u64) -> Status {
    match session.status {
        Status::Scheduled if session.closes_at <= now => Status::Missed,
        status => status,
    }
}

fn needs_attention(
    reps: &[RepRow],
    weeks: &Weeks,
    mondays: &[String],
    now: u64,
) -> Vec<NeedsAttention> {
    let mut found: Vec<NeedsAttention> = reps
        .iter()
        .map(|rep| NeedsAttention {
            person: figures::person(rep),
            reasons: reasons(&facts(rep, weeks, mondays, now)),
        })
        .filter(|rep| !rep.reasons.is_empty())
        .collect();
    // Stable: those with as many reasons stay by name.
    found.sort_by_key(|rep| std::cmp::Reverse(rep.reasons.len()));
    found
}

fn facts(rep: &RepRow, weeks: &Weeks, mondays: &[String], now: u64) -> Facts {
    let weeks = weeks.get(&rep.user).map_or(&[][..], Vec::as_slice);
    let of = |monday: Option<&String>| {
        let row = weeks.iter().find(|row| Some(&row.week) == monday);
        row.map(week).unwrap_or_default()
    };
    let mut latest = mondays.iter().rev();
    let this_and_last_week = [of(latest.next()), of(latest.next())];
    let mut practised = weeks.iter().rev().filter(|row| row.completed > 0).map(week);
    let practised_weeks = [practised.next(), practised.next()];
    let days = |at: u64| u32::try_from(now.saturating_sub(at) / A_DAY_MS).unwrap_or(u32::MAX);
    Facts {
        days_since_practice: rep.last_ended_at.map(days),
        missed: rep.missed,
        this_and_last_week,
        practised_weeks,
    }
}

fn week(row: &WeekRow) -> Week {
    let of = |metric: &Metric| match metric {
        Metric::Confidence => row.confidence_avg,
        Metric::Clarity => row.clarity_avg,
        Metric::Structure => row.structure_avg,
        Metric::ObjectionHandling => row.objection_handling_avg,
        Metric::Closing => row.closing_avg,
    };
    Week {
        completed: row.completed,
        missed: row.missed,
        late: row.late,
        score: row.score_avg.map(figures::tenth),
        first_score: row.first_score_avg.map(figures::tenth),
        metrics: Metric::ALL
            .iter()
            .filter_map(|metric| Some((*metric, figures::tenth(of(metric)?))))
            .collect(),
    }
}
