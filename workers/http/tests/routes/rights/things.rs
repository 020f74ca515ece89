//! The small world of `access.md`, and the names of what is in it.

use super::table::Target;
use crate::world::{Call, Days, MINUTE, NOW, Person, World, fixture, settle_other_team, token_in};
use captain_http::mail::subscriptions::Unsubscribe;
use contract::profile::Device;
use contract::scenario::ScenarioText;
use contract::session::Items;
use domain::mailing::Subscription;
use domain::scenario::Scenario;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::Ordering;
use uuid::Uuid;

pub const MISSING: &str = "0198f3a2-5b7c-7d10-8a4e-3f6b2c9d1e00";
pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
pub const WAV: &[u8] = include_bytes!("../../../../domain/tests/recordings/take.wav");

/// Whose things a target's are: the rep, and who leads the rep.
const OWNERS: [(Target, Person, Person); 3] = [
    (Target::Own, Person::Rep, Person::Manager),
    (
        Target::OtherTeam,
        Person::OtherTeamsRep,
        Person::OtherManager,
    ),
    (Target::OtherCompany, Person::SagarRep, Person::SagarManager),
];

/// Every kind of session, by how far it got.
pub const SESSIONS: [&str; 5] = [
    "waiting session",
    "running session",
    "stopped session",
    "practised session",
    "completed session",
];

/// The world and what is in it.
pub struct Things {
    pub world: World,
    /// The cookie of one more log-in of the rep's.
    pub cookie: String,
    /// The rep forgot the password: the token of the mail.
    pub reset_token: String,
    ids: HashMap<(&'static str, Target), String>,
}

impl Things {
    /// The id, or the token, of a thing.
    pub fn id(&self, thing: &str, target: Target) -> &str {
        if target == Target::Missing {
            // A token is 32 bytes in Base64, not an id.
            return match thing {
                "invite's token" => "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                _ => MISSING,
            };
        }
        let found = self.ids.iter().find(|(key, _)| **key == (thing, target));
        found
            .unwrap_or_else(|| panic!("no {thing} of {target:?}"))
            .1
    }

    /// All ids that a target's things have.
    pub fn ids_of(&self, target: Target) -> impl Iterator<Item = (&'static str, &str)> {
        let of_target = self.ids.iter().filter(move |((_, of), _)| *of == target);
        of_target.map(|((thing, _), id)| (*thing, id.as_str()))
    }

    pub async fn arrange() -> Self {
        let world = World::new();
        settle_other_team(&world.db);
        let mut things = Self {
            cookie: world.log_in(Person::Rep).await.cookie,
            reset_token: String::new(),
            ids: HashMap::new(),
            world,
        };
        things.hide_answers_of_the_stock();
        things.name_what_is_there();
        for (target, rep, manager) in OWNERS {
            things.bring_people(target, manager).await;
            things.practise(target, rep).await;
            things.keep_files(target, rep).await;
            things.invite(target, manager).await;
        }
        things.write_library().await;
        things.forget_a_password().await;
        // Everybody's token is fresh, and good for as long as the tests last.
        things.world.pass(10 * MINUTE);
        for person in Person::ALL {
            things.world.token(person).await;
        }
        things
    }

    fn set(&mut self, thing: &'static str, target: Target, id: impl ToString) {
        let before = self.ids.insert((thing, target), id.to_string());
        assert_eq!(before, None, "{thing} of {target:?}");
    }

    /// The scenario that all sessions practise bears marks as well.
    fn hide_answers_of_the_stock(&self) {
        let mut text = fixture::frozen(2).text;
        hide(&mut text, PRACTISED);
        let text = serde_json::to_string(&text).unwrap();
        let sql = format!("UPDATE scenario_versions SET text = '{text}'");
        self.world.db.script(&sql).unwrap();
    }

    fn name_what_is_there(&mut self) {
        for (target, rep, manager) in OWNERS {
            self.set("rep", target, rep.id());
            self.set("manager", target, manager.id());
        }
        self.set("company", Target::Own, Person::Rep.company());
        self.set("company", Target::OtherCompany, Person::SagarRep.company());
        for (target, number) in [
            (Target::Own, 0x201_u128),
            (Target::OtherTeam, 0x203),
            (Target::OtherCompany, 0x202),
        ] {
            self.set("team", target, Uuid::from_u128(number));
            self.set("group", target, Uuid::from_u128(number + 0x100));
        }
        let closed = Uuid::from_u128(3);
        let sql = format!(
            "INSERT INTO companies (id, name, plan_starts_at, is_active, created_at, updated_at)
             VALUES ('{closed}', 'Closed', {NOW}, 0, {NOW}, {NOW});"
        );
        self.world.db.script(&sql).unwrap();
        self.set("closed company", Target::Own, Person::Rep.company());
        self.set("closed company", Target::OtherCompany, closed);
    }

    /// Does something that must work; gives the id of what was made.
    async fn make(&self, by: Person, call: Call) -> String {
        let made = self.world.call_as(by, call).await;
        assert!(matches!(made.status, 200..300), "{made:?}");
        let location = made.header("location");
        location.rsplit('/').next().unwrap().to_owned()
    }

    /// A team without reps, a rep without a team and a rep without a group.
    async fn bring_people(&mut self, target: Target, manager: Person) {
        let empty = json!({"name": format!("Empty {target:?}"), "managerId": manager.id()});
        let id = self
            .make(manager, Call::post("/api/teams").json(empty))
            .await;
        self.set("empty team", target, id);
        for thing in ["rep without a team", "rep without a group"] {
            let email = format!("{}-{target:?}@new.test", thing.replace(' ', "-"));
            let new = json!({"email": email, "role": "sales_rep", "firstName": "Nila", "lastName": "Rao"});
            let id = self.make(manager, Call::post("/api/users").json(new)).await;
            self.set(thing, target, id);
        }
        let path = format!("/api/teams/{}/members", self.id("team", target));
        let joining = json!({"userIds": [self.id("rep without a group", target)]});
        self.make(manager, Call::post(&path).json(joining)).await;
    }

    /// One session in each state.
    async fn practise(&mut self, target: Target, rep: Person) {
        let world = self.world.clone();
        let mails = Unsubscribe::new(rep.company(), rep.id(), Subscription::Reminders);
        let link = mails.link(&world).unwrap();
        self.set("mails", target, link.split_once("?token=").unwrap().1);
        for thing in SESSIONS {
            // Each session has a slot of its own.
            world.pass(1_000);
            let id = world.schedule(rep, Days::Open);
            let token = world.token(rep).await;
            match thing {
                "waiting session" => {}
                "running session" => {
                    world.start(rep, id).await;
                    world.send(&token, id, "first", "First").await;
                    world.send(&token, id, "again", "Again").await;
                }
                "stopped session" => {
                    world.start(rep, id).await;
                    world.objects.slow.store(true, Ordering::SeqCst);
                    let path = format!("/api/chat/{id}");
                    let send = json!({"requestId": "first", "content": "First", "advance": false});
                    let send = Call::post(&format!("{path}/message")).json(send);
                    self.make(rep, send).await;
                    self.make(rep, Call::post(&format!("{path}/stop"))).await;
                    world.objects.slow.store(false, Ordering::SeqCst);
                }
                "practised session" => world.practise_all_but_the_end(rep, id).await,
                _ => world.complete(rep, id).await,
            }
            self.set(thing, target, id);
        }
    }

    /// A recording, a picture of the rep and one of the company, and a log-in on a second device.
    async fn keep_files(&mut self, target: Target, rep: Person) {
        let session = self.id("running session", target);
        let upload = Call::post(&format!("/api/voice/upload?sessionId={session}"));
        let recording = self.make(rep, with_file(upload, "audio/wav", WAV)).await;
        self.set("recording", target, recording);
        let avatar = with_file(Call::put("/api/profile/avatar"), "image/png", PNG);
        self.make(rep, avatar).await;
        if target != Target::OtherTeam {
            let logo = format!("/api/companies/{}/logo", rep.company());
            let logo = with_file(Call::put(&logo), "image/png", PNG);
            self.make(Person::SuperAdmin, logo).await;
        }
        self.world.log_in(rep).await;
        let devices = self.world.get_as(rep, "/api/profile/devices").await;
        let devices: Items<Device> = devices.json();
        let other = devices.items.iter().find(|device| !device.current).unwrap();
        self.set("device", target, other.id);
    }

    async fn invite(&mut self, target: Target, manager: Person) {
        // The latest mail is the one with the latest id, and ids count milliseconds.
        self.world.pass(1);
        let email = format!("invited-{target:?}@new.test");
        let form = json!({"email": email, "role": "sales_rep"});
        let invite = Call::post("/api/invites").json(form);
        let id = self.make(manager, invite).await;
        self.set("invite", target, id);
        let token = self.world.mailed_token().await;
        self.set("invite's token", target, token);
    }

    /// Scenarios that are published and have a draft beside; and drafts that never were.
    async fn write_library(&mut self) {
        for (target, writer, query) in [
            (Target::Own, Person::Manager, ""),
            (Target::OtherTeam, Person::SuperAdmin, "?stock=true"),
            (Target::OtherCompany, Person::SagarManager, ""),
        ] {
            let path = format!("/api/scenarios{query}");
            let create = || Call::post(&path).json(scenario(target));
            let id = self.make(writer, create()).await;
            let publish = Call::post(&format!("/api/scenarios/{id}/publish"));
            self.make(writer, publish.header("if-match", "\"1\"")).await;
            let edit = Call::put(&format!("/api/scenarios/{id}")).json(scenario(target));
            self.make(writer, edit.header("if-match", "\"2\"")).await;
            self.set("scenario", target, id);
            if target != Target::OtherTeam {
                let id = self.make(writer, create()).await;
                self.set("draft", target, id);
            }
        }
    }

    async fn forget_a_password(&mut self) {
        self.world.pass(1);
        let form = json!({"email": Person::Rep.email()});
        let forgot = Call::post("/api/auth/forgot-password").json(form);
        assert_eq!(self.world.call(forgot).await.status, 202);
        let mail = self.world.latest_mail().await;
        self.reset_token = token_in(&mail.body_text);
    }
}

/// Sends a file.
pub fn with_file(call: Call, kind: &str, bytes: &'static [u8]) -> Call {
    let length = bytes.len().to_string();
    call.header("content-length", &length).raw(kind, bytes)
}

/// A scenario of a target's, in which everything that would give an answer away bears a mark.
pub fn scenario(of: Target) -> Value {
    let mut text: Scenario = fixture::frozen(2).text;
    hide(&mut text, &format!("{of:?}"));
    serde_json::to_value(ScenarioText::from(text)).unwrap()
}

/// What no rep reads before they answered the drill: of a target's scenario, or of [`PRACTISED`].
pub fn mark(of: &str, drill: &str) -> String {
    format!("[secret of {of} {drill}]")
}

/// The scenario of all sessions.
pub const PRACTISED: &str = "practised";

fn hide(text: &mut Scenario, of: &str) {
    for drill in &mut text.drills {
        let mark = mark(of, &drill.id);
        drill.customer.facts.push("Buys".into());
        drill.ideal_response = format!("{mark} ideal");
        drill.coaching_notes = vec![format!("{mark} note")];
        drill.common_mistakes = vec![format!("{mark} mistake")];
        for criterion in &mut drill.criteria {
            for level in &mut criterion.levels {
                *level = format!("{mark} level {level}");
            }
            criterion.advice = format!("{mark} advice");
            criterion.example = format!("{mark} example word");
        }
    }
}
