//! All companies at a glance: what they come to, and which of them somebody should look at.

use super::company::PlanState;
use contract::ai::providers::{BreakerView, CompanySpend, ProviderView};
use contract::analytics::CompanyFigures;
use domain::ids::CompanyId;

/// What all companies come to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Totals {
    /// Companies.
    pub companies: usize,
    /// Of them, those whose people get in.
    pub open: usize,
    /// Reps who may log in.
    pub reps: u32,
    /// Sessions of the period, completed and missed.
    pub sessions: u32,
    /// Of them completed, percent.
    pub rate: Option<f64>,
}

impl Totals {
    /// Of these companies.
    pub fn of<'a>(companies: impl Iterator<Item = &'a CompanyFigures>, now: u64) -> Self {
        let mut totals = Self::default();
        let mut completed = 0_u32;
        for company in companies {
            totals.companies += 1;
            totals.open += usize::from(!matches!(
                PlanState::of(company.is_active, company.plan_ends_at, now),
                PlanState::Closed | PlanState::Ended
            ));
            totals.reps += company.active_reps;
            totals.sessions += company.figures.total_sessions;
            completed += company.figures.completed_sessions;
        }
        totals.rate = (totals.sessions > 0)
            .then(|| f64::from(completed) * 100.0 / f64::from(totals.sessions));
        totals
    }
}

/// Why somebody should look at a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worry {
    /// Its limit for models is used up.
    SpendIsOver,
    /// Its plan is over, and nobody gets in.
    PlanEnded,
    /// Its plan ends in so many days.
    PlanEnds(u64),
    /// Most of its limit for models is used, percent.
    SpendIsHigh(u64),
    /// All places of its plan are taken by reps.
    PlacesAreTaken,
    /// It has so many reps, and nobody practised in the period.
    NobodyPractises(u32),
}

impl Worry {
    /// As one would say it.
    pub fn words(self) -> String {
        match self {
            Self::SpendIsOver => {
                tr!("The month's limit for models is used up: the built-in coach has taken over")
                    .to_owned()
            }
            Self::PlanEnded => tr!("The plan has ended: nobody gets in").to_owned(),
            Self::PlanEnds(0) => tr!("The plan ends today").to_owned(),
            Self::PlanEnds(1) => tr!("The plan ends tomorrow").to_owned(),
            Self::PlanEnds(days) => tr!("The plan ends in {days} days", days = days),
            Self::SpendIsHigh(percent) => {
                tr!(
                    "{percent}% of the month's limit for models is used",
                    percent = percent
                )
            }
            Self::PlacesAreTaken => tr!("All places of the plan are taken").to_owned(),
            Self::NobodyPractises(1) => tr!("One rep, and no practice in 30 days").to_owned(),
            Self::NobodyPractises(reps) => {
                tr!("{reps} reps, and no practice in 30 days", reps = reps)
            }
        }
    }

    /// The lower, the sooner it is to be looked at.
    fn rank(self) -> u64 {
        match self {
            Self::PlanEnded => 0,
            Self::PlanEnds(days) => 1 + days,
            Self::SpendIsOver => 100,
            Self::PlacesAreTaken => 101,
            Self::SpendIsHigh(_) => 102,
            Self::NobodyPractises(_) => 103,
        }
    }
}

/// The companies to look at, those first that can't wait. A closed one was closed by somebody, and is no worry.
pub fn worries<'a>(
    companies: impl Iterator<Item = &'a CompanyFigures>,
    spend: &[CompanySpend],
    now: u64,
) -> Vec<(CompanyId, String, Vec<Worry>)> {
    let mut found: Vec<_> = companies
        .filter_map(|company| {
            let month = spend
                .iter()
                .find(|month| month.company_id == company.company_id);
            let worries = worries_of(company, month, now);
            (!worries.is_empty()).then(|| (company.company_id, company.name.clone(), worries))
        })
        .collect();
    found.sort_by_key(|(.., worries)| worries.first().map_or(u64::MAX, |worry| worry.rank()));
    found
}

fn worries_of(company: &CompanyFigures, month: Option<&CompanySpend>, now: u64) -> Vec<Worry> {
    let plan = match PlanState::of(company.is_active, company.plan_ends_at, now) {
        PlanState::Closed => return Vec::new(),
        PlanState::Ended => return vec![Worry::PlanEnded],
        PlanState::Ending(days) => Some(Worry::PlanEnds(days)),
        PlanState::Runs => None,
    };
    let spend = month.and_then(|month| {
        let counted = month.cost_micros.saturating_add(month.unknown_micros);
        let percent = counted.saturating_mul(100) / month.cap_micros?.max(1);
        match percent {
            100.. => Some(Worry::SpendIsOver),
            80.. => Some(Worry::SpendIsHigh(percent)),
            _ => None,
        }
    });
    let places = (company.active_reps >= company.max_users).then_some(Worry::PlacesAreTaken);
    let idle = company.active_reps > 0 && company.figures.completed_sessions == 0;
    let idle = idle.then_some(Worry::NobodyPractises(company.active_reps));
    let mut all: Vec<Worry> = [plan, spend, places, idle].into_iter().flatten().collect();
    all.sort_by_key(|worry| worry.rank());
    all
}

/// How a provider of models stands, in a sentence; and whether it is as it should be.
pub fn provider_state(provider: &ProviderView, time_of: impl Fn(u64) -> String) -> (bool, String) {
    match provider.breaker {
        BreakerView::Closed { failures: 0 } => (true, tr!("Answers").to_owned()),
        BreakerView::Closed { failures: 1 } => {
            (true, tr!("Answers; one failure lately").to_owned())
        }
        BreakerView::Closed { failures } => (
            true,
            tr!("Answers; {failures} failures lately", failures = failures),
        ),
        BreakerView::Open { until } => (false, tr!("Left alone until {}", time_of(until))),
        BreakerView::HalfOpen => (false, tr!("Being tried again").to_owned()),
    }
}

/// A provider's name as people write it.
pub fn provider_name(provider: &str) -> &str {
    match provider {
        "openai" => "OpenAI",
        "anthropic" => "Anthropic",
        "workers-ai" => "Cloudflare Workers AI",
        "compatible" => tr!("OpenAI-compatible server"),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use contract::analytics::Figures;
    use domain::plan::Plan;
    use uuid::Uuid;

    const NOW: u64 = 1_000 * 24 * 60 * 60 * 1_000;
    const DAY: u64 = 24 * 60 * 60 * 1_000;

    fn company(number: u128) -> CompanyFigures {
        CompanyFigures {
            company_id: CompanyId(Uuid::from_u128(number)),
            name: format!("Company {number}"),
            plan: Plan::Basic,
            plan_ends_at: None,
            is_active: true,
            max_users: 25,
            active_reps: 4,
            figures: Figures {
                total_sessions: 10,
                completed_sessions: 8,
                ..Figures::default()
            },
        }
    }

    fn spend(number: u128, cost: u64, unknown: u64, cap: Option<u64>) -> CompanySpend {
        CompanySpend {
            company_id: CompanyId(Uuid::from_u128(number)),
            name: String::new(),
            calls: 1,
            cost_micros: cost,
            unknown_calls: 0,
            unknown_micros: unknown,
            cap_micros: cap,
            rep_cap_micros: None,
        }
    }

    #[test]
    fn all_companies_together() {
        let closed = CompanyFigures {
            is_active: false,
            figures: Figures::default(),
            ..company(2)
        };
        let totals = Totals::of([&company(1), &closed].into_iter(), NOW);
        assert_eq!((totals.companies, totals.open, totals.reps), (2, 1, 8));
        assert_eq!((totals.sessions, totals.rate), (10, Some(80.0)));
        assert_eq!(Totals::of([].into_iter(), NOW).rate, None);
    }

    #[test]
    fn what_cannot_wait_stands_first() {
        let ending = CompanyFigures {
            plan_ends_at: Some(NOW + 3 * DAY),
            active_reps: 25,
            ..company(1)
        };
        let ended = CompanyFigures {
            plan_ends_at: Some(NOW),
            ..company(2)
        };
        let idle = CompanyFigures {
            figures: Figures::default(),
            ..company(3)
        };
        let months = [spend(4, 50, 40, Some(100)), spend(5, 100, 1, Some(100))];
        let all = [ending, ended, idle, company(4), company(5), company(6)];
        let found = worries(all.iter(), &months, NOW);
        let told: Vec<_> = found.into_iter().map(|(.., worries)| worries).collect();
        assert_eq!(
            told,
            [
                vec![Worry::PlanEnded],
                vec![Worry::PlanEnds(3), Worry::PlacesAreTaken],
                vec![Worry::SpendIsOver],
                vec![Worry::SpendIsHigh(90)],
                vec![Worry::NobodyPractises(4)],
            ]
        );
    }

    #[test]
    fn a_company_that_was_closed_is_no_worry() {
        let closed = CompanyFigures {
            is_active: false,
            plan_ends_at: Some(NOW),
            ..company(1)
        };
        assert_eq!(worries([&closed].into_iter(), &[], NOW), []);
    }
}
