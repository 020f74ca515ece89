//! `GET /api/ai/providers`: who is asked, for whoever runs this; what it costs, for managers too.

use crate::cursor;
use crate::error::ApiError;
use crate::extract::{Bearer, Query};
use crate::json::Json;
use crate::model::{Line, Models, Provider};
use crate::ports::Ports;
use axum::extract::State;
use coach::provider::breaker::Breaker;
use contract::ai::providers::{BreakerView, CompanySpend, PriceView, ProviderView, Providers};
use contract::page::{Page, PageQuery};
use domain::role::Role;
use store::spend::{self, CompanyMonthRow};

pub(crate) async fn providers<P: Ports>(
    State(ports): State<P>,
    Bearer(asker): Bearer,
    Query(query): Query<PageQuery>,
) -> Result<Json<Providers>, ApiError> {
    let (db, now) = (ports.db(), ports.now_ms());
    let limit = query.limit();
    let after = cursor::to_id(query.cursor.as_deref())?;
    let (providers, rows) = match asker.role {
        Role::SuperAdmin => (
            Some(configured(ports.models())),
            spend::company_months(db, after, now, limit + 1).await?,
        ),
        Role::Manager | Role::SalesRep => {
            let own = spend::company_month(db, asker.company, now).await?;
            (None, own.into_iter().collect())
        }
    };
    let page = Page::of(rows, limit, |row| row.id.to_string());
    Ok(Json(Providers {
        providers,
        spend: Page {
            items: page.items.into_iter().map(month).collect(),
            next_cursor: page.next_cursor,
        },
    }))
}

fn configured<L: Line>(models: &Models<L>) -> Vec<ProviderView> {
    let count = models.providers.len();
    let breakers = models.breakers.with(count, |breakers| breakers.to_vec());
    models
        .providers
        .iter()
        .zip(breakers)
        .map(|(provider, breaker)| view(provider, breaker))
        .collect()
}

fn view(provider: &Provider, breaker: Breaker) -> ProviderView {
    ProviderView {
        provider: provider.kind.as_str().to_owned(),
        model: provider.endpoint.model().to_owned(),
        price: provider.price.map(|price| PriceView {
            input_micros: price.input,
            output_micros: price.output,
        }),
        breaker: match breaker {
            Breaker::Closed { failures } => BreakerView::Closed { failures },
            Breaker::Open { until, .. } => BreakerView::Open { until },
            Breaker::HalfOpen { .. } => BreakerView::HalfOpen,
        },
    }
}

fn month(row: CompanyMonthRow) -> CompanySpend {
    CompanySpend {
        company_id: row.id,
        name: row.name,
        calls: row.calls,
        cost_micros: row.cost_micros,
        unknown_calls: row.unknown_calls,
        unknown_micros: row.unknown_micros,
        cap_micros: row.spend_cap_micros,
        rep_cap_micros: row.rep_spend_cap_micros,
    }
}
