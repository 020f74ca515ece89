//! The library of scenarios as those see it who write it: what is practised on each day, what waits, and what is off.

use contract::scenario::{Scenario, ScenarioSummary};
use domain::ids::ScenarioId;
use domain::scenario::Category;
use std::collections::BTreeMap;

/// The days of the programme.
pub const DAYS: std::ops::RangeInclusive<u8> = 1..=10;

/// A skill's name on screen.
pub fn skill_name(skill: Category) -> &'static str {
    match skill {
        Category::ObjectionHandling => tr!("Objection handling"),
        Category::Closing => tr!("Closing"),
        Category::FollowUp => tr!("Follow-up"),
    }
}

/// All skills, in the order they are offered.
pub const SKILLS: [Category; 3] = [
    Category::ObjectionHandling,
    Category::Closing,
    Category::FollowUp,
];

/// How a scenario stands in the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Reps practise it on its day.
    Practised,
    /// It is published and on, and another one of its day comes before it.
    Behind,
    /// It was never published.
    Draft,
    /// It was taken out of the programme.
    Off,
}

/// How a scenario stands, where `practised` is what its day practises.
pub fn standing(scenario: &ScenarioSummary, practised: Option<ScenarioId>) -> Standing {
    match scenario.published_number {
        None => Standing::Draft,
        Some(_) if !scenario.is_active => Standing::Off,
        Some(_) if practised == Some(scenario.id) => Standing::Practised,
        Some(_) => Standing::Behind,
    }
}

/// Whether somebody changed it since it was published, and nobody practises the change yet.
pub fn has_unpublished_changes(scenario: &ScenarioSummary) -> bool {
    scenario
        .published_number
        .is_some_and(|published| published < scenario.number)
}

/// What is practised on each day: a company's own before the stock library's, and of several the one that was written first.
/// The same rule as the server's.
pub fn practised<'a>(
    library: impl IntoIterator<Item = &'a ScenarioSummary>,
) -> BTreeMap<u8, ScenarioId> {
    let mut first: BTreeMap<u8, (bool, ScenarioId)> = BTreeMap::new();
    for scenario in library {
        if scenario.is_active && scenario.published_number.is_some() {
            let place = (scenario.company_id.is_none(), scenario.id);
            first
                .entry(scenario.day)
                .and_modify(|known| *known = (*known).min(place))
                .or_insert(place);
        }
    }
    first.into_iter().map(|(day, (_, id))| (day, id)).collect()
}

/// What a scenario's day practises once its latest version is published, beside the others of that day.
pub fn practised_with(of_day: &[ScenarioSummary], scenario: &Scenario) -> Option<ScenarioId> {
    let day = scenario.text.day;
    let others = of_day.iter().filter(|one| one.id != scenario.id);
    let mut first = others
        .filter(|one| one.day == day && one.is_active && one.published_number.is_some())
        .map(|one| (one.company_id.is_none(), one.id))
        .min();
    if scenario.is_active {
        let place = (scenario.company_id.is_none(), scenario.id);
        first = Some(first.map_or(place, |first| first.min(place)));
    }
    first.map(|(_, id)| id)
}

/// What a list of the library is narrowed to by how a scenario stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Published, and on.
    Published,
    /// With words that nobody practises yet: never published, or changed since.
    Draft,
    /// Taken out of the programme.
    Off,
}

impl State {
    /// All, in the order they are offered.
    pub const ALL: [State; 3] = [State::Published, State::Draft, State::Off];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            State::Published => tr!("Published"),
            State::Draft => tr!("Drafts and changes"),
            State::Off => tr!("Switched off"),
        }
    }

    /// Its value in the address.
    pub fn value(self) -> &'static str {
        match self {
            State::Published => "published",
            State::Draft => "draft",
            State::Off => "off",
        }
    }

    /// The state of a value.
    pub fn of(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.value() == value)
    }

    fn takes(self, scenario: &ScenarioSummary) -> bool {
        let is_published = scenario.published_number.is_some();
        match self {
            State::Published => is_published && scenario.is_active,
            State::Draft => !is_published || has_unpublished_changes(scenario),
            State::Off => is_published && !scenario.is_active,
        }
    }
}

/// Whose scenarios are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shelf {
    /// The company's own.
    Own,
    /// The stock library's.
    Stock,
}

impl Shelf {
    /// The shelf of a value in the address.
    pub fn of(value: &str) -> Option<Self> {
        match value {
            "own" => Some(Shelf::Own),
            "stock" => Some(Shelf::Stock),
            _ => None,
        }
    }

    /// Its value in the address.
    pub fn value(self) -> &'static str {
        match self {
            Shelf::Own => "own",
            Shelf::Stock => "stock",
        }
    }
}

/// What a list of the library is narrowed to; nothing where it is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Narrowed {
    /// 1 to 10.
    pub day: Option<u8>,
    /// How it stands.
    pub state: Option<State>,
    /// Whose it is.
    pub shelf: Option<Shelf>,
}

impl Narrowed {
    /// Whether a scenario is among what is meant.
    pub fn takes(self, scenario: &ScenarioSummary) -> bool {
        let shelf = match scenario.company_id {
            Some(_) => Shelf::Own,
            None => Shelf::Stock,
        };
        self.day.is_none_or(|day| day == scenario.day)
            && self.state.is_none_or(|state| state.takes(scenario))
            && self.shelf.is_none_or(|wanted| wanted == shelf)
    }

    /// Whether anything is left out.
    pub fn leaves_out(self) -> bool {
        self != Self::default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use domain::ids::CompanyId;
    use uuid::Uuid;

    fn scenario(id: u128, day: u8, is_own: bool, published: Option<u32>) -> ScenarioSummary {
        ScenarioSummary {
            id: ScenarioId(Uuid::from_u128(id)),
            company_id: is_own.then(|| CompanyId(Uuid::from_u128(9))),
            day,
            category: Category::Closing,
            theme: "Later".to_owned(),
            description: "He says later.".to_owned(),
            drills: Vec::new(),
            is_active: true,
            number: 2,
            published_number: published,
            updated_at: 0,
        }
    }

    #[test]
    fn a_companys_own_comes_before_the_stocks_and_the_older_before_the_newer() {
        let stock = scenario(1, 3, false, Some(2));
        let (first, second) = (scenario(5, 3, true, Some(1)), scenario(6, 3, true, Some(2)));
        let draft = scenario(2, 3, true, None);
        let practised = practised([&stock, &second, &first, &draft]);
        assert_eq!(practised.get(&3), Some(&first.id));
        assert_eq!(practised.get(&4), None);
        let standing_of = |one| standing(one, practised.get(&3).copied());
        assert_eq!(standing_of(&first), Standing::Practised);
        assert_eq!(standing_of(&second), Standing::Behind);
        assert_eq!(standing_of(&stock), Standing::Behind);
        assert_eq!(standing_of(&draft), Standing::Draft);
    }

    #[test]
    fn what_is_off_is_not_practised_and_leaves_its_day_to_the_stock() {
        let stock = scenario(1, 3, false, Some(2));
        let mut own = scenario(5, 3, true, Some(2));
        own.is_active = false;
        assert_eq!(practised([&own, &stock]).get(&3), Some(&stock.id));
        assert_eq!(standing(&own, Some(stock.id)), Standing::Off);
    }

    #[test]
    fn publishing_puts_a_companys_own_before_the_stocks_but_not_before_an_older_one() {
        let summary = |id, is_own| scenario(id, 3, is_own, Some(2));
        let mine = |is_active| Scenario {
            id: ScenarioId(Uuid::from_u128(5)),
            company_id: Some(CompanyId(Uuid::from_u128(9))),
            is_active,
            number: 1,
            published_number: None,
            updated_at: 0,
            text: crate::state::draft::empty_scenario(3),
        };
        let id = |id| Some(ScenarioId(Uuid::from_u128(id)));
        assert_eq!(practised_with(&[summary(1, false)], &mine(true)), id(5));
        assert_eq!(practised_with(&[summary(4, true)], &mine(true)), id(4));
        assert_eq!(practised_with(&[summary(1, false)], &mine(false)), id(1));
        assert_eq!(practised_with(&[], &mine(true)), id(5));
    }

    #[test]
    fn a_list_is_narrowed_by_day_state_and_shelf() {
        let changed = scenario(5, 3, true, Some(1));
        let stock = scenario(1, 4, false, Some(2));
        let all = Narrowed::default();
        assert!(all.takes(&changed) && all.takes(&stock) && !all.leaves_out());
        let narrowed = |day, state, shelf| Narrowed { day, state, shelf };
        assert!(narrowed(Some(3), Some(State::Draft), Some(Shelf::Own)).takes(&changed));
        assert!(narrowed(None, Some(State::Published), None).takes(&changed));
        assert!(!narrowed(None, Some(State::Draft), None).takes(&stock));
        assert!(!narrowed(None, None, Some(Shelf::Own)).takes(&stock));
        assert!(!narrowed(Some(3), None, None).takes(&stock));
        assert!(!narrowed(None, Some(State::Off), None).takes(&stock));
    }

    #[test]
    fn states_and_shelves_stand_in_the_address() {
        for state in State::ALL {
            assert_eq!(State::of(state.value()), Some(state));
        }
        for shelf in [Shelf::Own, Shelf::Stock] {
            assert_eq!(Shelf::of(shelf.value()), Some(shelf));
        }
        assert_eq!(State::of("gone"), None);
    }
}
