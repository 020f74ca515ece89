//! What of an answer counts as said to the customer. Each defence against a gamed or misread answer is one rule here:
//!
//! 1. An answer that speaks to whoever scores it says nothing to the customer ([`speaks_to_scorer`]).
//! 2. The customer's own words sent back are not the rep's ([`copied_from`]).
//! 3. A list of keywords is no answer ([`is_keyword_list`]), nor are scraps of one ([`SCRAP`]).
//! 4. “I don't understand” is no understanding ([`means_it`]).
//! 5. What is said over and over, or at a length nobody reads, earns less ([`ceiling`]).

use super::scorer::speaks_to_scorer;
use super::signals::{Signals, folded, puts_a_question};
use super::speech::runs_as_speech;
use domain::scenario::{Criterion, Drill};
use domain::scoring::Level;
use domain::tone::{Answer, Sentence};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// An answer as the built-in coach hears it.
pub(super) struct Heard<'a> {
    /// The sentences that read as an answer, in order.
    pub(super) sentences: Vec<HeardSentence<'a>>,
    /// By criterion id, for each of its signal groups the sentences that hold it, as indexes of `sentences`.
    places: HashMap<&'a str, Vec<Vec<usize>>>,
    /// The highest level any criterion can reach.
    pub(super) ceiling: Level,
    /// What kept the answer, or part of it, from counting.
    pub(super) unheard: Option<Unheard>,
}

/// A sentence that counts.
pub(super) struct HeardSentence<'a> {
    pub(super) sentence: &'a Sentence<'a>,
    /// Its words with their spelling folded.
    folded: Vec<String>,
    /// Whether it puts something to the customer, with a question mark or at the end.
    asks: bool,
    /// Which of its words were copied from the customer, one mark a word.
    copied: Vec<bool>,
}

/// Why words did not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unheard {
    /// They speak to the scorer.
    ToScorer,
    /// They are the customer's.
    CustomersWords,
    /// They are keywords without sentences.
    Keywords,
    /// They are in a language this coach doesn't know.
    AnotherLanguage,
}

/// Fewest words that can say something: “I understand”.
const FEWEST_WORDS: usize = 2;

impl<'a> Heard<'a> {
    pub(super) fn listen(drill: &'a Drill, answer: &'a Answer<'a>) -> Self {
        let ceiling = ceiling(answer);
        let deaf = |unheard| Self {
            sentences: Vec::new(),
            places: HashMap::new(),
            ceiling,
            unheard: Some(unheard),
        };
        if speaks_to_scorer(answer.text()) {
            return deaf(Unheard::ToScorer);
        }
        let signals: Vec<(&str, Vec<Signals>)> = drill
            .criteria
            .iter()
            .map(|criterion| {
                let groups = criterion.signals.iter();
                (
                    criterion.id.as_str(),
                    groups.map(|group| Signals::read(group)).collect(),
                )
            })
            .collect();
        let customer = Answer::read(&drill.customer_message);
        let mut sentences = Vec::new();
        let (mut copies, mut lists, mut scraps, mut foreign, mut long_enough) = (0, 0, 0, 0, 0);
        let last = answer.sentences().len().saturating_sub(1);
        for (index, sentence) in answer.sentences().iter().enumerate() {
            if sentence.words.len() < FEWEST_WORDS {
                continue;
            }
            long_enough += 1;
            let copied = copied_from(&customer, sentence);
            if copied.iter().filter(|copied| !**copied).count() < FEWEST_WORDS {
                copies += 1;
                continue;
            }
            let folded = folded(&sentence.words);
            let heard = HeardSentence {
                sentence,
                asks: (index == last || sentence.text.contains('?')) && puts_a_question(&folded),
                folded,
                copied,
            };
            let groups = signals
                .iter()
                .flat_map(|(_, groups)| groups)
                .filter(|group| !heard.hits(group).is_empty())
                .count();
            if is_keyword_list(sentence, groups) {
                if sentence.words.len() <= SCRAP {
                    scraps += 1;
                } else {
                    lists += 1;
                    foreign += usize::from(groups <= 1);
                    continue;
                }
            }
            sentences.push(heard);
        }
        // Where half of the sentences are keywords, the rest are of the same list. “Fair point, sir” alone is none.
        let keywords = lists + scraps;
        if (lists > 0 || scraps > 1) && keywords * 2 >= long_enough {
            return deaf(if foreign == lists && scraps == 0 {
                Unheard::AnotherLanguage
            } else {
                Unheard::Keywords
            });
        }
        let places = signals
            .iter()
            .map(|(criterion, groups)| {
                let groups = groups.iter().map(|group| holding(&sentences, group));
                (*criterion, groups.collect())
            })
            .collect();
        Self {
            sentences,
            places,
            ceiling,
            unheard: (copies > 0).then_some(Unheard::CustomersWords),
        }
    }

    /// For each of the criterion's signal groups, the sentences that hold it, as indexes of [`Heard::sentences`].
    pub(super) fn places(&self, criterion: &Criterion) -> &[Vec<usize>] {
        self.places
            .get(criterion.id.as_str())
            .map_or(&[], Vec::as_slice)
    }
}

fn holding(sentences: &[HeardSentence<'_>], group: &Signals) -> Vec<usize> {
    sentences
        .iter()
        .enumerate()
        .filter(|(_, heard)| !heard.hits(group).is_empty())
        .map(|(index, _)| index)
        .collect()
}

impl HeardSentence<'_> {
    /// Where phrases of a group stand in this sentence and count.
    pub(super) fn hits(&self, group: &Signals) -> Vec<Range<usize>> {
        let own = |place: &Range<usize>| {
            self.copied
                .get(place.clone())
                .is_some_and(|marks| marks.contains(&false))
        };
        group
            .places(&self.folded, self.asks)
            .into_iter()
            .filter(|place| own(place) && means_it(self.sentence, place))
            .collect()
    }
}

/// This many words in a row that the customer wrote as well are his, not the rep's. Fewer are a topic taken up:
/// “20-25 hazaar messages se …” is how an honest reason begins.
const COPIED_RUN: usize = 7;

/// Rule 2. Marks the words of a sentence that stand in the customer's message in runs of [`COPIED_RUN`], or all of them when
/// the whole sentence stands there.
pub(super) fn copied_from(customer: &Answer<'_>, sentence: &Sentence<'_>) -> Vec<bool> {
    let customers: Vec<&str> = customer.words().collect();
    let mut copied = vec![false; sentence.words.len()];
    let run = COPIED_RUN.min(sentence.words.len()).max(1);
    for (start, window) in sentence.words.windows(run).enumerate() {
        let is_customers = customers.windows(run).any(|theirs| {
            theirs
                .iter()
                .zip(window)
                .all(|(theirs, own)| *theirs == own.as_str())
        });
        if is_customers && let Some(marks) = copied.get_mut(start..start + run) {
            marks.fill(true);
        }
    }
    copied
}

/// Up to this many words may stand without a small word: “Fair point, sir”.
const SCRAP: usize = 3;

/// From this many words on, a sentence can be dense enough to be told from speech.
const DENSE_FROM: usize = 10;

/// Rule 3. Words without the small words of speech, or so many signals that nothing is said with them: more than one
/// signal group to two words.
pub(super) fn is_keyword_list(sentence: &Sentence<'_>, groups: usize) -> bool {
    let words = &sentence.words;
    let too_dense = words.len() >= DENSE_FROM && groups * 2 > words.len();
    !runs_as_speech(words, sentence.text.contains('?')) || too_dense
}

/// Words of feeling and advice: denied, they mean the opposite. A reason that is denied (“clear picture nahi milti”) is
/// still the reason.
const TURNS_WITH_A_DENIAL: &[&str] = &[
    "understand",
    "understood",
    "samajh",
    "samajhta",
    "samajhti",
    "agree",
    "sehmat",
    "respect",
    "appreciate",
    "suggest",
    "recommend",
    "advise",
    "sense",
];

/// How many words may part such a word from its “not”.
const DENIAL_REACH: usize = 2;

/// Rule 4. Whether a phrase is meant as it stands.
fn means_it(sentence: &Sentence<'_>, place: &Range<usize>) -> bool {
    let turns = sentence
        .words
        .get(place.clone())
        .unwrap_or_default()
        .iter()
        .any(|word| TURNS_WITH_A_DENIAL.contains(&word.as_str()));
    !(turns && sentence.denies(place.clone(), DENIAL_REACH))
}

/// More words than this are not read through on a phone, however good.
const WALL_OF_TEXT: usize = 250;

/// Rule 5. No more than level 2 where at least half of the sentences were said before, or for a wall of text.
pub(super) fn ceiling(answer: &Answer<'_>) -> Level {
    if repeats_itself(answer) || answer.word_count() > WALL_OF_TEXT {
        Level::Two
    } else {
        Level::Three
    }
}

/// Whether at least half of the sentences were said before.
pub(super) fn repeats_itself(answer: &Answer<'_>) -> bool {
    let sentences = answer.sentences();
    let different: HashSet<&[String]> = sentences
        .iter()
        .map(|sentence| sentence.words.as_slice())
        .collect();
    sentences.len() > 1 && different.len() * 2 <= sentences.len()
}
