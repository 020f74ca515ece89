//! A team's name and who leads it: to make one, and to change one.

use crate::api::Api;
use crate::browser::random;
use crate::components::{Button, Choice, Input, form_failure, select, text_field, use_conflict};
use crate::data::{LeaveGuard, use_form, use_resource};
use contract::auth::Me;
use contract::teams::{Team, TeamForm};
use contract::users::{CompanyChoice, User, UserQuery};
use domain::ids::{CompanyId, UserId};
use domain::role::Role;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`TeamFields`].
#[derive(Properties, PartialEq, Clone)]
pub struct TeamFieldsProps {
    /// Who makes or changes it.
    pub me: Rc<Me>,
    /// The team; without, one is made.
    #[prop_or_default]
    pub team: Option<Rc<Team>>,
    /// It is stored.
    pub on_done: Callback<Team>,
}

/// The company's managers who may log in, by name.
async fn managers(api: Api, company: CompanyId) -> Result<Vec<User>, crate::api::Failure> {
    let query = UserQuery {
        company_id: Some(company),
        role: Some(Role::Manager),
        active: Some(true),
        limit: Some(contract::page::MAX_LIMIT),
        ..UserQuery::default()
    };
    Ok(api.users(&query).await?.items)
}

fn form_of(team: &Team) -> TeamForm {
    TeamForm {
        name: team.name.clone(),
        manager_id: team.manager.id,
    }
}

/// The form.
#[component]
pub fn TeamFields(props: &TeamFieldsProps) -> Html {
    let team = props.team.clone();
    let company = team
        .as_ref()
        .map_or(props.me.company.id, |team| team.company_id);
    let key = use_memo((), |()| random::key());
    let form = {
        let (team, me) = (team.clone(), props.me.clone());
        use_form(move || {
            let new = || TeamForm {
                name: String::new(),
                manager_id: me.id,
            };
            team.as_deref().map_or_else(new, form_of)
        })
    };
    let managers = use_resource(format!("people/managers/{company}"), move |api| {
        managers(api, company)
    });
    let draft = form.draft().clone();
    let options = managers.get().map_or_else(Vec::new, |managers| {
        managers
            .iter()
            .map(|one| {
                let name = format!("{} {}", one.first_name, one.last_name);
                (one.id.to_string().into(), name.into())
            })
            .collect()
    });
    let onsubmit = {
        let (team, on_done) = (team.clone(), props.on_done.clone());
        form.on_submit(
            move |api, form| {
                let (team, key) = (team.clone(), key.clone());
                async move {
                    match team {
                        Some(team) => api.update_team(team.id, team.version, &form).await,
                        None => {
                            let choice = CompanyChoice {
                                company_id: Some(company),
                            };
                            api.make_team(&choice, &form, &key).await
                        }
                    }
                }
            },
            move |api, team| {
                api.cache()
                    .changed(&["teams", "people", "groups", "first-steps", "dashboard"]);
                on_done.emit(team);
            },
        )
    };
    let conflict = use_conflict(
        &form,
        team.as_ref().map(|team| team.id),
        |api, id| async move { api.team(id).await },
        form_of,
        "teams",
    );
    html! {
        <form novalidate=true class="grid gap-4" {onsubmit}>
            <LeaveGuard when={form.is_changed()} />
            { form_failure(&form) }
                { conflict }
            { text_field(Input {
                name: "name".into(),
                label: tr!("Name").into(),
                placeholder: tr!("West").into(),
                value: draft.name.into(),
                error: form.error("name"),
                oninput: form.typed("name", |draft, text| draft.name = text),
                ..Input::default()
            }) }
            { select(Choice {
                name: "managerId".into(),
                label: tr!("Led by").into(),
                hint: tr!("Sees the sessions of its reps.").into(),
                value: draft.manager_id.to_string().into(),
                options,
                error: form.error("managerId"),
                onchange: form.chosen("managerId", |draft: &mut TeamForm, id: String| {
                    if let Ok(id) = id.parse::<UserId>() {
                        draft.manager_id = id;
                    }
                }),
                ..Choice::default()
            }) }
            <div class="flex justify-end">
                <Button submits=true busy={form.is_busy()}>{ if props.team.is_some() { tr!("Save") } else { tr!("Make the team") } }</Button>
            </div>
        </form>
    }
}
