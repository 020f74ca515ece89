//! The Today page: what came, and how old it is.

use crate::api::Failure;
use contract::session::Today;
use std::rc::Rc;
use yew::Reducible;

/// What the Today page knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TodayPage {
    /// The last answer.
    pub today: Option<Rc<Today>>,
    /// Why the last call failed, if it did.
    pub failure: Option<Failure>,
    /// How far the server's clock is ahead of the device's, ms.
    pub ahead_ms: i64,
}

/// What changes it.
#[derive(Debug, Clone)]
pub enum TodayChange {
    /// The answer came, at this moment of the device's clock.
    Came(Today, u64),
    /// It did not.
    Failed(Failure),
    /// It is asked for again.
    Asked,
}

impl TodayPage {
    /// The state after a change. A failure keeps what came before: an old page is better than none.
    pub fn after(&self, change: TodayChange) -> Self {
        match change {
            TodayChange::Came(today, device_now) => Self {
                ahead_ms: ahead_ms(today.now, device_now),
                today: Some(Rc::new(today)),
                failure: None,
            },
            TodayChange::Failed(failure) => Self {
                failure: Some(failure),
                ..self.clone()
            },
            TodayChange::Asked => Self {
                failure: None,
                ..self.clone()
            },
        }
    }

    /// The server's clock, Unix ms.
    pub fn server_now(&self, device_now: u64) -> u64 {
        device_now.saturating_add_signed(self.ahead_ms)
    }
}

/// How far the server's clock is ahead, ms.
pub fn ahead_ms(server_now: u64, device_now: u64) -> i64 {
    i64::try_from(server_now).unwrap_or(i64::MAX) - i64::try_from(device_now).unwrap_or(0)
}

impl Reducible for TodayPage {
    type Action = TodayChange;
    fn reduce(self: Rc<Self>, change: TodayChange) -> Rc<Self> {
        Rc::new(self.after(change))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::session::Progress;

    fn today(now: u64) -> Today {
        let progress = Progress {
            days_completed: 2,
            days_total: 10,
            streak: 2,
            recent: vec![],
        };
        Today {
            items: vec![],
            progress,
            now,
        }
    }

    #[test]
    fn countdowns_follow_the_servers_clock() {
        let page = TodayPage::default().after(TodayChange::Came(today(50_000), 20_000));
        assert_eq!(page.server_now(21_000), 51_000);
        let behind = TodayPage::default().after(TodayChange::Came(today(20_000), 50_000));
        assert_eq!(behind.server_now(51_000), 21_000);
    }

    #[test]
    fn a_failed_refresh_keeps_the_page() {
        let page = TodayPage::default()
            .after(TodayChange::Came(today(1), 1))
            .after(TodayChange::Failed(Failure::NoAnswer));
        assert!(page.today.is_some());
        assert_eq!(page.after(TodayChange::Asked).failure, None);
    }
}
