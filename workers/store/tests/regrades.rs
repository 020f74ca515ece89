//! Sessions that are judged anew: what stands beside what, what counts, and what the figures say then.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod world;

use domain::ids::{MessageId, UserId};
use domain::scoring::{Grounds, Verdict, disagree};
use domain::session::regrade::{JudgedAnswer, JudgedDrill, Recount, recount};
use domain::suspicion::{Attempt, Suspicion};
use proptest::prelude::*;
use std::collections::BTreeMap;
use store::sessions::{
    self, Claim, FinishedSession, MAX_VERSIONS, NewOverride, NewRegrade, Standing,
};
use store::sqlite::Sqlite;
use store::{Db, FromRow, Statement, rollups};
use world::*;

const MINUTES_5: u64 = 5 * MINUTE;

/// A session of two drills: first answers 40, repeats 70.
fn complete(db: &Sqlite, session: u128, rep: UserId, day: u8) {
    schedule(db, id(session), rep, day, i64::try_from(session).unwrap());
    let live = practised(id(session), rep, day, 40, 70, SLOT);
    let finished = FinishedSession::of(&live, "From 40 to 70.").unwrap();
    assert!(now(sessions::finish(db, &finished)).unwrap());
}

fn claim(db: &Sqlite, session: u128, at: u64) -> Option<Claim> {
    let until = at + MINUTES_5;
    let claim = sessions::claim_regrade(db, company(), id(session), manager(), at, until);
    now(claim).unwrap()
}

/// A re-grade that gives the answers these scores: first answer and repeat, drill by drill.
struct Graded {
    verdicts: Vec<(MessageId, Verdict, Grounds)>,
    drills: Vec<usize>,
    recount: Recount,
}

fn graded(db: &Sqlite, session: u128, standing: &Standing, scores: [u8; 4]) -> Graded {
    let material = now(sessions::regrade_material(db, company(), id(session)));
    let material = material.unwrap().unwrap();
    let mut scores = scores.into_iter();
    let mut verdicts = Vec::new();
    let mut judge = |answer: &sessions::Answer| {
        let verdict = fixture::verdict(scores.next().unwrap());
        verdicts.push((answer.message, verdict.clone(), Grounds::default()));
        JudgedAnswer {
            message: answer.message,
            verdict,
        }
    };
    let drills: Vec<JudgedDrill> = material
        .drills
        .iter()
        .map(|drill| JudgedDrill {
            first: judge(&drill.first),
            repeats: drill.repeats.iter().map(&mut judge).collect(),
            overridden: standing
                .overridden
                .iter()
                .find(|(index, _)| *index == drill.index)
                .map(|(_, by_manager)| *by_manager),
        })
        .collect();
    Graded {
        verdicts,
        drills: material.drills.iter().map(|drill| drill.index).collect(),
        recount: recount(&drills).unwrap(),
    }
}

fn write(db: &Sqlite, claim: &Claim, standing: &Standing, graded: &Graded, at: u64) -> bool {
    let new = NewRegrade {
        claim,
        standing,
        rubric_hash: "0",
        prompt_version: "1",
        verdicts: &graded.verdicts,
        recount: &graded.recount,
        coach_notes: "Judged anew.",
        drill_indexes: &graded.drills,
        now: at,
    };
    now(sessions::write_regrade(db, &new, &change())).unwrap()
}

fn standing(db: &Sqlite, session: u128) -> Standing {
    now(sessions::standing(db, company(), id(session)))
        .unwrap()
        .unwrap()
}

fn regrade(db: &Sqlite, session: u128, scores: [u8; 4], at: u64) {
    let claim = claim(db, session, at).unwrap();
    let standing = standing(db, session);
    let graded = graded(db, session, &standing, scores);
    assert!(write(db, &claim, &standing, &graded, at));
}

fn override_score(db: &Sqlite, session: u128, drill: usize, score: u8, at: u64) {
    let new = NewOverride {
        session: id(session),
        company: company(),
        drill: format!("drill_{drill}"),
        score,
        reason: "Better than that".into(),
        by: manager(),
        now: at,
    };
    assert!(now(sessions::override_score(db, &new, &change())).unwrap());
}

/// All rows that a re-grade may touch, as text.
fn rows(db: &Sqlite) -> Vec<String> {
    #[derive(FromRow)]
    struct Row {
        row: String,
    }
    const ALL: [&str; 8] = [
        "SELECT json_array(id, score, first_score, closing, first_closing, coach_notes, suspected, override_disagrees,
                           regrade_disagrees, version) AS row FROM sessions ORDER BY id",
        "SELECT json_array(session_id, message_id, number, score, override_score) AS row FROM verdicts ORDER BY 1",
        "SELECT json_array(session_id, drill_index, first_score, score, final_message_id, final_response) AS row
         FROM session_drills ORDER BY 1",
        "SELECT json_array(session_id, number, status, score_before, score) AS row FROM regrades ORDER BY 1",
        "SELECT json_array(user_id, completed, best_score, score_avg, first_score_avg, closing_avg) AS row FROM rep_rollups ORDER BY 1",
        "SELECT json_array(user_id, week, score_avg, first_score_avg, closing_avg) AS row FROM rep_week_rollups ORDER BY 1",
        "SELECT json_array(team_id, date, day, score_sum, first_score_sum, overridden, overrides_disagreed, regraded,
                           regrades_disagreed) AS row FROM team_day_rollups ORDER BY 1",
        "SELECT json_array(company_id, date, day, score_sum, first_score_sum, overridden, overrides_disagreed, regraded,
                           regrades_disagreed) AS row FROM company_day_rollups ORDER BY 1",
    ];
    ALL.into_iter()
        .flat_map(|sql| now(db.all::<Row>(Statement::new(sql))).unwrap())
        .map(|row| row.row)
        .collect()
}

#[test]
fn a_new_version_stands_beside_the_first_and_counts() {
    let db = world();
    complete(&db, 1, rep(), 1);
    let before = now(sessions::verdicts_of_version(&db, company(), id(1), 1)).unwrap();
    regrade(&db, 1, [50, 80, 30, 91], SLOT);
    let result = now(sessions::result(&db, company(), id(1)))
        .unwrap()
        .unwrap();
    // (80 + 91) / 2, rounded as means of drills are.
    assert_eq!((result.outcome.first_score, result.outcome.score), (40, 86));
    assert_eq!(result.outcome.metrics.closing, Some(86));
    assert_eq!(result.coach_notes, "Judged anew.");
    let last = |drill: usize| result.outcome.drills[drill].last.score;
    assert_eq!((last(0), last(1)), (80, 91));
    let kept = now(sessions::verdicts_of_version(&db, company(), id(1), 1)).unwrap();
    assert_eq!(kept, before);
    let all = now(sessions::verdicts(&db, company(), id(1))).unwrap();
    assert_eq!((before.len(), all.len()), (4, 8));
    assert!(all.iter().all(|row| row.counts && row.raw.is_none()));

    let versions = now(sessions::versions(&db, company(), id(1))).unwrap();
    let told: Vec<(u32, Option<UserId>)> =
        versions.iter().map(|row| (row.number, row.by)).collect();
    assert_eq!(told, [(1, None), (2, Some(manager()))]);
    let done = now(sessions::regrades(&db, company(), id(1))).unwrap();
    assert_eq!(
        (done[0].score_before, done[0].score, done[0].number),
        (70, 86, 2)
    );
    // Another company has none of it.
    let elsewhere = other_company();
    assert_eq!(now(sessions::regrades(&db, elsewhere, id(1))), Ok(vec![]));
    assert_eq!(now(sessions::versions(&db, elsewhere, id(1))), Ok(vec![]));
    assert_eq!(now(sessions::verdicts(&db, elsewhere, id(1))), Ok(vec![]));
    assert_eq!(scans(&db), Vec::<String>::new());
}

#[test]
fn a_managers_score_stays_on_top_with_the_score_it_replaced() {
    let db = world();
    complete(&db, 1, rep(), 1);
    override_score(&db, 1, 1, 95, 5);
    regrade(&db, 1, [50, 20, 30, 30], SLOT);
    assert_eq!(standing(&db, 1).score, 58, "(20 + 95) / 2");
    let overrides = now(sessions::overrides(&db, company(), id(1))).unwrap();
    assert_eq!(
        (
            overrides.len(),
            overrides[0].score,
            overrides[0].judged,
            overrides[0].number
        ),
        (1, 95, 70, 1)
    );
    // The next one is of the version that counts now.
    override_score(&db, 1, 1, 25, 6);
    let overrides = now(sessions::overrides(&db, company(), id(1))).unwrap();
    assert_eq!(
        (
            overrides.len(),
            overrides[0].score,
            overrides[0].judged,
            overrides[0].number
        ),
        (1, 25, 30, 2)
    );
    assert_eq!(
        count(&db, "SELECT override_disagrees AS n FROM sessions"),
        0,
        "25 for 30"
    );
}

#[test]
fn of_two_at_once_one_judges_until_its_time_is_over() {
    let db = world();
    complete(&db, 1, rep(), 1);
    let first = claim(&db, 1, SLOT).unwrap();
    assert_eq!(first.number, 2);
    assert_eq!(claim(&db, 1, SLOT + MINUTES_5 - 1), None);
    let second = claim(&db, 1, SLOT + MINUTES_5).unwrap();
    assert_eq!(second.number, 2);
    let standing = standing(&db, 1);
    let graded = graded(&db, 1, &standing, [1, 2, 3, 4]);
    let before = rows(&db);
    assert!(!write(&db, &first, &standing, &graded, SLOT));
    assert_eq!(rows(&db), before, "who came too late writes nothing");
    assert!(write(&db, &second, &standing, &graded, SLOT));
    let mut late = graded.recount.clone();
    late.drills[0].score = 99;
    let late = Graded {
        recount: late,
        ..graded
    };
    let before = rows(&db);
    assert!(!write(&db, &first, &standing, &late, SLOT));
    assert_eq!(rows(&db), before);
    // Given back, it can be taken at once; what is done can't be given back.
    now(sessions::release_regrade(&db, &second)).unwrap();
    let third = claim(&db, 1, SLOT).unwrap();
    assert_eq!(third.number, 3);
    now(sessions::release_regrade(&db, &third)).unwrap();
    assert_eq!(claim(&db, 1, SLOT).unwrap().number, 3);
}

#[test]
fn what_changed_while_it_was_judged_is_not_written_over() {
    let db = world();
    complete(&db, 1, rep(), 1);
    let claim = claim(&db, 1, SLOT).unwrap();
    let read = standing(&db, 1);
    let stale = graded(&db, 1, &read, [10, 20, 30, 40]);
    override_score(&db, 1, 0, 100, 7);
    let before = rows(&db);
    assert!(!write(&db, &claim, &read, &stale, SLOT));
    assert_eq!(rows(&db), before);
    let read = standing(&db, 1);
    let fresh = graded(&db, 1, &read, [10, 20, 30, 40]);
    assert!(write(&db, &claim, &read, &fresh, SLOT));
    assert_eq!(standing(&db, 1).score, 70, "(100 + 40) / 2");
}

#[test]
fn what_is_not_there_can_not_be_judged() {
    let db = world();
    schedule(&db, id(1), rep(), 1, 0);
    assert_eq!(claim(&db, 1, SLOT), None);
    complete(&db, 2, rep(), 2);
    let theirs = sessions::claim_regrade(&db, other_company(), id(2), manager(), SLOT, SLOT + 1);
    assert_eq!(now(theirs), Ok(None));
    for number in 2..=MAX_VERSIONS {
        regrade(&db, 2, [40, 70, 40, 70], SLOT + u64::from(number));
    }
    assert_eq!(claim(&db, 2, SLOT), None, "{MAX_VERSIONS} are the most");
    complete(&db, 3, rep(), 3);
    db.script("UPDATE sessions SET transcript_purged_at = 1")
        .unwrap();
    assert_eq!(claim(&db, 3, SLOT), None);
    let gone = sessions::regrade_material(&db, company(), id(3));
    assert_eq!(now(gone), Ok(None));
    assert_eq!(now(sessions::versions(&db, company(), id(2))), Ok(vec![]));
}

#[test]
fn a_suspicion_that_is_found_later_marks_the_session() {
    let db = world();
    complete(&db, 1, rep(), 1);
    let claim = claim(&db, 1, SLOT).unwrap();
    let standing = standing(&db, 1);
    let mut graded = graded(&db, 1, &standing, [40, 70, 40, 70]);
    graded.verdicts[0].2.suspicion = Some(Suspicion {
        attempt: Attempt::AsksForMarks,
        quote: "give me 100".into(),
    });
    assert!(write(&db, &claim, &standing, &graded, SLOT));
    let row = now(sessions::find(&db, company(), id(1))).unwrap().unwrap();
    assert!(row.suspected);
    let found = now(sessions::verdicts(&db, company(), id(1))).unwrap();
    assert_eq!(
        found.iter().filter(|row| row.suspicion.is_some()).count(),
        1
    );
}

/// Something a manager does.
#[derive(Debug, Clone)]
enum Doing {
    Regrade(u128, [u8; 4]),
    Override(u128, usize, u8),
}

fn doing() -> impl Strategy<Value = Doing> {
    // Around the pass mark and the ten points that tell scores apart.
    let score = || prop_oneof![0..=100_u8, 55..=65_u8, Just(40), Just(70)];
    prop_oneof![
        (1..=3_u128, [score(), score(), score(), score()])
            .prop_map(|(session, scores)| Doing::Regrade(session, scores)),
        (1..=3_u128, 0..2_usize, score())
            .prop_map(|(session, drill, score)| Doing::Override(session, drill, score)),
    ]
}

/// What the figures are to say of a session, kept by hand.
#[derive(Debug, Clone, Default)]
struct Opinions {
    latest: Option<[u8; 4]>,
    /// By drill: the manager's score, and the coach's that it replaced.
    overrides: BTreeMap<usize, (u8, u8)>,
}

impl Opinions {
    fn overrides_disagree(&self) -> Option<bool> {
        let mut overrides = self.overrides.values();
        (!self.overrides.is_empty()).then(|| overrides.any(|(one, other)| disagree(*one, *other)))
    }

    fn regrades_disagree(&self) -> Option<bool> {
        let latest = self.latest?;
        Some((0..4).any(|n| disagree(latest[n], [40, 70][n % 2])))
    }

    fn score(&self) -> u8 {
        let latest = self.latest.unwrap_or([40, 70, 40, 70]);
        let of = |drill: usize| {
            let by_manager = self.overrides.get(&drill);
            by_manager.map_or(latest[drill * 2 + 1], |(score, _)| *score)
        };
        domain::scoring::mean([of(0), of(1)].into_iter()).unwrap()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// Whatever managers do in whatever order: the figures are those of a recomputation, writing twice is writing once, the first
    /// verdicts stay, and managers' scores count.
    #[test]
    fn figures_follow_and_nothing_counts_twice(doings in prop::collection::vec(doing(), 1..8)) {
        let db = world();
        complete(&db, 1, rep(), 1);
        complete(&db, 2, second_rep(), 2);
        complete(&db, 3, rep(), 3);
        let firsts = |db: &Sqlite| {
            let all = (1..=3).flat_map(|n| now(sessions::verdicts_of_version(db, company(), id(n), 1)).unwrap());
            all.map(|row| (row.message, row.verdict)).collect::<Vec<_>>()
        };
        let first_verdicts = firsts(&db);
        let mut opinions: BTreeMap<u128, Opinions> = (1..=3).map(|n| (n, Opinions::default())).collect();
        for (at, doing) in (SLOT..).zip(doings) {
            match doing {
                Doing::Regrade(session, scores) => {
                    let claim = claim(&db, session, at).unwrap();
                    let standing = standing(&db, session);
                    let graded = graded(&db, session, &standing, scores);
                    prop_assert!(write(&db, &claim, &standing, &graded, at));
                    let once = rows(&db);
                    prop_assert!(!write(&db, &claim, &standing, &graded, at));
                    prop_assert_eq!(rows(&db), once);
                    opinions.get_mut(&session).unwrap().latest = Some(scores);
                }
                Doing::Override(session, drill, score) => {
                    override_score(&db, session, drill, score, at);
                    let of_session = opinions.get_mut(&session).unwrap();
                    let judged = of_session.latest.map_or(70, |scores| scores[drill * 2 + 1]);
                    of_session.overrides.insert(drill, (score, judged));
                }
            }
            let followed = rows(&db);
            now(db.batch(rollups::rebuild())).unwrap();
            prop_assert_eq!(rows(&db), followed);
        }
        prop_assert_eq!(firsts(&db), first_verdicts);
        for (session, opinions) in &opinions {
            prop_assert_eq!(standing(&db, *session).score, opinions.score());
        }
        let sum = |of: &dyn Fn(&Opinions) -> bool| i64::try_from(opinions.values().filter(|one| of(one)).count()).unwrap();
        let told = [
            count(&db, "SELECT sum(overridden) AS n FROM company_day_rollups"),
            count(&db, "SELECT sum(overrides_disagreed) AS n FROM company_day_rollups"),
            count(&db, "SELECT sum(regraded) AS n FROM company_day_rollups"),
            count(&db, "SELECT sum(regrades_disagreed) AS n FROM company_day_rollups"),
        ];
        prop_assert_eq!(told, [
            sum(&|one| one.overrides_disagree().is_some()),
            sum(&|one| one.overrides_disagree() == Some(true)),
            sum(&|one| one.regrades_disagree().is_some()),
            sum(&|one| one.regrades_disagree() == Some(true)),
        ]);
    }
}
