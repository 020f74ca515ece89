//! The export: one line per session, read a page at a time while it is sent, so that memory stays flat however many there are.

use super::calendar::local_date;
use super::rights::{company_of_readable_group, readable_rep, readable_team};
use super::sheet::{self, BYTE_ORDER_MARK};
use crate::error::ApiError;
use crate::extract::{Bearer, Query};
use crate::observe::RequestId;
use crate::ports::{Fault, Ports};
use crate::tenant;
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use contract::analytics::ExportQuery;
use contract::problem::FieldError;
use domain::ids::CompanyId;
use domain::policy::Principal;
use domain::role::Role;
use futures::stream;
use store::analytics::{self, After, Clock, ExportRow, Reach, Span};

/// How many sessions are read at once.
const PAGE: u32 = 500;

pub(crate) async fn export<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    Extension(request): Extension<RequestId>,
    Query(query): Query<ExportQuery>,
) -> Result<Response, ApiError> {
    let (company, reach) = reach(&ports, &asker, &query).await?;
    let date = local_date(ports.now_ms(), Clock::default());
    let pages = Pages {
        ports,
        company,
        reach,
        span: span(query)?,
        request,
    };
    // What fails here is a problem; what fails later cuts the file short, which its reader is told by the connection.
    let first = pages.read(None).await?;
    let mut beginning = BYTE_ORDER_MARK.as_bytes().to_vec();
    beginning.extend(sheet::headings().map_err(broken)?);
    beginning.extend(sheet::lines(&first).map_err(broken)?);
    let rest = pages.after(&first);
    let body = stream::try_unfold((Some(Bytes::from(beginning)), rest, pages), next);
    let name = format!("attachment; filename=\"sales-captain-sessions-{date}.csv\"");
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
        (CONTENT_DISPOSITION, name.as_str()),
    ];
    Ok((headers, Body::from_stream(body)).into_response())
}

/// The state of a stream: what is ready to be sent, where to read on, and how.
type Reading<P> = (Option<Bytes>, Option<After>, Pages<P>);

async fn next<P: Ports>(
    (ready, rest, pages): Reading<P>,
) -> Result<Option<(Bytes, Reading<P>)>, ApiError> {
    if let Some(ready) = ready {
        return Ok(Some((ready, (None, rest, pages))));
    }
    let Some(after) = rest else {
        return Ok(None);
    };
    match pages.lines(&after).await {
        Ok((lines, rest)) => Ok(Some((lines, (None, rest, pages)))),
        Err(error) => {
            pages.report(&error);
            Err(error)
        }
    }
}

/// Which sessions are read.
struct Pages<P> {
    ports: P,
    company: CompanyId,
    reach: Reach,
    span: Span,
    request: RequestId,
}

impl<P: Ports> Pages<P> {
    async fn read(&self, after: Option<&After>) -> Result<Vec<ExportRow>, ApiError> {
        let db = self.ports.db();
        Ok(analytics::export(db, self.company, self.reach, &self.span, after, PAGE).await?)
    }

    /// The lines of the page after another, and where the next one begins.
    async fn lines(&self, after: &After) -> Result<(Bytes, Option<After>), ApiError> {
        let rows = self.read(Some(after)).await?;
        let lines = sheet::lines(&rows).map_err(broken)?;
        Ok((lines.into(), self.after(&rows)))
    }

    /// A page that is not full is the last one.
    fn after(&self, rows: &[ExportRow]) -> Option<After> {
        let full = u32::try_from(rows.len()) == Ok(PAGE);
        rows.last().filter(|_| full).map(ExportRow::cursor)
    }

    /// The answer's status is out already: the outermost layer can't see this any more.
    fn report(&self, error: &ApiError) {
        let RequestId(request_id) = &self.request;
        self.ports.report(&Fault {
            request_id: request_id.clone(),
            method: "GET".to_owned(),
            path: "/api/analytics/export".to_owned(),
            status: 200,
            cause: format!("the export was cut short: {error}"),
        });
    }
}

/// Whose sessions: those that were asked for, if the asker may see them; else all that the asker may see.
async fn reach<P: Ports>(
    ports: &P,
    asker: &Principal,
    query: &ExportQuery,
) -> Result<(CompanyId, Reach), ApiError> {
    let meant = tenant::meant(ports, asker, query.company_id).await?;
    let (company, reach) = if let Some(id) = query.user_id {
        let (company, rep) = readable_rep(ports, asker, id).await?;
        (company, Reach::Rep(rep.user))
    } else if let Some(id) = query.group_id {
        let company = company_of_readable_group(ports, asker, id).await?;
        (company, Reach::Group(id))
    } else if let Some(id) = query.team_id {
        let (company, team) = readable_team(ports, asker, id).await?;
        (company, Reach::Team(team.team))
    } else {
        let reach = match asker.role {
            Role::SalesRep => Reach::Rep(asker.user),
            Role::Manager => Reach::LedBy(asker.user),
            Role::SuperAdmin => Reach::Company,
        };
        (meant, reach)
    };
    if query.company_id.is_some_and(|named| named != company) {
        return Err(ApiError::not_found("part of this company"));
    }
    Ok((company, reach))
}

/// Dates of this form are in the order of their letters.
fn span(query: ExportQuery) -> Result<Span, ApiError> {
    if let (Some(from), Some(to)) = (&query.from, &query.to)
        && from > to
    {
        let message = "The first date lies after the last one.";
        return Err(ApiError::fields(vec![FieldError::new("from", message)]));
    }
    Ok(Span {
        from: query.from,
        to: query.to,
    })
}

fn broken(error: csv::Error) -> ApiError {
    ApiError::Broken(format!("the sheet could not be written: {error}"))
}
