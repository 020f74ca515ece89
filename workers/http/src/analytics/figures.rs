//! Roll-ups as figures.

use contract::analytics::{
    Agreement, CompanyFigures, DateFigures, DayProgress, Figures, Improvement, MetricAverages,
    PersonName, RepFigures, RepLine, ScenarioPerformance, Span, TeamLine, WeekFigures,
};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use store::analytics::{CompanyRow, DayRow, RepRow, ScenarioRow, TeamRow, WeekRow};

/// To one decimal: no score is known better than that.
pub(super) fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Sums of sessions, on their way to means.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    completed: u32,
    missed: u32,
    late: u32,
    practice_seconds: u64,
    score_sum: f64,
    first_score_sum: f64,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.completed = self.completed.saturating_add(other.completed);
        self.missed = self.missed.saturating_add(other.missed);
        self.late = self.late.saturating_add(other.late);
        self.practice_seconds = self.practice_seconds.saturating_add(other.practice_seconds);
        self.score_sum += other.score_sum;
        self.first_score_sum += other.first_score_sum;
    }

    fn mean(&self, sum: f64) -> Option<f64> {
        (self.completed > 0).then(|| tenth(sum / f64::from(self.completed)))
    }

    fn completion_rate(&self) -> Option<f64> {
        let all = f64::from(self.completed) + f64::from(self.missed);
        (all > 0.0).then(|| tenth(f64::from(self.completed) / all * 100.0))
    }

    fn figures(&self) -> Figures {
        let seconds = u32::try_from(self.practice_seconds).unwrap_or(u32::MAX);
        Figures {
            total_sessions: self.completed.saturating_add(self.missed),
            completed_sessions: self.completed,
            missed_sessions: self.missed,
            late_sessions: self.late,
            completion_rate: self.completion_rate(),
            practice_seconds: self.practice_seconds,
            avg_session_duration: self.mean(f64::from(seconds)),
            avg_score: self.mean(self.score_sum),
            avg_first_score: self.mean(self.first_score_sum),
        }
    }

    fn day(&self, day: u8) -> DayProgress {
        DayProgress {
            day,
            completed: self.completed,
            missed: self.missed,
            completion_rate: self.completion_rate(),
            avg_score: self.mean(self.score_sum),
            avg_first_score: self.mean(self.first_score_sum),
        }
    }
}

impl From<&DayRow> for Tally {
    fn from(row: &DayRow) -> Self {
        Self {
            completed: row.completed,
            missed: row.missed,
            late: row.late,
            practice_seconds: row.practice_seconds.into(),
            score_sum: row.score_sum.into(),
            first_score_sum: row.first_score_sum.into(),
        }
    }
}

impl From<&ScenarioRow> for Tally {
    fn from(row: &ScenarioRow) -> Self {
        let completed = f64::from(row.completed);
        Self {
            completed: row.completed,
            missed: row.missed,
            score_sum: row.score_avg.unwrap_or_default() * completed,
            first_score_sum: row.first_score_avg.unwrap_or_default() * completed,
            ..Self::default()
        }
    }
}

/// A rep's figures of all time.
pub(super) fn rep(row: &RepRow) -> RepFigures {
    let completed = f64::from(row.completed);
    let tally = Tally {
        completed: row.completed,
        missed: row.missed,
        late: row.late,
        practice_seconds: row.practice_seconds.into(),
        score_sum: row.score_avg.unwrap_or_default() * completed,
        first_score_sum: row.first_score_avg.unwrap_or_default() * completed,
    };
    RepFigures {
        figures: tally.figures(),
        best_score: row.best_score,
        streak: row.streak,
        days_completed: row.days_completed,
        last_practised_at: row.last_ended_at,
        averages: MetricAverages {
            confidence: row.confidence_avg.map(tenth),
            clarity: row.clarity_avg.map(tenth),
            structure: row.structure_avg.map(tenth),
            objection_handling: row.objection_handling_avg.map(tenth),
            closing: row.closing_avg.map(tenth),
        },
    }
}

/// A rep in a list.
pub(super) fn rep_line(row: &RepRow) -> RepLine {
    RepLine {
        person: person(row),
        figures: rep(row),
        first_score_improvement: first_score_improvement(row),
    }
}

/// A rep by name.
pub(super) fn person(row: &RepRow) -> PersonName {
    PersonName {
        user_id: row.user,
        name: row.name.clone(),
    }
}

/// Up to five sessions the earliest and the latest five are the same.
fn first_score_improvement(row: &RepRow) -> Option<f64> {
    let recent = row.recent_first_score_avg.filter(|_| row.completed > 5)?;
    Some(tenth(recent - row.early_first_score_avg?))
}

/// How much better a rep became; `ends` are the first week of practice and the latest.
pub(super) fn improvement(row: &RepRow, ends: Option<&(WeekRow, WeekRow)>) -> Improvement {
    let metric = |of: fn(&WeekRow) -> Option<f64>| {
        let (first, latest) = ends?;
        Some(tenth(of(latest)? - of(first)?))
    };
    Improvement {
        first_score: first_score_improvement(row),
        metrics: MetricAverages {
            confidence: metric(|week| week.confidence_avg),
            clarity: metric(|week| week.clarity_avg),
            structure: metric(|week| week.structure_avg),
            objection_handling: metric(|week| week.objection_handling_avg),
            closing: metric(|week| week.closing_avg),
        },
    }
}

/// A rep's week.
pub(super) fn week(row: &WeekRow) -> WeekFigures {
    let completed = f64::from(row.completed);
    let tally = Tally {
        completed: row.completed,
        missed: row.missed,
        late: row.late,
        practice_seconds: row.practice_seconds.into(),
        score_sum: row.score_avg.unwrap_or_default() * completed,
        first_score_sum: row.first_score_avg.unwrap_or_default() * completed,
    };
    WeekFigures {
        week: row.week.clone(),
        figures: tally.figures(),
        metrics: metrics_of_week(row),
    }
}

/// The five metrics of a rep's week.
pub(super) fn metrics_of_week(row: &WeekRow) -> MetricAverages {
    MetricAverages {
        confidence: row.confidence_avg.map(tenth),
        clarity: row.clarity_avg.map(tenth),
        structure: row.structure_avg.map(tenth),
        objection_handling: row.objection_handling_avg.map(tenth),
        closing: row.closing_avg.map(tenth),
    }
}

/// What a rep made of a scenario.
pub(super) fn scenario(row: &ScenarioRow) -> ScenarioPerformance {
    ScenarioPerformance {
        scenario_id: row.scenario,
        day: row.day,
        theme: row.theme.clone(),
        attempts: row.completed + row.practised,
        practised: row.practised,
        missed: row.missed,
        avg_score: row.score_avg.map(tenth),
        avg_first_score: row.first_score_avg.map(tenth),
        best_score: row.best_score,
        last_practised_at: row.last_ended_at,
    }
}

/// Every day of a rep's programme, those without a session too.
pub(super) fn days_of_rep(rows: &[ScenarioRow], days_total: u8) -> Vec<DayProgress> {
    let mut days: BTreeMap<u8, Tally> = (1..=days_total)
        .map(|day| (day, Tally::default()))
        .collect();
    for row in rows {
        days.entry(row.day).or_default().add(row.into());
    }
    days.iter().map(|(&day, tally)| tally.day(day)).collect()
}

/// All dates together.
pub(super) fn total(rows: &[DayRow]) -> Figures {
    let mut total = Tally::default();
    rows.iter().for_each(|row| total.add(row.into()));
    total.figures()
}

/// How far second opinions on days' sessions agree with the coach.
pub(super) fn agreement(rows: &[DayRow]) -> Agreement {
    let sum = |of: fn(&DayRow) -> u32| rows.iter().map(of).fold(0, u32::saturating_add);
    let percent = |part: u32, whole: u32| {
        (whole > 0).then(|| tenth(f64::from(part) / f64::from(whole) * 100.0))
    };
    let (judged, overrides) = (sum(|row| row.completed), sum(|row| row.overrides_disagreed));
    let (regraded, regrades) = (sum(|row| row.regraded), sum(|row| row.regrades_disagreed));
    Agreement {
        judged_sessions: judged,
        overridden_sessions: sum(|row| row.overridden),
        override_disagreements: overrides,
        override_disagreement_rate: percent(overrides, judged),
        regraded_sessions: regraded,
        regrade_disagreements: regrades,
        regrade_disagreement_rate: percent(regrades, regraded),
    }
}

/// Date by date.
pub(super) fn by_date(rows: &[DayRow]) -> Vec<DateFigures> {
    let mut dates: BTreeMap<&str, Tally> = BTreeMap::new();
    for row in rows {
        dates.entry(&row.date).or_default().add(row.into());
    }
    dates
        .into_iter()
        .map(|(date, tally)| DateFigures {
            date: date.to_owned(),
            figures: tally.figures(),
        })
        .collect()
}

/// By day of the programme.
pub(super) fn by_day(rows: &[DayRow]) -> Vec<DayProgress> {
    let mut days: BTreeMap<u8, Tally> = BTreeMap::new();
    for row in rows {
        days.entry(row.day).or_default().add(row.into());
    }
    days.iter().map(|(&day, tally)| tally.day(day)).collect()
}

/// A team of a company.
pub(super) fn team_line(row: TeamRow) -> TeamLine {
    let tally = Tally {
        completed: row.completed,
        missed: row.missed,
        late: row.late,
        practice_seconds: row.practice_seconds.into(),
        score_sum: row.score_sum.into(),
        first_score_sum: row.first_score_sum.into(),
    };
    TeamLine {
        team_id: row.team,
        name: row.name,
        figures: tally.figures(),
    }
}

/// A company among all of them.
pub(super) fn company(row: CompanyRow) -> CompanyFigures {
    let tally = Tally {
        completed: row.completed,
        missed: row.missed,
        late: row.late,
        practice_seconds: row.practice_seconds.into(),
        score_sum: row.score_sum.into(),
        first_score_sum: row.first_score_sum.into(),
    };
    CompanyFigures {
        company_id: row.company,
        name: row.name,
        plan: row.plan,
        plan_ends_at: row.plan_ends_at,
        is_active: row.is_active,
        max_users: row.max_users,
        active_reps: row.active_reps,
        figures: tally.figures(),
    }
}

/// A span as it is told.
pub(super) fn period(dates: &RangeInclusive<String>) -> Span {
    Span {
        start_date: dates.start().clone(),
        end_date: dates.end().clone(),
    }
}
