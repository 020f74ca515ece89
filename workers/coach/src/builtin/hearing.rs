//! What of an answer counts as said to the customer. Each defence against a gamed or misread answer is one rule here:
//!
//! 1. An answer that speaks to whoever scores it says nothing to the customer ([`speaks_to_scorer`]), and neither does a
//!    sentence that is suspected to, where suspicions are asked for.
//! 2. The customer's own words sent back are not the rep's ([`copied_from`]).
//! 3. A list of keywords is no answer ([`is_keyword_list`]), nor are scraps of one ([`SCRAP`]).
//! 4. “I don't understand” is no understanding ([`means_it`]).
//! 5. What is said over and over, or at a length nobody reads, earns less ([`ceiling`]).

use super::signals::{Signals, folded, puts_a_question};
use super::speech::{is_small, runs_as_speech};
use crate::suspicion::speaks_to_scorer;
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
    /// The answer without the sentences that count for nothing, where it has any.
    pub(super) counted: Option<String>,
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
        Self::without(drill, answer, vec![false; answer.sentences().len()])
    }

    /// Listens to the sentences that are not suspected; one mark a sentence.
    pub(super) fn without(drill: &'a Drill, answer: &'a Answer<'a>, suspected: Vec<bool>) -> Self {
        let ceiling = ceiling(answer);
        let deaf = |unheard| Self {
            sentences: Vec::new(),
            places: HashMap::new(),
            ceiling,
            unheard: Some(unheard),
            counted: None,
        };
        let unsuspected = answer.sentences().iter().zip(&suspected);
        let unsuspected = unsuspected.filter(|(_, suspected)| !**suspected);
        let rest: Vec<&str> = unsuspected.map(|(sentence, _)| sentence.text).collect();
        let speaks_to_scorer = if suspected.contains(&true) {
            rest.is_empty() || speaks_to_scorer(&rest.join("\n"))
        } else {
            speaks_to_scorer(answer.text())
        };
        if speaks_to_scorer {
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
        let customers = customers_words(drill);
        let customer = Answer::read(&customers);
        let mut sentences = Vec::new();
        let (mut copies, mut lists, mut scraps, mut foreign, mut long_enough) = (0, 0, 0, 0, 0);
        let said = || {
            let sentences = answer.sentences().iter().zip(&suspected).enumerate();
            sentences.filter(|(_, (_, suspected))| !**suspected)
        };
        let mut left_out = suspected.clone();
        let mut leave_out = |index: usize| {
            if let Some(mark) = left_out.get_mut(index) {
                *mark = true;
            }
        };
        let last = said().next_back().map_or(0, |(index, _)| index);
        let fragments = said()
            .filter(|(_, (sentence, _))| is_fragment(sentence))
            .count();
        for (index, (sentence, _)) in said() {
            if fragments >= LIST_OF_FRAGMENTS && sentence.words.len() <= SCRAP {
                leave_out(index);
                continue;
            }
            if sentence.words.len() < FEWEST_WORDS {
                continue;
            }
            long_enough += 1;
            let copied = copied_from(&customer, sentence);
            if copied.iter().filter(|copied| !**copied).count() < FEWEST_WORDS {
                copies += 1;
                leave_out(index);
                continue;
            }
            let folded = folded(&sentence.words);
            let heard = HeardSentence {
                sentence,
                asks: (index == last || sentence.text.contains('?')) && puts_a_question(&folded),
                folded,
                copied,
            };
            let hits: Vec<Vec<Range<usize>>> = signals
                .iter()
                .flat_map(|(_, groups)| groups)
                .map(|group| heard.hits(group))
                .filter(|hits| !hits.is_empty())
                .collect();
            let groups = hits.len();
            let closes = index == last && closes_tersely(sentence, groups);
            if !closes && is_keyword_list(sentence, groups) || is_strung_together(sentence, &hits) {
                if sentence.words.len() <= SCRAP {
                    scraps += 1;
                } else {
                    lists += 1;
                    foreign += usize::from(groups <= 1);
                    leave_out(index);
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
            counted: counted(answer, &left_out),
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

/// The customer's message, with the drill's title: his wish in his words.
pub(super) fn customers_words(drill: &Drill) -> String {
    format!("{}\n{}", drill.customer_message, drill.title)
}

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
/// signal group to two words, and fewer than one small word in three.
pub(super) fn is_keyword_list(sentence: &Sentence<'_>, groups: usize) -> bool {
    let words = &sentence.words;
    let small = words.iter().filter(|word| is_small(word)).count();
    let too_dense =
        words.len() >= DENSE_FROM && groups * 2 > words.len() && small * 3 < words.len();
    !runs_as_speech(words, sentence.text.contains('?')) || too_dense
}

/// A last question of up to this many words needs no small word: “Kal raat 9 baje?”
const TERSE_QUESTION: usize = 6;

fn closes_tersely(sentence: &Sentence<'_>, groups: usize) -> bool {
    let words = sentence.words.len();
    sentence.text.ends_with('?') && words <= TERSE_QUESTION && groups < words
}

/// From so many fragments on, whatever is as short belongs to a list.
const LIST_OF_FRAGMENTS: usize = 4;

/// A word that stands alone, or a few without a small word: “Isliye. Database. 1 lakh.”
fn is_fragment(sentence: &Sentence<'_>) -> bool {
    sentence.words.len() < FEWEST_WORDS
        || (sentence.words.len() <= SCRAP && !runs_as_speech(&sentence.words, false))
}

/// A sentence of this many words has small words of its own, beside those inside signals.
const LONG: usize = 20;

/// Signal groups that such a row has at least.
const MANY_GROUPS: usize = 6;

/// More than one word in this many.
const OWN_ONE_IN: usize = 10;

/// Rule 3. A long row of signals, strung together with nothing of speech between them.
fn is_strung_together(sentence: &Sentence<'_>, hits: &[Vec<Range<usize>>]) -> bool {
    let is_own = |at: usize, word: &str| {
        is_small(word) && !hits.iter().flatten().any(|place| place.contains(&at))
    };
    let words = sentence.words.iter().enumerate();
    let own: Vec<bool> = words.map(|(at, word)| is_own(at, word)).collect();
    hits.len() >= MANY_GROUPS
        && own
            .windows(LONG)
            .any(|stretch| stretch.iter().filter(|own| **own).count() * OWN_ONE_IN <= LONG)
}

/// Longer than any word that people write.
const LONGEST_WORD: usize = 24;

/// So many letters alone in a row spell a word out.
const SPELT_OUT: usize = 5;

/// The answer without the sentences left out, and without words that people who read English and Hindi can't read, or only with a
/// machine: they don't make an answer longer. `None` where that is the whole answer.
fn counted(answer: &Answer<'_>, left_out: &[bool]) -> Option<String> {
    let sentences = answer.sentences().iter().zip(left_out);
    let kept = sentences.filter(|(_, left_out)| !**left_out);
    let texts: Vec<String> = kept.map(|(sentence, _)| readable(sentence)).collect();
    let all_kept = answer.sentences().iter().map(|sentence| sentence.text);
    (!all_kept.eq(texts.iter().map(String::as_str))).then(|| texts.join(" "))
}

fn readable(sentence: &Sentence<'_>) -> String {
    let letter = |word: &str| word.len() == 1 && word.chars().all(|c| c.is_ascii_alphabetic());
    let spelt = sentence
        .words
        .windows(SPELT_OUT)
        .any(|row| row.iter().filter(|word| letter(word)).count() + 1 >= SPELT_OUT);
    let known = |c: char| {
        !matches!(c, '\u{300}'..='\u{36F}')
            && (!c.is_alphabetic() || c <= '\u{24F}' || matches!(c, '\u{900}'..='\u{97F}'))
    };
    let is_readable = |word: &&str| {
        word.chars().all(known)
            && (word.len() <= LONGEST_WORD
                || !word.chars().all(|c| c.is_ascii_alphanumeric() || c == '='))
            && !(spelt && word.len() == 1)
    };
    if sentence
        .text
        .split_whitespace()
        .all(|word| is_readable(&word))
        && !spelt
    {
        return sentence.text.to_owned();
    }
    let words: Vec<&str> = sentence
        .text
        .split_whitespace()
        .filter(is_readable)
        .collect();
    words.join(" ")
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
