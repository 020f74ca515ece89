//! How columns read into types where SQLite has fewer types than Rust.

use crate::Value;
use crate::exchanges::ExchangeStatus;
use crate::outbox::MailKind;
use crate::row::Column;
use crate::sessions::DrillCardRow;
use captain_json::Fault;
use domain::ids::{
    CompanyId, DeviceId, GroupId, InviteId, MailId, MessageId, NoteId, RecordingId, RefreshTokenId,
    ScenarioId, ScenarioVersionId, SessionId, TeamId, TurnId, UserId,
};
use domain::joining::InviteState;
use domain::language::Language;
use domain::plan::Plan;
use domain::programme::Standing;
use domain::role::Role;
use domain::scenario::{Category, Scenario};
use domain::scoring::{RejectedReply, Verdict};
use domain::session::{
    MessageKind, MessageStatus, RequestId, SessionKind, Speaker, Status, VoicedBy,
};
use domain::suspicion::Suspicion;
use domain::tone::ToneGuidelines;
use domain::voice::Kind;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;
use uuid::Uuid;

impl<T: Column> Column for Option<T> {
    fn from_column(value: Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_column(value).map(Some),
        }
    }
}

impl Column for String {
    fn from_column(value: Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Column for i64 {
    fn from_column(value: Value) -> Option<Self> {
        match value {
            Value::Int(number) => Some(number),
            _ => None,
        }
    }
}

/// A real number without a fraction comes as a whole one.
#[allow(clippy::cast_precision_loss, clippy::as_conversions)]
impl Column for f64 {
    fn from_column(value: Value) -> Option<Self> {
        match value {
            Value::Int(number) => Some(number as f64),
            Value::Real(number) => Some(number),
            _ => None,
        }
    }
}

/// A flag is 0 or 1.
impl Column for bool {
    fn from_column(value: Value) -> Option<Self> {
        Some(i64::from_column(value)? != 0)
    }
}

impl Column for Uuid {
    fn from_column(value: Value) -> Option<Self> {
        Uuid::parse_str(&String::from_column(value)?).ok()
    }
}

impl Column for RequestId {
    fn from_column(value: Value) -> Option<Self> {
        String::from_column(value)?.try_into().ok()
    }
}

/// Whole numbers within bounds.
macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Column for $number {
            fn from_column(value: Value) -> Option<Self> {
                i64::from_column(value)?.try_into().ok()
            }
        }
    )*};
}
numbers!(u8, u16, u32, u64, usize, i32);

/// UUIDs as text.
macro_rules! ids {
    ($($id:ty),* $(,)?) => {$(
        impl Column for $id {
            fn from_column(value: Value) -> Option<Self> {
                Uuid::from_column(value).map(Self)
            }
        }
    )*};
}
ids!(
    CompanyId,
    DeviceId,
    GroupId,
    InviteId,
    MailId,
    MessageId,
    NoteId,
    RecordingId,
    RefreshTokenId,
    ScenarioId,
    ScenarioVersionId,
    SessionId,
    TeamId,
    TurnId,
    UserId,
);

/// One of some names.
macro_rules! names {
    ($($name:ty),* $(,)?) => {$(
        impl Column for $name {
            fn from_column(value: Value) -> Option<Self> {
                let text = String::from_column(value)?;
                let name: StrDeserializer<'_, Fault> = text.as_str().into_deserializer();
                Self::deserialize(name).ok()
            }
        }
    )*};
}
names!(
    Category,
    ExchangeStatus,
    InviteState,
    Kind,
    Language,
    MailKind,
    MessageKind,
    MessageStatus,
    Plan,
    Role,
    SessionKind,
    Speaker,
    Status,
);

/// JSON text, as what it says.
macro_rules! json {
    ($($json:ty),* $(,)?) => {$(
        impl Column for $json {
            fn from_column(value: Value) -> Option<Self> {
                captain_json::from_str(&String::from_column(value)?).ok()
            }
        }
    )*};
}
json!(
    Scenario,
    ToneGuidelines,
    Vec<DrillCardRow>,
    Vec<Standing>,
    Vec<u8>,
    Vec<u64>,
    Verdict,
    VoicedBy,
    Suspicion,
    Vec<RejectedReply>,
    serde_json::Value,
);

/// The customers of the scenario version `v`, as JSON of `sessions::DrillCardRow`.
macro_rules! drill_cards {
    () => {
        "(SELECT json_group_array(json_object(
                'id', d.value ->> '$.id', 'title', d.value ->> '$.title',
                'customer_name', d.value ->> '$.customer.name', 'customer_business', d.value ->> '$.customer.business'))
            FROM json_each(v.text, '$.drills') d)"
    };
}
pub(crate) use drill_cards;
