//! Sessions of groups, a day ahead.

use crate::error::ApiError;
use crate::ports::{Fault, Ports, new_id};
use domain::ids::{CompanyId, GroupId};
use domain::programme::{Served, plan};
use domain::schedule::{Ahead, Rhythm, Weekdays};
use std::slice;
use store::programme::{self, DueGroup, Member, Plans};

/// Groups in one round: what they plan travels as one batch.
const ROUND: u32 = 100;

/// Rounds in a tick. What is left is due at the next one.
const ROUNDS: u32 = 10;

/// How long a group waits that could not be planned, ms.
const POSTPONED_MS: u64 = 60 * 60 * 1_000;

/// Plans the sessions of all groups that are due.
pub(super) async fn plan_due<P: Ports>(ports: &P, now: u64) -> Result<(), ApiError> {
    for _ in 0..ROUNDS {
        let due = programme::due(ports.db(), now, ROUND).await?;
        if plan_groups(ports, &due, now).await.is_err() {
            // One of them can't be planned; the others are.
            for group in &due {
                if let Err(error) = plan_groups(ports, slice::from_ref(group), now).await {
                    postpone(ports, group, &error, now).await?;
                }
            }
        }
        if due.len() < usize::try_from(ROUND).unwrap_or(usize::MAX) {
            break;
        }
    }
    Ok(())
}

async fn postpone<P: Ports>(
    ports: &P,
    group: &DueGroup,
    why: &ApiError,
    now: u64,
) -> Result<(), ApiError> {
    ports.report(&Fault::unasked("PLAN", &format!("group {}", group.id), why));
    Ok(programme::postpone(ports.db(), group, now + POSTPONED_MS).await?)
}

async fn plan_groups<P: Ports>(ports: &P, due: &[DueGroup], now: u64) -> Result<(), ApiError> {
    let groups: Vec<GroupId> = due.iter().map(|group| group.id).collect();
    let mut companies: Vec<CompanyId> = due.iter().map(|group| group.company).collect();
    companies.sort_unstable();
    companies.dedup();
    if groups.is_empty() {
        return Ok(());
    }
    let members = programme::members(ports.db(), &groups, now).await?;
    let served = programme::served(ports.db(), &companies).await?;
    let mut plans = Plans::default();
    for group in due {
        let members = members.iter().filter(|member| member.group == group.id);
        let days: Vec<Served> = served
            .iter()
            .filter(|(company, one)| *company == group.company && one.day <= group.training_days)
            .map(|(_, one)| *one)
            .collect();
        plan_group(ports, &mut plans, group, members, &days, now)?;
    }
    programme::carry_out(ports.db(), plans, now).await?;
    Ok(())
}

/// A group that does not practise has no slots, and is due again only when that changes.
fn plan_group<'a, P: Ports>(
    ports: &P,
    plans: &mut Plans,
    group: &DueGroup,
    members: impl Iterator<Item = &'a Member>,
    days: &[Served],
    now: u64,
) -> Result<(), ApiError> {
    let ends_at = group.plan_ends_at.unwrap_or(u64::MAX);
    let practises = group.is_active && now < ends_at;
    let (slots, next_due_at) = if practises {
        let mut ahead = ahead(ports, group, now)?;
        ahead.slots.retain(|slot| slot.at < ends_at);
        (ahead.slots, Some(ahead.next_due_at))
    } else {
        (Vec::new(), None)
    };
    for member in members {
        let grace = group.grace_minutes;
        for step in plan(group.id, days, &slots, grace, &member.practice, now) {
            plans.step(group, member.rep, step, new_id(ports)?);
        }
    }
    plans.group(group, next_due_at);
    Ok(())
}

fn ahead<P: Ports>(ports: &P, group: &DueGroup, now: u64) -> Result<Ahead, ApiError> {
    let broken = |why: String| ApiError::Broken(format!("group {}: {why}", group.id));
    let rhythm = Rhythm {
        weekdays: Weekdays::from_bits(group.weekdays).map_err(|error| broken(error.to_string()))?,
        slot_minute: group.slot_minute,
    };
    rhythm
        .ahead(now, |at| ports.utc_offset_minutes(&group.zone, at))
        .ok_or_else(|| broken(format!("the platform knows no zone {}", group.zone)))
}
