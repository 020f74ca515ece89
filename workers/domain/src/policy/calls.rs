//! Who may make a call of the API at all.

use crate::role::Role;

/// Who may make a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without a log-in.
    Public,
    /// Anybody who is logged in.
    LoggedIn,
    /// Managers, and super admins.
    Managers,
    /// Super admins.
    SuperAdmins,
}

impl Access {
    /// Whether somebody of this role may.
    pub fn admits(self, role: Role) -> bool {
        match self {
            Access::Public | Access::LoggedIn => true,
            Access::Managers => matches!(role, Role::Manager | Role::SuperAdmin),
            Access::SuperAdmins => role == Role::SuperAdmin,
        }
    }
}
