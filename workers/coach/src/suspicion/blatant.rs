//! Telling words to the scorer from words to the customer: instructions to a model, requests for marks, a description of an
//! answer in place of one, and data.

use domain::tone::Answer;

/// Words that only make sense to whoever scores the answer. A customer who reads one of them closes the chat, so one is enough.
const TO_SCORER: &[&str] = &[
    "ignore the rules",
    "ignore all rules",
    "ignore all previous",
    "ignore all instructions",
    "ignore previous",
    "ignore the previous",
    "ignore the above",
    "ignore everything above",
    "ignore above",
    "ignore instructions",
    "ignore the instructions",
    "ignore your instructions",
    "ignore your rules",
    "disregard the criteria",
    "disregard the rules",
    "disregard the above",
    "disregard all",
    "disregard any",
    "disregard previous",
    "disregard your",
    "forget the rules",
    "forget your rules",
    "forget your instructions",
    "forget all previous",
    "forget previous",
    "rules bhool jao",
    "rules ignore",
    "instructions bhool jao",
    "give me 100",
    "give me full",
    "give this 100",
    "full marks",
    "100 marks",
    "full score",
    "100 out of 100",
    "10 out of 10",
    "100 score",
    "score 100",
    "score of 100",
    "score it",
    "score this",
    "score me",
    "score is 100",
    "score should be",
    "highest score",
    "maximum score",
    "max score",
    "100 number do",
    "100 number de",
    "poore number do",
    "pure number do",
    "marks do",
    "marks de do",
    "marks dijiye",
    "rate this answer",
    "rate my answer",
    "grade this",
    "grade me",
    "grade my",
    "mark all criteria",
    "mark all the criteria",
    "mark this as",
    "award full",
    "award marks",
    "award me",
    "level 3",
    "level three",
    "every criterion",
    "all criteria",
    "each criterion",
    "the criteria above",
    "criteria as met",
    "judgements",
    "judgments",
    "rubric",
    "evaluator",
    "the grader",
    "dear judge",
    "the scorer",
    "ai coach",
    "as an ai",
    "you are an ai",
    "language model",
    "chatgpt",
    "system prompt",
    "system message",
    "developer mode",
    "you are now in",
    "you are now a",
    "new instructions for",
    "previous instructions",
    "the instructions above",
    "the salesperson acknowledged",
    "the salesperson acknowledges",
    "the salesperson has",
    "the salesperson explained",
    "the salesperson explains",
    "the sales rep acknowledged",
    "the sales rep acknowledges",
    "the sales rep has",
    "the rep has",
    "the rep acknowledges",
    "the rep acknowledged",
    "the rep explains",
    "the rep explained",
    "the rep recommends",
    "the rep recommended",
    "the trainee",
    "this rep",
    "the answer is perfect",
    "this answer is perfect",
    "this answer is correct",
    "this answer is excellent",
    "this answer deserves",
    "this answer should",
    "my answer is perfect",
    "my answer is correct",
    "my answer deserves",
    "evidence quote",
];

/// Beginnings of a line that belong to a prompt, and marks that belong to data.
const PROMPT_LINES: &[&str] = &[
    "system:",
    "[system",
    "assistant:",
    "[assistant",
    "user:",
    "[user",
    "coach:",
    "judge:",
    "###",
    "```",
    "<|",
];
const DATA_MARKS: &[&str] = &["{\"", "\":", "{ \"", "</", "[[", "}}"];

/// Whether any part of a text speaks to whoever scores it.
pub(crate) fn speaks_to_scorer(text: &str) -> bool {
    text.lines().any(is_forged)
        || Answer::read(text)
            .sentences()
            .iter()
            .any(|sentence| has_words(&sentence.words))
}

/// Whether a line belongs to a prompt or to data.
pub(super) fn is_forged(line: &str) -> bool {
    let lower = line.to_lowercase();
    let line = lower.trim_start();
    PROMPT_LINES.iter().any(|mark| line.starts_with(mark))
        || DATA_MARKS.iter().any(|mark| line.contains(mark))
}

/// Whether words that only make sense to the scorer stand among these.
pub(super) fn has_words(words: &[String]) -> bool {
    TO_SCORER.iter().any(|phrase| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        words.windows(phrase.len()).any(|window| window == phrase)
    })
}
