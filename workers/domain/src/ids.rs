//! Identifiers: UUIDv7, one newtype per thing, so that the compiler refuses a user where a session is wanted.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::{Builder, Uuid};

/// Makes the bits of a UUIDv7 from a Unix time in milliseconds and ten random bytes.
pub fn uuid_v7(unix_ms: u64, random: &[u8; 10]) -> Uuid {
    Builder::from_unix_timestamp_millis(unix_ms, random).into_uuid()
}

/// The text was not a UUID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id: an id is a UUID such as 0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::parse_str(text).map(Self).map_err(|_| NotAnId)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

ids! {
    /// A tenant: one customer's company.
    CompanyId,
    /// A person who can log in.
    UserId,
    /// A team: one manager and their reps.
    TeamId,
    /// A group of four or five reps who practise at the same slot.
    GroupId,
    /// A day's scenario; its text lives in versions.
    ScenarioId,
    /// One text of a scenario, never changed once published.
    ScenarioVersionId,
    /// One rep's practice of one day.
    SessionId,
    /// One generation by the customer and the coach, answering one send.
    TurnId,
    /// One bubble of the chat.
    MessageId,
    /// What a manager says to the rep about a session.
    NoteId,
    /// A log-in on one device: the family its refresh tokens belong to.
    DeviceId,
    /// One recording of a voice drill.
    RecordingId,
    /// One refresh token.
    RefreshTokenId,
    /// An open door into a company.
    InviteId,
    /// A mail to send, or that was sent.
    MailId,
}
