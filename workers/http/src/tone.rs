//! `/api/tone-guidelines`: the voice that a company's answers are judged by. Managers read and write their company's; the
//! stock's, which count until a company has its own, are the super admins'.

use crate::error::ApiError;
use crate::extract::{Bearer, Editor, IfMatch, JsonBody, LONG_TEXT, Query};
use crate::ports::{Ports, new_id};
use crate::tenant;
use crate::versioned::{Versioned, changed_meanwhile};
use axum::extract::State;
use axum::http::StatusCode;
use contract::problem::Code;
use contract::tone::{Tone, ToneTarget, ToneText};
use domain::ids::CompanyId;
use domain::policy::Principal;
use domain::role::Role;
use serde_json::json;
use store::tone::{self, ToneEdit, ToneRow};

pub(crate) async fn read<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    Query(target): Query<ToneTarget>,
) -> Result<Versioned<Tone>, ApiError> {
    let owner = owner(&ports, &asker, &target).await?;
    Ok(shown(that_count(&ports, owner).await?, owner))
}

pub(crate) async fn write<P: Ports>(
    State(ports): State<P>,
    editor: Editor,
    Query(target): Query<ToneTarget>,
    IfMatch(version): IfMatch,
    JsonBody(text): JsonBody<ToneText, LONG_TEXT>,
) -> Result<Versioned<Tone>, ApiError> {
    let owner = owner(&ports, &editor.asker, &target).await?;
    let id = new_id(&ports)?;
    let home = owner.unwrap_or(editor.asker.company);
    let mut change = editor.change(&ports, home, "tone.edited", id)?;
    change.before = Some(json!({"number": version}));
    change.after = Some(json!({"number": version.saturating_add(1)}));
    let edit = ToneEdit {
        id,
        company: owner,
        after: u32::try_from(version).map_err(|_| changed_meanwhile())?,
        text: text.into(),
        author: editor.asker.user,
        now: ports.now_ms(),
    };
    if !tone::write(ports.db(), &edit, &change).await? {
        return Err(changed_meanwhile());
    }
    Ok(shown(that_count(&ports, owner).await?, owner))
}

/// Whose guidelines are meant; `None` is the stock's.
async fn owner<P: Ports>(
    ports: &P,
    asker: &Principal,
    target: &ToneTarget,
) -> Result<Option<CompanyId>, ApiError> {
    match (target.stock, asker.role) {
        (true, Role::SuperAdmin) => Ok(None),
        (true, _) => Err(ApiError::new(
            Code::Forbidden,
            "Only super admins write the stock's tone guidelines.",
        )),
        (false, _) => Ok(Some(tenant::meant(ports, asker, target.company_id).await?)),
    }
}

async fn that_count<P: Ports>(ports: &P, owner: Option<CompanyId>) -> Result<ToneRow, ApiError> {
    let row = match owner {
        Some(company) => tone::that_counts(ports.db(), company).await?,
        None => tone::stock(ports.db()).await?,
    };
    row.ok_or_else(|| ApiError::Broken("there are no tone guidelines".to_owned()))
}

/// A company that reads the stock's has none of its own: its version is 0.
fn shown(row: ToneRow, owner: Option<CompanyId>) -> Versioned<Tone> {
    Versioned {
        status: StatusCode::OK,
        version: if row.company == owner {
            u64::from(row.number)
        } else {
            0
        },
        body: Tone {
            company_id: row.company,
            number: row.number,
            updated_at: row.created_at,
            text: row.text.into(),
        },
    }
}
