//! Rotation of refresh tokens. Each is used once; using one again means that two parties hold it, so its whole family
//! (the device's log-in) ends. Only one of a family is worth anything at a time.
//!
//! The exception is a token that was exchanged a moment ago: its answer may have got lost, as when a page is reloaded at the
//! wrong moment or a phone leaves its network. Then the family's current token, which nobody may ever have received, is
//! exchanged in its stead. Whoever did receive that one and presents it later is told to log in again.

/// How long a refresh token lives, ms: 7 days.
pub const REFRESH_TOKEN_MS: u64 = 7 * 24 * 60 * 60 * 1_000;

/// How long an access token lives, ms: 15 minutes.
pub const ACCESS_TOKEN_MS: u64 = 15 * 60 * 1_000;

/// So long after its exchange a token may come again, ms: 1 minute.
pub const LOST_ANSWER_MS: u64 = 60 * 1_000;

/// What is stored of a presented token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredToken {
    /// Unix ms from which it is worthless.
    pub expires_at: u64,
    /// Unix ms of its exchange, if it was exchanged before.
    pub used_at: Option<u64>,
    /// Its family was revoked: by log-out, by reuse, or by an admin.
    pub family_revoked: bool,
    /// Its user may log in.
    pub user_active: bool,
}

/// What to do with a presented token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefreshDecision {
    /// Mark the family's current token used and give a new one. The current one is the presented one, or its successor when
    /// the answer to its exchange may have got lost.
    Rotate,
    /// It was used before: revoke the family, give nothing.
    RevokeFamily,
    /// Give nothing.
    Refuse,
}

/// Decides on a presented token; `None` is a token nobody issued.
pub fn decide(token: Option<StoredToken>, now: u64) -> RefreshDecision {
    let Some(token) = token else {
        return RefreshDecision::Refuse;
    };
    let is_reuse = token
        .used_at
        .is_some_and(|used_at| now >= used_at + LOST_ANSWER_MS);
    if token.family_revoked {
        RefreshDecision::Refuse
    } else if is_reuse {
        RefreshDecision::RevokeFamily
    } else if !token.user_active || now >= token.expires_at {
        RefreshDecision::Refuse
    } else {
        RefreshDecision::Rotate
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use proptest::prelude::*;

    /// A family as the store keeps it: when each token was used. The last is the current one.
    struct Family {
        used_at: Vec<Option<u64>>,
        revoked: bool,
    }

    impl Family {
        fn present(&mut self, index: usize, now: u64) -> RefreshDecision {
            let stored = self.used_at.get(index).map(|&used_at| StoredToken {
                expires_at: REFRESH_TOKEN_MS,
                used_at,
                family_revoked: self.revoked,
                user_active: true,
            });
            let decision = decide(stored, now);
            match decision {
                RefreshDecision::Rotate => {
                    *self.used_at.last_mut().unwrap() = Some(now);
                    self.used_at.push(None);
                }
                RefreshDecision::RevokeFamily => self.revoked = true,
                RefreshDecision::Refuse => {}
            }
            decision
        }
    }

    proptest! {
        #[test]
        fn at_most_one_token_of_a_family_is_worth_anything(
            presented in prop::collection::vec((0_usize..6, 0_u64..2 * LOST_ANSWER_MS), 0..40),
        ) {
            let mut family = Family { used_at: vec![None], revoked: false };
            let (mut now, mut reused) = (0, false);
            for (index, later) in presented {
                now += later;
                let before = family.used_at.get(index).copied();
                let decision = family.present(index, now);
                match before {
                    None => prop_assert_eq!(decision, RefreshDecision::Refuse),
                    Some(_) if reused => prop_assert_eq!(decision, RefreshDecision::Refuse),
                    Some(Some(used_at)) if now - used_at >= LOST_ANSWER_MS => {
                        prop_assert_eq!(decision, RefreshDecision::RevokeFamily);
                        reused = true;
                    }
                    Some(_) => prop_assert_eq!(decision, RefreshDecision::Rotate),
                }
                prop_assert_eq!(family.used_at.iter().filter(|used_at| used_at.is_none()).count(), 1);
                prop_assert_eq!(family.used_at.last(), Some(&None));
            }
        }

        #[test]
        fn nothing_is_given_to_the_inactive_or_late(used_at: Option<u16>, revoked: bool, active: bool, now in 0_u64..200) {
            let used_at = used_at.map(u64::from);
            let token = StoredToken { expires_at: 100, used_at, family_revoked: revoked, user_active: active };
            if revoked || !active || now >= 100 {
                prop_assert_ne!(decide(Some(token), now), RefreshDecision::Rotate);
            }
        }
    }
}
