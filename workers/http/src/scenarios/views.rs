//! Rows of the library as the API shows them.

use crate::sessions::card;
use contract::scenario::{
    DrillForRep, Scenario, ScenarioForRep, ScenarioSummary, Version, VersionSummary,
};
use store::scenarios::{ScenarioRow, SummaryRow, VersionRow, VersionTextRow};

pub(super) fn summary(row: SummaryRow) -> ScenarioSummary {
    ScenarioSummary {
        id: row.id,
        company_id: row.company,
        day: row.day,
        category: row.category,
        theme: row.theme,
        description: row.description,
        drills: row.drills.iter().map(card).collect(),
        is_active: row.is_active,
        number: row.number,
        published_number: row.published_number,
        updated_at: row.updated_at,
    }
}

pub(super) fn whole(row: ScenarioRow) -> Scenario {
    Scenario {
        id: row.id,
        company_id: row.company,
        is_active: row.is_active,
        number: row.number,
        published_number: row.published_number,
        updated_at: row.updated_at,
        text: row.text.into(),
    }
}

pub(super) fn for_rep(row: &ScenarioRow) -> ScenarioForRep {
    ScenarioForRep {
        id: row.id,
        company_id: row.company,
        day: row.text.day,
        category: row.text.category,
        theme: row.text.theme.clone(),
        description: row.text.description.clone(),
        drills: row.text.drills.iter().map(DrillForRep::of).collect(),
    }
}

pub(super) fn version_summary(row: VersionRow) -> VersionSummary {
    VersionSummary {
        number: row.number,
        theme: row.theme,
        created_by: row.created_by,
        created_at: row.created_at,
        published_at: row.published_at,
        is_served: row.is_served,
    }
}

pub(super) fn version(row: VersionTextRow) -> Version {
    Version {
        summary: VersionSummary {
            number: row.number,
            theme: row.text.theme.clone(),
            created_by: row.created_by,
            created_at: row.created_at,
            published_at: row.published_at,
            is_served: row.is_served,
        },
        text: row.text.into(),
    }
}
