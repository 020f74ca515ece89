//! Rotation of refresh tokens. Each is used once; using one again means that two parties hold it, so its whole family
//! (the device's log-in) ends.

/// How long a refresh token lives, ms: 7 days.
pub const REFRESH_TOKEN_MS: u64 = 7 * 24 * 60 * 60 * 1_000;

/// How long an access token lives, ms: 15 minutes.
pub const ACCESS_TOKEN_MS: u64 = 15 * 60 * 1_000;

/// What is stored of a presented token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredToken {
    /// Unix ms from which it is worthless.
    pub expires_at: u64,
    /// It was exchanged before.
    pub used: bool,
    /// Its family was revoked: by log-out, by reuse, or by an admin.
    pub family_revoked: bool,
    /// Its user may log in.
    pub user_active: bool,
}

/// What to do with a presented token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefreshDecision {
    /// Mark it used and give a new one of the same family.
    Rotate,
    /// It was used before: revoke the family, give nothing.
    RevokeFamily,
    /// Give nothing.
    Refuse,
}

/// Decides on a presented token; `None` is a token nobody issued.
pub fn decide(token: Option<StoredToken>, now: u64) -> RefreshDecision {
    match token {
        None => RefreshDecision::Refuse,
        Some(token) if token.used && !token.family_revoked => RefreshDecision::RevokeFamily,
        Some(token) if token.family_revoked || !token.user_active || now >= token.expires_at => {
            RefreshDecision::Refuse
        }
        Some(_) => RefreshDecision::Rotate,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use proptest::prelude::*;

    /// A family as the store keeps it.
    #[derive(Default)]
    struct Family {
        used: Vec<bool>,
        revoked: bool,
    }

    impl Family {
        fn present(&mut self, index: usize, now: u64) -> RefreshDecision {
            let stored = self.used.get(index).map(|&used| StoredToken {
                expires_at: REFRESH_TOKEN_MS,
                used,
                family_revoked: self.revoked,
                user_active: true,
            });
            let decision = decide(stored, now);
            match decision {
                RefreshDecision::Rotate => {
                    self.used[index] = true;
                    self.used.push(false);
                }
                RefreshDecision::RevokeFamily => self.revoked = true,
                RefreshDecision::Refuse => {}
            }
            decision
        }
    }

    proptest! {
        #[test]
        fn at_most_one_token_of_a_family_is_worth_anything(presented in prop::collection::vec(0_usize..6, 0..40)) {
            let mut family = Family { used: vec![false], revoked: false };
            let mut reused = false;
            for index in presented {
                let before = family.used.get(index).copied();
                let decision = family.present(index, 0);
                match before {
                    None => prop_assert_eq!(decision, RefreshDecision::Refuse),
                    Some(_) if reused => prop_assert_eq!(decision, RefreshDecision::Refuse),
                    Some(true) => { prop_assert_eq!(decision, RefreshDecision::RevokeFamily); reused = true; }
                    Some(false) => prop_assert_eq!(decision, RefreshDecision::Rotate),
                }
                prop_assert!(family.used.iter().filter(|used| !**used).count() <= 1);
            }
        }

        #[test]
        fn nothing_is_given_to_the_inactive_or_late(used: bool, revoked: bool, active: bool, now in 0_u64..200) {
            let token = StoredToken { expires_at: 100, used, family_revoked: revoked, user_active: active };
            if !active || now >= 100 {
                prop_assert_ne!(decide(Some(token), now), RefreshDecision::Rotate);
            }
        }
    }
}
