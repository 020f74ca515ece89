//! Who somebody is in the product.

use serde::{Deserialize, Serialize};

/// The three roles of people. The AI coach is no user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs companies and plans; sees everything.
    SuperAdmin,
    /// Leads teams inside one company.
    Manager,
    /// Practises.
    SalesRep,
}

impl Role {
    /// The name used in SQL, JSON and tokens.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::SuperAdmin => "super_admin",
            Role::Manager => "manager",
            Role::SalesRep => "sales_rep",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = UnknownRole;
    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        match text {
            "super_admin" => Ok(Role::SuperAdmin),
            "manager" => Ok(Role::Manager),
            "sales_rep" => Ok(Role::SalesRep),
            _ => Err(UnknownRole),
        }
    }
}

/// The text names no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a role is one of super_admin, manager, sales_rep")]
pub struct UnknownRole;
