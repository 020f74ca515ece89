//! A whole drill as the session's machine and the built-in coach play it together.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod shelf;

use coach::builtin::{Script, script};
use domain::ids::{CompanyId, ScenarioId, ScenarioVersionId, SessionId, TurnId, UserId, uuid_v7};
use domain::scenario::Scenario;
use domain::scoring::COPIED_SCORE_CAP;
use domain::session::{Command, Decision, Entry, Frozen, LiveSession, RequestId, Speaker};
use uuid::Uuid;

fn day_1() -> Scenario {
    let mut days = shelf::days().into_iter().map(|(_, day)| day);
    days.find(|scenario| scenario.day == 1).unwrap()
}

/// Day 1, just started.
struct Practice {
    live: LiveSession,
    minted: u64,
}

impl Practice {
    fn started() -> Self {
        let mut practice = Self {
            live: LiveSession::default(),
            minted: 0,
        };
        let nobody = Uuid::nil();
        practice.ask(Command::Start(Box::new(Frozen {
            session: SessionId(nobody),
            company: CompanyId(nobody),
            user: UserId(nobody),
            scenario: ScenarioId(nobody),
            scenario_version: ScenarioVersionId(nobody),
            text: day_1(),
            guidelines: shelf::tone(),
            rubric_hash: "0".repeat(64),
            prompt_version: "builtin-1".into(),
            model: "builtin".into(),
            target_minutes: 5,
            late: false,
        })));
        practice
    }

    fn ask(&mut self, command: Command) {
        let minted = &mut self.minted;
        let mut mint = || {
            *minted += 1;
            uuid_v7(*minted, &[1; 10])
        };
        let Ok(Decision::Append(events)) = self.live.decide(command, &mut mint) else {
            panic!("refused");
        };
        for event in events {
            let entry = Entry {
                seq: self.live.last_seq() + 1,
                at: 0,
                event,
            };
            self.live.apply(&entry);
        }
    }

    /// Sends an answer and plays the turn to its end.
    fn say(&mut self, id: &str, content: &str) -> Script {
        let request = RequestId::try_from(id.to_owned()).unwrap();
        self.ask(Command::Send {
            request,
            content: content.to_owned(),
            advance: false,
        });
        let turn: TurnId = self.live.running().unwrap().id;
        let played = script(&self.live, turn).unwrap();
        self.ask(Command::Grade {
            turn,
            verdict: Box::new(played.verdict.clone()),
            improved: played.improved.clone(),
            grounds: Box::new(played.grounds.clone()),
        });
        played
    }
}

#[test]
fn the_coach_corrects_then_the_customer_reacts_and_the_coach_closes() {
    let mut practice = Practice::started();
    let first = practice.say("a", "Sir minimum 1 lakh hi hai.");
    assert_eq!(
        first.lines.iter().map(|(who, _)| *who).collect::<Vec<_>>(),
        [Speaker::Coach]
    );
    assert!(first.improved.is_some());
    let second = practice.say("b", &day_1().drills[0].ideal_response);
    let speakers: Vec<_> = second.lines.iter().map(|(who, _)| *who).collect();
    assert_eq!(speakers, [Speaker::Customer, Speaker::Coach]);
    assert!(second.verdict.score >= 90 && second.improved.is_none());
}

#[test]
fn the_coachs_version_read_back_passes_and_no_more() {
    let mut practice = Practice::started();
    let first = practice.say("a", "Sir minimum 1 lakh hi hai.");
    let copied = practice.say("b", first.improved.as_deref().unwrap());
    assert_eq!(
        (copied.verdict.score, copied.verdict.passed),
        (COPIED_SCORE_CAP, true)
    );
    let (_, note) = copied.lines.last().unwrap();
    assert!(note.contains("*Whose words:*"), "{note}");
}

#[test]
fn the_reps_own_words_in_the_coachs_version_stay_their_own() {
    let mut practice = Practice::started();
    let ideal = day_1().drills[0].ideal_response.clone();
    practice.say("a", &ideal);
    let again = practice.say("b", &ideal);
    assert!(again.verdict.score >= 90, "{}", again.verdict.score);
}
