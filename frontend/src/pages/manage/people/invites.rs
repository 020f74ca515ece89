//! Ways into the company: a link to hand on, mails to a list of addresses, and what became of each.

use crate::api::{Api, Failure};
use crate::browser::{clock, hand_over, random};
use crate::components::{
    Area, Button, Choice, Confirm, Glyph, Look, Row, Tone, badge, card, empty_state, icon, notice,
    page_head, select, skeleton, table, text_area, toast, words,
};
use crate::data::{Entry, use_action, use_pages, use_resource};
use crate::state::people::{MOST_INVITED, Pasted, pasted, role_name};
use contract::auth::Me;
use contract::groups::GroupQuery;
use contract::invites::{Invite, InviteQuery, NewInvite};
use contract::page::MAX_LIMIT;
use contract::teams::TeamQuery;
use contract::users::CompanyChoice;
use domain::ids::{CompanyId, GroupId, InviteId, TeamId};
use domain::joining::InviteState;
use domain::role::Role;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`InvitesPage`].
#[derive(Properties, PartialEq, Clone)]
pub struct InvitesPageProps {
    /// Who invites.
    pub me: Rc<Me>,
}

/// What somebody who comes in will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seat {
    role: Role,
    team: Option<TeamId>,
    group: Option<GroupId>,
}

impl Seat {
    fn invite(self, email: Option<String>) -> NewInvite {
        let is_rep = self.role == Role::SalesRep;
        NewInvite {
            email,
            role: self.role,
            team_id: self.team.filter(|_| is_rep),
            group_id: self.group.filter(|_| is_rep),
        }
    }
}

/// A team or a group to choose, with what it belongs to.
#[derive(Debug, Clone, PartialEq)]
struct Places {
    teams: Vec<(TeamId, String)>,
    groups: Vec<(GroupId, TeamId, String)>,
}

async fn places(api: Api, company: CompanyId) -> Result<Places, Failure> {
    let teams = TeamQuery {
        company_id: Some(company),
        limit: Some(MAX_LIMIT),
        ..TeamQuery::default()
    };
    let groups = GroupQuery {
        company_id: Some(company),
        limit: Some(MAX_LIMIT),
        ..GroupQuery::default()
    };
    let (teams, groups) = futures::future::try_join(api.teams(&teams), api.groups(&groups)).await?;
    let teams = teams.items.into_iter().map(|team| (team.id, team.name));
    let groups = groups
        .items
        .into_iter()
        .map(|group| (group.id, group.team.id, group.name));
    Ok(Places {
        teams: teams.collect(),
        groups: groups.collect(),
    })
}

/// The page.
#[component]
pub fn InvitesPage(props: &InvitesPageProps) -> Html {
    let company = props.me.company.id;
    let seat = use_state(|| Seat {
        role: Role::SalesRep,
        team: None,
        group: None,
    });
    let places = use_resource(format!("teams/places/{company}"), move |api| {
        places(api, company)
    });
    let known = places.get();
    html! {
        <>
            { page_head(tr!("Invites"), tr!("Whoever comes in sets their own password. A link or a mail is good for 7 days, and for one person."), Html::default()) }
            <div class="grid items-start gap-5 lg:grid-cols-2">
                { card(tr!("Who they will be"), seat_fields(&seat, known.as_deref())) }
                <div class="grid gap-5">
                    <ByLink seat={*seat} {company} />
                    <ByList seat={*seat} {company} />
                </div>
            </div>
            <Sent places={known} />
        </>
    }
}

fn seat_fields(seat: &UseStateHandle<Seat>, places: Option<&Places>) -> Html {
    let now = **seat;
    let set = |change: fn(&mut Seat, String)| {
        let seat = seat.clone();
        Callback::from(move |value: String| {
            let mut next = *seat;
            change(&mut next, value);
            seat.set(next);
        })
    };
    let none = |words: &'static str| (AttrValue::from(""), AttrValue::from(words));
    let teams = places.into_iter().flat_map(|places| &places.teams);
    let groups = places.into_iter().flat_map(|places| &places.groups);
    html! {
        <div class="grid gap-4">
            { select(Choice {
                name: "role".into(),
                label: tr!("Role").into(),
                value: now.role.as_str().into(),
                options: [Role::SalesRep, Role::Manager].map(|role| (role.as_str().into(), role_name(role).into())).to_vec(),
                onchange: set(|seat, role| seat.role = role.parse().unwrap_or(seat.role)),
                ..Choice::default()
            }) }
            if now.role == Role::SalesRep {
                { select(Choice {
                    name: "team".into(),
                    label: tr!("Team").into(),
                    value: now.team.map(|team| team.to_string()).unwrap_or_default().into(),
                    options: std::iter::once(none(tr!("No team yet")))
                        .chain(teams.map(|(id, name)| (id.to_string().into(), name.clone().into()))).collect(),
                    onchange: set(|seat, team| (seat.team, seat.group) = (team.parse().ok(), None)),
                    ..Choice::default()
                }) }
                { select(Choice {
                    name: "group".into(),
                    label: tr!("Group").into(),
                    hint: tr!("Its slot is when they practise.").into(),
                    value: now.group.map(|group| group.to_string()).unwrap_or_default().into(),
                    options: std::iter::once(none(tr!("No group yet")))
                        .chain(groups.filter(|(_, team, _)| Some(*team) == now.team)
                            .map(|(id, _, name)| (id.to_string().into(), name.clone().into()))).collect(),
                    onchange: set(|seat, group| seat.group = group.parse().ok()),
                    disabled: now.team.is_none(),
                    ..Choice::default()
                }) }
            }
        </div>
    }
}

/// Properties of [`ByLink`] and [`ByList`].
#[derive(Properties, PartialEq, Clone)]
struct SeatProps {
    seat: Seat,
    company: CompanyId,
}

/// A link for one person, to hand on by WhatsApp or word of mouth.
#[component]
fn ByLink(props: &SeatProps) -> Html {
    let action = use_action();
    let link = use_state(|| None::<String>);
    let SeatProps { seat, company } = *props;
    let make = {
        let link = link.setter();
        action.on(
            move |api: Api| async move {
                let choice = CompanyChoice {
                    company_id: Some(company),
                };
                api.invite(&choice, &seat.invite(None), &random::key())
                    .await
            },
            move |api, invite: Invite| {
                link.set(invite.link);
                api.cache().changed(&["invites"]);
            },
        )
    };
    let copy = |text: String| {
        Callback::from(move |()| {
            let text = text.clone();
            wasm_bindgen_futures::spawn_local(async move {
                toast(if hand_over::copy(&text).await {
                    tr!("The link is copied")
                } else {
                    tr!("Your browser did not let us copy: select the link and copy it yourself")
                });
            });
        })
    };
    card(
        tr!("By a link"),
        html! {
            <div class="grid gap-3">
                <p class="text-ink-soft">{ tr!("To hand on yourself, for instance by WhatsApp. It is shown once.") }</p>
                if let Some(why) = action.failure() {
                    { notice(tr!("There is no link"), html! { <p class="text-sm">{ why.to_string() }</p> }) }
                }
                if let Some(link) = &*link {
                    <p class="rounded-md bg-sunken p-3 text-sm [overflow-wrap:anywhere]" role="status">{ link }</p>
                    <div class="flex flex-wrap gap-3">
                        <Button onclick={copy(link.clone())}>{ icon(Glyph::Copy, "size-5") }{ tr!("Copy") }</Button>
                        <Button look={Look::Quiet} busy={action.is_busy()} onclick={make}>{ tr!("Another one") }</Button>
                    </div>
                } else {
                    <div><Button busy={action.is_busy()} onclick={make}>{ icon(Glyph::Link, "size-5") }{ tr!("Make a link") }</Button></div>
                }
            </div>
        },
    )
}

/// What became of a list that was sent.
#[derive(Debug, Clone, Default, PartialEq)]
struct Outcome {
    sent: usize,
    refused: Vec<(String, String)>,
}

/// Sends the invites one after the other: each has its own answer.
async fn send_all(
    api: Api,
    company: CompanyId,
    seat: Seat,
    addresses: Vec<String>,
) -> Result<Outcome, Failure> {
    let choice = CompanyChoice {
        company_id: Some(company),
    };
    let mut outcome = Outcome::default();
    for address in addresses {
        let invite = seat.invite(Some(address.clone()));
        match api.invite(&choice, &invite, &random::key()).await {
            Ok(_) => outcome.sent += 1,
            // Without a line the rest would fail alike: what was sent stays sent, and the list stays to be sent again.
            Err(Failure::NoAnswer) if outcome.sent == 0 => return Err(Failure::NoAnswer),
            Err(why) => outcome.refused.push((address, why.to_string())),
        }
    }
    Ok(outcome)
}

/// Many addresses at once.
#[component]
fn ByList(props: &SeatProps) -> Html {
    let text = use_state(String::new);
    let action = use_action();
    let outcome = use_state(|| None::<Outcome>);
    let SeatProps { seat, company } = *props;
    let list = pasted(&text);
    let count = list.addresses.len();
    let too_many = count > MOST_INVITED;
    let oninput = {
        let (text, outcome) = (text.setter(), outcome.setter());
        Callback::from(move |event: InputEvent| {
            outcome.set(None);
            text.set(crate::browser::page::value_of(&event));
        })
    };
    let send = {
        let (addresses, text, outcome) = (list.addresses.clone(), text.setter(), outcome.setter());
        action.on(
            move |api: Api| send_all(api, company, seat, addresses.clone()),
            move |api, came: Outcome| {
                // Who was refused stays in the field, to be mended.
                let left: Vec<&str> = came
                    .refused
                    .iter()
                    .map(|(address, _)| address.as_str())
                    .collect();
                text.set(left.join("\n"));
                outcome.set(Some(came));
                api.cache().changed(&["invites"]);
            },
        )
    };
    card(
        tr!("By mail, one or many"),
        html! {
            <div class="grid gap-3">
                { text_area(Area {
                    name: "addresses".into(),
                    label: tr!("Addresses").into(),
                    hint: tr!("One per line, or paste a sheet with a column of addresses.").into(),
                    value: (*text).clone().into(),
                    oninput,
                    error: too_many.then(|| tr!("These are {count}; at most {most} go at once.", count = count, most = MOST_INVITED)),
                    ..Area::default()
                }) }
                { faults(&list) }
                if let Some(why) = action.failure() {
                    { notice(tr!("Nothing was sent"), html! { <p class="text-sm">{ why.to_string() }</p> }) }
                }
                if let Some(outcome) = &*outcome {
                    { came(outcome) }
                }
                <div>
                    <Button busy={action.is_busy()} disabled={count == 0 || too_many} onclick={send}>
                        { icon(Glyph::Mail, "size-5") }
                        { match count { 0 => tr!("Send").to_owned(), count => tr!("Send 1 invite" | "Send {n} invites" % count) } }
                    </Button>
                </div>
            </div>
        },
    )
}

fn faults(list: &Pasted) -> Html {
    html! {
        <>
            if !list.faults.is_empty() {
                <ul class="grid gap-1 text-sm text-bad" role="status">
                    for (line, fault) in list.faults.iter().take(8) {
                        <li>{ format!("“{line}”: {fault}") }</li>
                    }
                    if list.faults.len() > 8 {
                        <li>{ tr!("and {} more lines", list.faults.len() - 8) }</li>
                    }
                </ul>
            }
            if list.repeated > 0 {
                <p class="text-sm text-ink-soft">{ tr!("{} repeated, sent once.", list.repeated) }</p>
            }
        </>
    }
}

fn came(outcome: &Outcome) -> Html {
    html! {
        <div role="status">
            <p class="font-medium text-good">{ tr!("1 invite is on its way." | "{n} invites are on their way." % outcome.sent) }</p>
            if !outcome.refused.is_empty() {
                <p class="mt-2 font-medium text-bad">{ tr!("Not sent:") }</p>
                <ul class="grid gap-1 text-sm">
                    for (address, why) in outcome.refused.iter() {
                        <li><span class="font-medium">{ address }</span>{ ": " }{ why }</li>
                    }
                </ul>
            }
        </div>
    }
}

/// Properties of [`Sent`].
#[derive(Properties, PartialEq, Clone)]
struct SentProps {
    places: Option<Rc<Places>>,
}

/// All invites, newest first.
#[component]
fn Sent(props: &SentProps) -> Html {
    let asked = use_state(|| None::<(InviteId, String)>);
    let action = use_action();
    let invites = use_pages("invites", |api: Api, cursor| async move {
        let query = InviteQuery {
            cursor,
            ..InviteQuery::default()
        };
        api.invites(&query).await
    });
    let ask = {
        let asked = asked.setter();
        Callback::from(move |which| asked.set(Some(which)))
    };
    let close = {
        let (asked, action) = (asked.setter(), action.clone());
        Callback::from(move |()| {
            action.calm();
            asked.set(None);
        })
    };
    html! {
        <section aria-labelledby="sent" class="mt-8">
            <h2 id="sent" class="mb-3 text-xl">{ tr!("Sent so far") }</h2>
            { invites.show(
                skeleton("h-48 rounded-lg"),
                empty_state(Glyph::Mail, tr!("None yet"), tr!("What became of each invite is shown here."), Html::default()),
                |invites| list(invites, props.places.as_deref(), &ask),
            ) }
            if let Some((id, whom)) = &*asked {
                <Confirm title={tr!("Take back the invite for {whom}?", whom = whom)} action={tr!("Take it back")} busy={action.is_busy()} failure={action.failure().cloned()}
                    on_close={close.clone()}
                    on_confirm={ let id = *id; action.on(move |api: Api| async move { api.take_invite_back(id).await }, move |api, ()| {
                        toast(tr!("The invite opens nothing any more"));
                        api.cache().changed(&["invites"]);
                        close.emit(());
                    }) }>
                    <p>{ tr!("Its link or mail opens nothing any more. You can invite them again.") }</p>
                </Confirm>
            }
        </section>
    }
}

fn list(
    invites: &[Entry<Invite>],
    places: Option<&Places>,
    ask: &Callback<(InviteId, String)>,
) -> Html {
    let row = |invite: &Entry<Invite>| {
        let whom = invite
            .email
            .clone()
            .unwrap_or_else(|| tr!("whoever holds the link").to_owned());
        let back = (invite.state == InviteState::Open).then(|| {
            let (id, whom) = (invite.id, whom.clone());
            let label = tr!("Take back the invite for {whom}", whom = whom);
            html! {
                <button type="button" aria-label={label} onclick={ask.reform(move |_: MouseEvent| (id, whom.clone()))}
                    class="inline-flex min-h-11 items-center rounded-full px-3 font-semibold text-brand hover:bg-sunken">{ tr!("Take back") }</button>
            }
        });
        Row {
            key: invite.id.to_string(),
            cells: vec![
                html! { <span class="font-semibold [overflow-wrap:anywhere]">{ whom }</span> },
                html! { { seat_words(invite, places) } },
                state(invite),
                html! { { back.unwrap_or_default() } },
            ],
        }
    };
    table(
        tr!("Invites"),
        &[
            words(tr!("For")),
            words(tr!("As")),
            words(tr!("State")),
            words(""),
        ],
        invites.iter().map(row).collect(),
    )
}

fn seat_words(invite: &Invite, places: Option<&Places>) -> String {
    let team = places
        .zip(invite.team_id)
        .and_then(|(places, id)| places.teams.iter().find(|(team, _)| *team == id))
        .map(|(_, name)| name.as_str());
    let group = places
        .zip(invite.group_id)
        .and_then(|(places, id)| places.groups.iter().find(|(group, ..)| *group == id))
        .map(|(.., name)| name.as_str());
    let parts: Vec<&str> = [Some(role_name(invite.role)), team, group]
        .into_iter()
        .flatten()
        .collect();
    parts.join(" · ")
}

fn state(invite: &Invite) -> Html {
    match invite.state {
        InviteState::Open => badge(
            Tone::Brand,
            tr!("Open until {}", clock::short_date(invite.expires_at)),
        ),
        InviteState::Accepted => badge(Tone::Good, tr!("Came in")),
        InviteState::Revoked => badge(Tone::Plain, tr!("Taken back")),
        InviteState::Expired => badge(Tone::Accent, tr!("Expired")),
    }
}
