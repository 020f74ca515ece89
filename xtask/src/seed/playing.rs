//! One session, played through the session machine as the Worker plays it: commands in, events applied.

use coach::builtin;
use domain::ids::{TurnId, uuid_v7};
use domain::session::{
    Command, Decision, Entry, Frozen, LiveSession, RequestId, Speaker, VoicedBy,
};
use fastrand::Rng;

use super::people::Rep;
use super::{answers, refused};
use crate::error::Result;

/// A session as somebody practises it.
pub struct Practice {
    live: LiveSession,
    clock: u64,
    chance: Rng,
    sent: u32,
}

impl Practice {
    /// Starts at `at`, Unix ms.
    pub fn begin(frozen: Frozen, at: u64, chance: Rng) -> Result<Self> {
        let mut practice = Self {
            live: LiveSession::default(),
            clock: at,
            chance,
            sent: 0,
        };
        practice.tell(Command::Start(Box::new(frozen)))?;
        Ok(practice)
    }

    /// All drills, each answered and said again.
    pub fn whole(mut self, rep: &Rep, day: u8) -> Result<LiveSession> {
        let drills = self
            .live
            .frozen()
            .map(|frozen| frozen.text.drills.clone())
            .unwrap_or_default();
        for drill in &drills {
            let wobble = f64::from(self.chance.u8(0..30)) / 100.0 - 0.15;
            let skill = f64::from(rep.skill) + f64::from(rep.gain) * f64::from(day - 1);
            let gain = 0.1 + f64::from(self.chance.u8(0..25)) / 100.0;
            let written = answers::write(drill, skill / 100.0 + wobble, gain, &mut self.chance);
            self.answer(written.first)?;
            self.answer(written.again)?;
        }
        Ok(self.live)
    }

    fn answer(&mut self, content: String) -> Result<()> {
        self.wait(25..70);
        self.sent += 1;
        let request = RequestId::try_from(format!("demo-{}", self.sent)).map_err(refused)?;
        self.tell(Command::Send {
            request,
            content,
            advance: true,
        })?;
        let Some(turn) = self.live.running().map(|turn| turn.id) else {
            return Err(refused("a demo turn did not begin"));
        };
        let script = builtin::script(&self.live, turn)
            .ok_or_else(|| refused("the coach has nothing to say to a demo turn"))?;
        for (speaker, line) in script.lines {
            self.speak(turn, speaker, line)?;
        }
        self.tell(Command::Grade {
            turn,
            verdict: Box::new(script.verdict),
            improved: script.improved,
            grounds: Box::new(script.grounds),
        })
    }

    fn speak(&mut self, turn: TurnId, speaker: Speaker, text: String) -> Result<()> {
        self.tell(Command::Compose {
            turn,
            speaker,
            voiced_by: VoicedBy::BuiltIn,
        })?;
        self.wait(3..9);
        let Some(message) = self.live.messages().last().map(|message| message.id) else {
            return Err(refused("a demo message did not begin"));
        };
        self.tell(Command::Speak {
            turn,
            message,
            text,
        })?;
        self.tell(Command::FinishMessage { turn, message })
    }

    fn wait(&mut self, seconds: std::ops::Range<u64>) {
        self.clock += self.chance.u64(seconds) * 1_000;
    }

    fn tell(&mut self, command: Command) -> Result<()> {
        let (clock, chance) = (self.clock, &mut self.chance);
        let mut mint = || {
            let mut random = [0; 10];
            chance.fill(&mut random);
            uuid_v7(clock, &random)
        };
        let decision = self.live.decide(command, &mut mint).map_err(refused)?;
        if let Decision::Append(events) = decision {
            for event in events {
                let entry = Entry {
                    seq: self.live.last_seq() + 1,
                    at: self.clock,
                    event,
                };
                self.live.apply(&entry);
            }
        }
        Ok(())
    }
}
