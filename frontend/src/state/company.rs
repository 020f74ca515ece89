//! A company as it is typed into a form: numbers and money are text until they are sent.

use contract::companies::{
    Company, CreateCompany, MAX_SPEND_CAP_MICROS, MAX_USERS, Settings, Subscription, UpdateCompany,
};
use domain::plan::Plan;
use garde::{Error, Path, Report, Validate};
use std::ops::RangeInclusive;

/// Millionths of a US dollar in one.
const DOLLAR: u64 = 1_000_000;

const A_DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// A plan that ends within so many days is about to, ms.
const SOON_MS: u64 = 14 * A_DAY_MS;

/// What is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyDraft {
    /// Its name.
    pub name: String,
    /// Its domain; empty: none.
    pub domain: String,
    /// Days of the programme.
    pub training_days: String,
    /// How long a session should take, minutes.
    pub session_minutes: String,
    /// Minutes after the slot until a session is missed.
    pub grace_minutes: String,
    /// How long recordings are kept, days.
    pub voice_retention_days: String,
    /// How long chats are kept, days; empty: as long as the company.
    pub transcript_retention_days: String,
    /// A month's cap for each rep, US dollars; empty: none.
    pub rep_spend_cap: String,
    /// What is paid for, where it may be changed.
    pub plan: Option<PlanDraft>,
}

/// What is paid for, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanDraft {
    /// The plan.
    pub plan: Plan,
    /// Unix ms.
    pub starts_at: u64,
    /// Unix ms from which nobody gets in.
    pub ends_at: Option<u64>,
    /// People get in.
    pub is_active: bool,
    /// How many people may be able to log in.
    pub max_users: String,
    /// A month's cap, US dollars; empty: none.
    pub spend_cap: String,
}

impl CompanyDraft {
    /// A company that is there; with its plan for those who may change it.
    pub fn of(company: &Company, with_plan: bool) -> Self {
        let Settings {
            training_days,
            session_minutes,
            grace_minutes,
            voice_retention_days,
            transcript_retention_days,
            rep_spend_cap_micros,
        } = company.settings;
        Self {
            name: company.name.clone(),
            domain: company.domain.clone().unwrap_or_default(),
            training_days: training_days.to_string(),
            session_minutes: session_minutes.to_string(),
            grace_minutes: grace_minutes.to_string(),
            voice_retention_days: voice_retention_days.to_string(),
            transcript_retention_days: transcript_retention_days
                .map_or_else(String::new, |days| days.to_string()),
            rep_spend_cap: rep_spend_cap_micros.map_or_else(String::new, typed_money),
            plan: with_plan.then(|| PlanDraft::of(&company.subscription)),
        }
    }

    /// What is to be sent, or what is wrong with what was typed: the field's name in the JSON, and what to do.
    pub fn read(&self) -> Result<UpdateCompany, Vec<(&'static str, String)>> {
        let mut wrong = Vec::new();
        let read = self.read_as_far_as_it_goes(&mut wrong);
        if wrong.is_empty() {
            Ok(read)
        } else {
            Err(wrong)
        }
    }

    /// What can't be read is as by default.
    fn read_as_far_as_it_goes(&self, wrong: &mut Vec<(&'static str, String)>) -> UpdateCompany {
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let default = Settings::default();
        let mut settings = Settings {
            training_days: whole(&self.training_days, 1..=10, "settings.trainingDays", wrong)
                .unwrap_or(default.training_days),
            session_minutes: whole(
                &self.session_minutes,
                1..=120,
                "settings.sessionMinutes",
                wrong,
            )
            .unwrap_or(default.session_minutes),
            grace_minutes: whole(
                &self.grace_minutes,
                11..=600,
                "settings.graceMinutes",
                wrong,
            )
            .unwrap_or(default.grace_minutes),
            voice_retention_days: whole(
                &self.voice_retention_days,
                1..=3_650,
                "settings.voiceRetentionDays",
                wrong,
            )
            .unwrap_or(default.voice_retention_days),
            ..default
        };
        if let Some(days) = given(&self.transcript_retention_days) {
            let name = "settings.transcriptRetentionDays";
            settings.transcript_retention_days = whole(&days, 1..=3_650, name, wrong);
        }
        let name = "settings.repSpendCapMicros";
        settings.rep_spend_cap_micros = money(&self.rep_spend_cap, name, wrong);
        UpdateCompany {
            name: self.name.clone(),
            domain: given(&self.domain),
            settings,
            subscription: self.plan.as_ref().map(|plan| plan.read(wrong)),
        }
    }

    /// What goes for good once this is stored in place of `saved`, a sentence each.
    pub fn what_goes(&self, saved: &Self) -> Vec<String> {
        let days = |text: &str| text.trim().parse::<u16>().ok();
        let is_shorter = |new: &str, old: &str| match (days(new), days(old)) {
            (Some(new), Some(old)) => new < old,
            // Until now they were kept.
            (Some(_), None) => true,
            (None, _) => false,
        };
        let mut goes = Vec::new();
        if is_shorter(&self.voice_retention_days, &saved.voice_retention_days) {
            goes.push(tr!(
                "Voice recordings older than {} days are deleted.",
                self.voice_retention_days.trim()
            ));
        }
        if is_shorter(
            &self.transcript_retention_days,
            &saved.transcript_retention_days,
        ) {
            goes.push(tr!("Chats older than {} days are deleted, with the coach's corrections and the notes on them. Scores stay.", self.transcript_retention_days.trim()));
        }
        goes
    }
}

impl PlanDraft {
    /// As it stands.
    pub fn of(subscription: &Subscription) -> Self {
        Self {
            plan: subscription.plan,
            starts_at: subscription.starts_at,
            ends_at: subscription.ends_at,
            is_active: subscription.is_active,
            max_users: subscription.max_users.to_string(),
            spend_cap: subscription
                .spend_cap_micros
                .map_or_else(String::new, typed_money),
        }
    }

    fn read(&self, wrong: &mut Vec<(&'static str, String)>) -> Subscription {
        if self
            .ends_at
            .is_some_and(|ends_at| ends_at <= self.starts_at)
        {
            wrong.push((
                "subscription.endsAt",
                tr!("Give a day after the plan's start.").to_owned(),
            ));
        }
        Subscription {
            plan: self.plan,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            is_active: self.is_active,
            max_users: whole(
                &self.max_users,
                1..=MAX_USERS,
                "subscription.maxUsers",
                wrong,
            )
            .unwrap_or(1),
            spend_cap_micros: money(&self.spend_cap, "subscription.spendCapMicros", wrong),
        }
    }
}

impl Validate for CompanyDraft {
    type Context = ();

    fn validate_into(&self, ctx: &(), parent: &mut dyn FnMut() -> Path, report: &mut Report) {
        let mut wrong = Vec::new();
        let read = self.read_as_far_as_it_goes(&mut wrong);
        for (field, message) in wrong {
            report.append(Path::new(field), Error::new(message));
        }
        read.validate_into(ctx, parent, report);
    }
}

/// A company to be made: its name, and for the rest what everybody begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCompany {
    /// Its name.
    pub name: String,
    /// Its domain; empty: none.
    pub domain: String,
    /// The plan; without, a trial of the usual length.
    pub plan: Option<PlanDraft>,
}

impl NewCompany {
    /// What is to be sent.
    pub fn read(&self) -> Result<CreateCompany, Vec<(&'static str, String)>> {
        let mut wrong = Vec::new();
        let read = self.read_as_far_as_it_goes(&mut wrong);
        if wrong.is_empty() {
            Ok(read)
        } else {
            Err(wrong)
        }
    }

    fn read_as_far_as_it_goes(&self, wrong: &mut Vec<(&'static str, String)>) -> CreateCompany {
        let domain = self.domain.trim();
        CreateCompany {
            name: self.name.clone(),
            domain: (!domain.is_empty()).then(|| domain.to_owned()),
            settings: Settings::default(),
            subscription: self.plan.as_ref().map(|plan| plan.read(wrong)),
        }
    }
}

impl Validate for NewCompany {
    type Context = ();

    fn validate_into(&self, ctx: &(), parent: &mut dyn FnMut() -> Path, report: &mut Report) {
        let mut wrong = Vec::new();
        let read = self.read_as_far_as_it_goes(&mut wrong);
        for (field, message) in wrong {
            report.append(Path::new(field), Error::new(message));
        }
        read.validate_into(ctx, parent, report);
    }
}

/// A whole number within bounds.
fn whole<N>(
    text: &str,
    bounds: RangeInclusive<N>,
    field: &'static str,
    wrong: &mut Vec<(&'static str, String)>,
) -> Option<N>
where
    N: std::str::FromStr + PartialOrd + std::fmt::Display,
{
    let number = text
        .trim()
        .parse()
        .ok()
        .filter(|number| bounds.contains(number));
    if number.is_none() {
        let (low, high) = bounds.into_inner();
        wrong.push((
            field,
            tr!(
                "Give a whole number from {low} to {high}.",
                low = low,
                high = high
            ),
        ));
    }
    number
}

/// An amount in dollars as micros; nothing is no cap.
fn money(text: &str, field: &'static str, wrong: &mut Vec<(&'static str, String)>) -> Option<u64> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let micros = micros_of(text).filter(|micros| *micros <= MAX_SPEND_CAP_MICROS);
    if micros.is_none() {
        wrong.push((
            field,
            tr!("Give an amount in US dollars such as 25 or 25.50, up to a million.").to_owned(),
        ));
    }
    micros
}

/// "25.50", "$25", "1,000": micros.
fn micros_of(text: &str) -> Option<u64> {
    let text: String = text
        .trim_start_matches('$')
        .chars()
        .filter(|c| !matches!(c, ',' | ' '))
        .collect();
    let (whole, cents) = text.split_once('.').unwrap_or((&text, "0"));
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    if !digits(whole) || !digits(cents) || cents.len() > 2 {
        return None;
    }
    let cents: u64 = format!("{cents:0<2}").parse().ok()?;
    let whole: u64 = whole.parse().ok()?;
    whole.checked_mul(DOLLAR)?.checked_add(cents * DOLLAR / 100)
}

/// An amount as it is typed: "25", "25.50".
fn typed_money(micros: u64) -> String {
    let cents = micros / (DOLLAR / 100);
    match cents % 100 {
        0 => (cents / 100).to_string(),
        rest => format!("{}.{rest:02}", cents / 100),
    }
}

/// An amount as it is read: "$1,204.50"; what is less than a cent says so.
pub fn shown_money(micros: u64) -> String {
    let cents = micros / (DOLLAR / 100);
    if cents == 0 && micros > 0 {
        return tr!("less than $0.01").to_owned();
    }
    let whole = (cents / 100).to_string();
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("${grouped}.{:02}", cents % 100)
}

/// How a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanState {
    /// Nobody gets in, because a super admin closed it.
    Closed,
    /// Nobody gets in, because it is over.
    Ended,
    /// It ends in so many days: 0 is today.
    Ending(u64),
    /// It goes on.
    Runs,
}

impl PlanState {
    /// Of a plan at this moment.
    pub fn of(is_active: bool, ends_at: Option<u64>, now: u64) -> Self {
        match ends_at {
            _ if !is_active => Self::Closed,
            Some(ends_at) if ends_at <= now => Self::Ended,
            Some(ends_at) if ends_at <= now + SOON_MS => Self::Ending((ends_at - now) / A_DAY_MS),
            _ => Self::Runs,
        }
    }
}

/// A plan's name.
pub fn plan_name(plan: Plan) -> &'static str {
    match plan {
        Plan::Trial => tr!("Trial"),
        Plan::Basic => tr!("Basic"),
        Plan::Premium => tr!("Premium"),
        Plan::Enterprise => tr!("Enterprise"),
    }
}

/// All plans, with the word that requests know them by.
pub const PLANS: [Plan; 4] = [Plan::Trial, Plan::Basic, Plan::Premium, Plan::Enterprise];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use contract::checks::check;
    use domain::ids::CompanyId;
    use uuid::Uuid;

    fn company() -> Company {
        Company {
            id: CompanyId(Uuid::nil()),
            name: "Troika Tech".to_owned(),
            domain: None,
            settings: Settings {
                rep_spend_cap_micros: Some(2_500_000),
                ..Settings::default()
            },
            subscription: Subscription {
                plan: Plan::Basic,
                starts_at: 1_000,
                ends_at: Some(2_000),
                is_active: true,
                max_users: 25,
                spend_cap_micros: None,
            },
            active_users: Some(7),
            version: 3,
            created_at: 0,
            updated_at: 0,
        }
    }

    fn fields(draft: &impl Validate<Context = ()>) -> Vec<String> {
        check(draft).into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn what_is_not_touched_is_sent_as_it_was() {
        let company = company();
        let sent = CompanyDraft::of(&company, true).read().unwrap();
        assert_eq!(sent.settings, company.settings);
        assert_eq!(sent.subscription, Some(company.subscription.clone()));
        assert_eq!((sent.name, sent.domain), (company.name.clone(), None));
        // A manager sends no plan: it stays as it is.
        let managers = CompanyDraft::of(&company, false);
        assert_eq!(managers.read().unwrap().subscription, None);
        assert_eq!(fields(&managers), [""; 0]);
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it_under_the_servers_name() {
        let mut draft = CompanyDraft::of(&company(), true);
        draft.name = " ".to_owned();
        draft.domain = "troika".to_owned();
        draft.training_days = "11".to_owned();
        draft.grace_minutes = "an hour".to_owned();
        draft.rep_spend_cap = "free".to_owned();
        if let Some(plan) = &mut draft.plan {
            plan.ends_at = Some(500);
            plan.max_users = String::new();
        }
        let mut found = fields(&draft);
        found.sort();
        assert_eq!(
            found,
            [
                "domain",
                "name",
                "settings.graceMinutes",
                "settings.repSpendCapMicros",
                "settings.trainingDays",
                "subscription.endsAt",
                "subscription.maxUsers"
            ]
        );
    }

    #[test]
    fn the_bounds_are_those_of_the_contract() {
        let tried = |change: &dyn Fn(&mut Settings)| {
            let mut settings = Settings::default();
            change(&mut settings);
            check(&settings).is_empty()
        };
        for (low, high, set) in [
            (
                1,
                10,
                (|s, n| s.training_days = n as u8) as fn(&mut Settings, u16),
            ),
            (1, 120, |s, n| s.session_minutes = n),
            (11, 600, |s, n| s.grace_minutes = n),
            (1, 3_650, |s, n| s.voice_retention_days = n),
            (1, 3_650, |s, n| s.transcript_retention_days = Some(n)),
        ] {
            assert!(tried(&|s| set(s, low)) && tried(&|s| set(s, high)));
            assert!(!tried(&|s| set(s, low - 1)) && !tried(&|s| set(s, high + 1)));
        }
    }

    #[test]
    fn money_is_typed_in_dollars() {
        for (text, micros) in [
            ("25", 25_000_000),
            ("$25.5", 25_500_000),
            ("1,000.05", 1_000_050_000),
            ("0", 0),
        ] {
            assert_eq!(micros_of(text), Some(micros), "{text}");
        }
        for text in ["", "-1", "25.505", "2.5.5", "₹25", ".", "1e3"] {
            assert_eq!(micros_of(text), None, "{text}");
        }
        assert_eq!(typed_money(25_000_000), "25");
        assert_eq!(typed_money(25_050_000), "25.05");
        assert_eq!(shown_money(1_234_567_890_000), "$1,234,567.89");
        assert_eq!(shown_money(0), "$0.00");
        assert_eq!(shown_money(9_999), "less than $0.01");
    }

    #[test]
    fn who_keeps_things_for_a_shorter_time_is_told_what_goes() {
        let saved = CompanyDraft::of(&company(), false);
        assert_eq!(saved.what_goes(&saved), [""; 0]);
        let mut shorter = saved.clone();
        shorter.voice_retention_days = "30".to_owned();
        shorter.transcript_retention_days = "365".to_owned();
        assert_eq!(shorter.what_goes(&saved).len(), 2);
        assert_eq!(saved.what_goes(&shorter), [""; 0]);
    }

    #[test]
    fn a_plan_is_about_to_end_in_its_last_two_weeks() {
        let now = 100 * A_DAY_MS;
        let at = |ends_at| PlanState::of(true, ends_at, now);
        assert_eq!(at(None), PlanState::Runs);
        assert_eq!(at(Some(now + 15 * A_DAY_MS)), PlanState::Runs);
        assert_eq!(at(Some(now + 3 * A_DAY_MS)), PlanState::Ending(3));
        assert_eq!(at(Some(now + 1)), PlanState::Ending(0));
        assert_eq!(at(Some(now)), PlanState::Ended);
        assert_eq!(PlanState::of(false, None, now), PlanState::Closed);
    }
}
