//! `/api/profile`: what people see and set of themselves, their password and their devices.

use crate::auth::password::{self, Checked};
use crate::error::ApiError;
use crate::extract::{Bearer, CurrentDevice, Editor, IfMatch, JsonBody, PathId};
use crate::json::Json;
use crate::limits;
use crate::ports::{Ports, random};
use crate::versioned::{Versioned, changed_meanwhile};
use axum::extract::State;
use axum::http::StatusCode;
use contract::problem::FieldError;
use contract::profile::{ChangePassword, Device, Profile, UpdateProfile};
use contract::session::Items;
use domain::ids::DeviceId;
use domain::policy::Principal;
use domain::rate_limit::RateLimit;
use domain::refresh::REFRESH_TOKEN_MS;
use serde_json::{Value, json};
use store::profile::{self, NewPassword, ProfileRow};

/// The most devices that are listed.
const MAX_DEVICES: u32 = 100;

pub(crate) async fn read<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
) -> Result<Versioned<Profile>, ApiError> {
    Ok(versioned(own(&ports, &asker).await?))
}

pub(crate) async fn update<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    IfMatch(version): IfMatch,
    JsonBody(form): JsonBody<UpdateProfile>,
) -> Result<Versioned<Profile>, ApiError> {
    let (company, user) = (editor.asker.company, editor.asker.user);
    let before = own(&ports, &editor.asker).await?;
    let after = ProfileRow {
        email: before.email.clone(),
        first_name: form.first_name.trim().to_owned(),
        last_name: form.last_name.trim().to_owned(),
        phone: form.phone.map(|phone| phone.trim().to_owned()),
        language: form.language,
        on_leaderboard: form.on_leaderboard,
        mail_reminders: form.mail_reminders,
        mail_digest: form.mail_digest,
        version,
    };
    let mut change = editor.change(&ports, company, "user.profile_changed", user.0)?;
    change.before = Some(audited(&before));
    change.after = Some(audited(&after));
    if !profile::update(ports.db(), company, user, &after, ports.now_ms(), &change).await? {
        return Err(changed_meanwhile());
    }
    Ok(versioned(own(&ports, &editor.asker).await?))
}

async fn own<P: Ports>(ports: &P, asker: &Principal) -> Result<ProfileRow, ApiError> {
    let row = profile::find(ports.db(), asker.company, asker.user).await?;
    row.ok_or_else(ApiError::unauthenticated)
}

/// Settings only: names and numbers would outlive the person in the log.
fn audited(row: &ProfileRow) -> Value {
    json!({
        "language": row.language,
        "onLeaderboard": row.on_leaderboard,
        "mailReminders": row.mail_reminders,
        "mailDigest": row.mail_digest,
    })
}

fn versioned(row: ProfileRow) -> Versioned<Profile> {
    Versioned {
        status: StatusCode::OK,
        version: row.version,
        body: Profile {
            email: row.email,
            first_name: row.first_name,
            last_name: row.last_name,
            phone: row.phone,
            language: row.language,
            on_leaderboard: row.on_leaderboard,
            mail_reminders: row.mail_reminders,
            mail_digest: row.mail_digest,
            version: row.version,
        },
    }
}

/// Sets a new password, for those who know the old one; all other devices are logged out. Whoever holds somebody's phone may
/// guess the old one as rarely as at log-in.
pub(crate) async fn set_password<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    CurrentDevice(device): CurrentDevice,
    JsonBody(form): JsonBody<ChangePassword>,
) -> Result<StatusCode, ApiError> {
    let (db, company, user) = (ports.db(), editor.asker.company, editor.asker.user);
    let guesser = user.to_string();
    limits::count(&ports, RateLimit::LOGIN_ACCOUNT, &guesser).await?;
    let old_hash = profile::password_hash(db, company, user).await?;
    let old_hash = old_hash.ok_or_else(ApiError::unauthenticated)?;
    if password::check(&form.old_password, Some(&old_hash))? == Checked::Wrong {
        let message = "This is not your password so far.";
        return Err(ApiError::fields(vec![FieldError::new(
            "oldPassword",
            message,
        )]));
    }
    limits::clear(&ports, RateLimit::LOGIN_ACCOUNT, &guesser).await?;
    let new = NewPassword {
        old_hash,
        new_hash: password::hash(&form.new_password, random(&ports)?)?,
        device,
        now: ports.now_ms(),
    };
    let change = editor.change(&ports, company, "user.password_changed", user.0)?;
    if profile::set_password(db, company, user, new, &change).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(changed_meanwhile())
    }
}

/// Where one is logged in: a device that gave no sign of life for as long as a refresh token lives is logged out by itself.
pub(crate) async fn devices<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    CurrentDevice(current): CurrentDevice,
) -> Result<Json<Items<Device>>, ApiError> {
    let since = ports.now_ms().saturating_sub(REFRESH_TOKEN_MS);
    let (db, company, user) = (ports.db(), asker.company, asker.user);
    let rows = profile::devices(db, company, user, since, MAX_DEVICES).await?;
    let items = rows.into_iter().map(|row| Device {
        id: row.id,
        label: row.label,
        current: row.id == current,
        created_at: row.created_at,
        last_seen_at: row.last_seen_at,
    });
    Ok(Json(Items {
        items: items.collect(),
    }))
}

/// Logs one of one's devices out, at once.
pub(crate) async fn revoke_device<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    PathId(id): PathId<DeviceId>,
) -> Result<StatusCode, ApiError> {
    let (db, now) = (ports.db(), ports.now_ms());
    if profile::revoke_device(db, asker.company, asker.user, id, now).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::not_found("device"))
    }
}
