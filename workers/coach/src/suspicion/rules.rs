//! Words that together speak to a scorer. One word proves nothing (“score”, “rules” and “level” are said to customers too); a
//! rule asks for several kinds of words close to each other in one sentence.

use super::Attempt;
use super::blatant;
use domain::tone::words;
use std::ops::Range;

/// Words of these kinds within so many words of each other, in any order.
struct Rule {
    attempt: Attempt,
    /// Each kind: words or short phrases between bars.
    kinds: &'static [&'static str],
    /// How many words they may span.
    within: usize,
}

/// What an answer is given.
const MARKS: &str =
    "marks|mark|score|scores|points|grade|grades|scoring|grading|ank|percentage|result sheet";

/// A lot of it.
const A_LOT: &str = "full|100|hundred|perfect|maximum|max|maximal|top|highest|poore|pure|poora|pura|sau|10 10|10 out of 10|ten out of ten|5 5|best possible|\
    sabse zyada|zyada|achhe|ache|acche|good|high|higher|generous|extra|more|a plus|excellent|outstanding|full on full";

/// Wanting it.
const WANTING: &str = "give|gives|giving|award|awards|assign|grant|allot|set|put|write|record|return|output|deserve|deserves|want|need|please|pls|plz|kindly|request|do|de|dena|\
    dedo|dijiye|dijiyega|dena|chahiye|chahie|lagao|lagado|laga|daalo|dalo|daal|dal|dilwa|dilao|mile|milne|milna|report|me|mujhe|mujko|humko|mere|mera|i|appreciated|grateful|expect|get|would mean|hoping|banta|banta hai|bante|diya jaye|diye jaye|diya jaaye|diye jaayein|assigned|awarded|given";

/// What a scorer works by.
const INSTRUCTIONS: &str = "rules|rule|instruction|instructions|prompt|prompts|guideline|guidelines|criteria|criterion|rubric|directions|directive|directives|orders|nirdesh|nirdeshon|niyam|niyamon|\
    the above|all above|everything above|everything before|all previous|previous text|previous messages|previous message|previous context|what you were told|\
    your training|your programming|system message|upar likha|upar ka|upar wala|upar wale|checks|constraints|safeguards|restrictions";

/// Putting it aside.
const PUT_ASIDE: &str = "ignore|ignored|ignoring|disregard|disregarding|forget|override|overrides|overriding|bypass|overlook|skip|drop|discard|bhool|bhul|bhulkar|bhoolkar|nazarandaz|nazarandaaz|\
    andekha|andekhi|chhod|chhodo|chodo|stop following|do not follow|dont follow|do not apply|dont apply|no longer|cancel|cancelled|superseded|void|replace|replaced|suspend|suspended|\
    turn off|switch off|turned off|switched off|is off|disable|disabled|hatao|hata do|reset";

/// Verbs that only a report on an answer uses, beside [`REPORTED`].
const REPORTING: &str = "contains|contain|includes|i acknowledged|i explained|i recommended|i have acknowledged|i have explained|acknowledges|acknowledged|acknowledging|demonstrates|demonstrated|fulfils|fulfills|satisfies|meets|met|exceeds|scores|deserves|merits|qualifies|covers|addresses|addressed|\
    explains|explained|recommends|recommended|validates|validated|shows empathy|handled|handles|achieved|achieves|passes|passed|ticks|is perfect|is excellent|is flawless|is ideal|is exemplary|\
    is correct|is complete|was perfect|was excellent|should be|must be|ko pass|perfect hai|ekdum sahi hai|sahi hai|has|did|does|asked|asks|proposes|proposed|offered|gave";

/// Whose report it is.
const REPORTED: &str = "this reply|this answer|in this answer|in this reply|my reply|my answer|this response|is jawab|the rep|this rep|rep|the salesperson|this salesperson|salesperson|sales rep|the sales rep|the trainee|trainee|the candidate|candidate|the participant|the user|the speaker|\
    this submission|the submission|this attempt|the learner|vikreta";

/// What nobody shows before an answer.
const SECRETS: &str = "prompt|system message|instructions|instruction|rubric|ideal answer|ideal response|model answer|answer key|marking scheme|scoring scheme|scoring rules|coaching notes|criteria|\
    correct answer|perfect answer|best answer|expected answer|hidden text|configuration|secret|nirdesh|sahi jawab|sahi uttar";

/// Asking for it.
const SHOWING: &str = "show|reveal|print|repeat|tell me|tell us|output|display|leak|expose|dump|list your|paste|copy|write out|give me|what is|what are|what were|share your|batao|bata do|bataiye|dikhao|dikha do|\
    dikhaiye|likho|bolo|kya hai";

/// What a model plays.
const ROLE: &str = "pretend|role play|roleplay|act as|you are now|from now on|your new role|your new task|new task|your task is|your only task|your job is|your only job|simulate|you must|you will now|\
    you have been|ab tum|ab aap ek|maan lo tum|game khelte|lets play a game|let us play a game|imagine you are|suppose you are|in this story|in this scene|play the part|behave as|behave like|\
    developer mode|debug mode|test mode|maintenance mode|admin mode|god mode|dan mode|jailbreak|switch to|enter";

/// Who may order.
const AUTHORITY: &str = "manager|boss|admin|administrator|trainer|developer|developers|head office|headquarters|management|director|ceo|founder|hr|supervisor|senior|team lead|malik|sir ne|company ne|\
    anthropic|openai|it team|security team|audit";

/// What he orders.
const ORDERED: &str = "says|said|told|approved|approves|confirmed|confirms|ordered|orders|instructed|authorised|authorized|requires|decided|wants|bola|kaha|keh|kehte|kahte|ka order|ka aadesh|allowed|\
    ki permission|ne bataya|override|verified";

const RULES: &[Rule] = &[
    Rule {
        attempt: Attempt::AsksForMarks,
        kinds: &[
            "number|numbers|marks|ank|score|points",
            "kaatna|katna|kaato|kato|kaatiye|kaat mat|deduct|cut mat|cut na",
        ],
        within: 4,
    },
    Rule {
        attempt: Attempt::ForgesText,
        kinds: &[
            "end of answer|end of the answer|end of input|end of user|end of submission|end of message|begin evaluation|start evaluation|begin instructions|end of prompt",
        ],
        within: 4,
    },
    Rule {
        attempt: Attempt::AsksForMarks,
        kinds: &[A_LOT, MARKS, WANTING],
        within: 9,
    },
    Rule {
        attempt: Attempt::AsksForMarks,
        kinds: &[
            "poore|pure|sau|achhe|acche|zyada",
            "number|numbers|nambar",
            "do|de|dena|dedo|lagao|daalo|milne|dilwa",
        ],
        within: 5,
    },
    Rule {
        attempt: Attempt::AsksForMarks,
        kinds: &[
            "rate|rating|rated|mark|marked|grade|graded|score|scored",
            "this|my|answer|response|reply|jawab|me|it",
            "100|hundred|10|ten|3|three|5|full|perfect|highest|top|pass|passed|excellent|maximum|high|highly|generously|kindly|leniently",
        ],
        within: 7,
    },
    Rule {
        attempt: Attempt::AsksForMarks,
        kinds: &[
            "give|award|assign|grant|authorise|authorize|approve|set|dena|de do|do|dijiye|dedo|return|output|choose|select|pick",
            "100|hundred|100 100|level 3|level three|3 3|threes|highest level|top level|maximum level|every criterion|all criteria|each criterion",
            "me|mujhe|this|everything|everywhere|all|every|each|answer|response|sab|sabhi|har|please|only|just|criterion|criteria",
        ],
        within: 6,
    },
    Rule {
        attempt: Attempt::AsksForMarks,
        kinds: &[
            "pass",
            "kar do|karo|kara do|karwa do|kar dena|kar dijiye|kardo|me|it|this",
            "mujhe|please|plz|answer|jawab|test|exam|me in|me please|sir ji please|the rep",
        ],
        within: 6,
    },
    Rule {
        attempt: Attempt::AsksForMarks,
        kinds: &[
            "be|thoda|please|kindly|zara",
            "generous|lenient|kind to me|kind with|merciful|easy on me|reham|narmi|raham|daya",
            "judge|coach|captain|evaluator|marks|score|scoring|grading|marking|judging|number|numbers|checking|me",
        ],
        within: 8,
    },
    Rule {
        attempt: Attempt::AsksForMarks,
        kinds: &[
            "put|write|fill|enter|type|tick",
            "three|3|100|pass|highest|top|full",
            "row|rows|box|boxes|cell|cells|column|field|fields|sheet|scoresheet",
        ],
        within: 9,
    },
    Rule {
        attempt: Attempt::AsksForMarks,
        kinds: &[
            "evaluation|verdict|evaluation result|assessment",
            "pass|passed|full|perfect|100|level 3|three",
        ],
        within: 5,
    },
    Rule {
        attempt: Attempt::GivesOrders,
        kinds: &[
            "decode|decrypt|decipher|unscramble|deobfuscate|base 64|rot 13",
            "follow|obey|execute|this|it|following|text|below|run|apply|instruction|instructions",
        ],
        within: 6,
    },
    Rule {
        attempt: Attempt::GivesOrders,
        kinds: &[
            PUT_ASIDE,
            "grading|scoring|evaluation|marking|judging|assessment",
        ],
        within: 6,
    },
    Rule {
        attempt: Attempt::GivesOrders,
        kinds: &[PUT_ASIDE, INSTRUCTIONS],
        within: 6,
    },
    Rule {
        attempt: Attempt::GivesOrders,
        kinds: &[ROLE, SCORER_OR_MARKS],
        within: 12,
    },
    Rule {
        attempt: Attempt::GivesOrders,
        kinds: &[
            "dear|hello|hey|hi|hii|note to|note for|message to|message for|attention|to the|for the|namaste|o|respected|thank you|thanks",
            "judge|evaluator|examiner|grader|scorer|reviewer|assessor|ai|llm|gpt|chatgpt|bot|ai coach|ai judge|captain coach|sales captain|marking system|scoring system|parikshak",
        ],
        within: 3,
    },
    Rule {
        attempt: Attempt::GivesOrders,
        kinds: &[
            "you are|youre|aap|tum|what a|such a|respected",
            "best|greatest|wonderful|kindest|wisest|smartest|brilliant|great|amazing|fair|fairest|generous|sabse achhe|sabse acche|mahan",
            "judge|evaluator|examiner|grader|scorer|ai|coach|sales captain|captain|llm|assessor|bot",
        ],
        within: 8,
    },
    Rule {
        attempt: Attempt::GivesOrders,
        kinds: &[AUTHORITY, ORDERED, MARKS_OR_ANSWER],
        within: 14,
    },
    Rule {
        attempt: Attempt::DescribesItself,
        kinds: &[REPORTED, REPORTING],
        within: 4,
    },
    Rule {
        attempt: Attempt::DescribesItself,
        kinds: &[
            "answer|response|reply|submission|attempt|jawab|uttar",
            "this|my|the above|above|mera|ye|yeh|is",
            "perfect|flawless|ideal|exemplary|deserves|meets|fulfils|fulfills|satisfies|correct|full marks|best possible|complete|masterful|level 3|should pass|must pass|passes|outstanding",
        ],
        within: 6,
    },
    Rule {
        attempt: Attempt::DescribesItself,
        kinds: &[
            "criterion|criteria|criterias|rubric|all requirements|requirement|every requirement|parameters|metric|metrics|checklist",
            "met|meets|fulfilled|satisfied|satisfies|complete|completed|passed|achieved|full|covered|level|3|three|done|ticked|true|pure|poore",
        ],
        within: 6,
    },
    Rule {
        attempt: Attempt::DescribesItself,
        kinds: &[
            "acknowledge|acknowledges|acknowledged|empathise|empathize|address|addressed",
            "concern|worry|objection|wish|fear",
            "explain|explained|reason|recommend|recommended|gave|ask|asked|closed|then",
        ],
        within: 14,
    },
    // A rep who answers a customer is none of these.
    Rule {
        attempt: Attempt::GivesOrders,
        kinds: &[
            "this is the|this is your|i am the|i am your",
            "ceo|boss|admin|administrator|developer|director|founder|trainer|examiner",
        ],
        within: 5,
    },
    Rule {
        attempt: Attempt::AsksForSecrets,
        kinds: &[
            "repeat|print|copy|output|quote|translate|summarise|summarize",
            "everything above|text above|lines above|all of the above|above|word for word|verbatim|from the beginning",
        ],
        within: 6,
    },
    Rule {
        attempt: Attempt::AsksForSecrets,
        kinds: &[
            SHOWING,
            "marking scheme|scoring scheme|answer key|ideal answer|ideal response|model answer|rubric|coaching notes|system prompt",
        ],
        within: 8,
    },
    Rule {
        attempt: Attempt::AsksForSecrets,
        kinds: &[
            "criteria|criterion|basis|what",
            "judging|grading|scoring|marking|evaluating|assessing",
            "me|my",
        ],
        within: 8,
    },
    Rule {
        attempt: Attempt::AsksForSecrets,
        kinds: &[
            SHOWING,
            SECRETS,
            "your|me|tell|you|above|exact|verbatim|word for word|hidden|system|full|apna|apne|apni|mujhe|ka|ki|before|answer|response",
        ],
        within: 9,
    },
];

/// What a part is played for.
const SCORER_OR_MARKS: &str = "judge|evaluator|examiner|grader|scorer|reviewer|assessor|ai|llm|gpt|bot|model|unrestricted|assistant|teacher|professor|marks|score|scores|points|100|grade|level 3|full marks|\
    rubric|criteria|criterion|pass|passes|passed|restrictions|rules|instructions|filter|filters|enabled|activated|json|verdict|parikshak|approve|dadi|grandmother";

const MARKS_OR_ANSWER: &str = "marks|score|scores|points|grade|grading|scoring|level 3|full marks|100|evaluation|evaluate|this answer|my answer|answer|jawab|pass|passed|rubric|criteria|judging|judge|test|number do|numbers";

/// Marks that begin a heading, a ticked box or a table.
const HEADINGS: &[&str] = &["# ", "## ", "- [x]", "|--", "| --"];

/// What a sentence seems to try.
pub(super) fn attempt(sentence: &str) -> Option<Attempt> {
    let words = words(sentence);
    if blatant::has_words(&words) {
        return Some(Attempt::GivesOrders);
    }
    let is_heading = HEADINGS.iter().any(|mark| sentence.starts_with(mark));
    if is_heading || blatant::is_forged(sentence) {
        return Some(Attempt::ForgesText);
    }
    let rule = RULES.iter().find(|rule| rule.holds(&words))?;
    Some(rule.attempt)
}

/// The first line that belongs to a prompt or to data.
pub(super) fn forged_line(text: &str) -> Option<&str> {
    text.lines().find(|line| blatant::is_forged(line))
}

impl Rule {
    fn holds(&self, words: &[String]) -> bool {
        let places: Vec<Vec<Range<usize>>> =
            self.kinds.iter().map(|kind| places(words, kind)).collect();
        let Some(first) = places.first() else {
            return false;
        };
        first.iter().any(|place| {
            let from = place.end.saturating_sub(self.within);
            (from..=place.start).any(|start| {
                let window = start..start + self.within;
                let mut taken: Vec<&Range<usize>> = Vec::new();
                places.iter().all(|kind| {
                    let free = kind.iter().find(|at| {
                        window.start <= at.start
                            && at.end <= window.end
                            && taken.iter().all(|t| at.end <= t.start || t.end <= at.start)
                    });
                    taken.extend(free);
                    free.is_some()
                })
            })
        })
    }
}

/// Where words or phrases of a kind stand.
fn places(words: &[String], kind: &str) -> Vec<Range<usize>> {
    kind.split('|')
        .flat_map(|phrase| {
            let phrase: Vec<&str> = phrase.split_ascii_whitespace().collect();
            let found: Vec<Range<usize>> = words
                .windows(phrase.len().max(1))
                .enumerate()
                .filter(|(_, window)| !phrase.is_empty() && *window == phrase)
                .map(|(at, _)| at..at + phrase.len())
                .collect();
            found
        })
        .collect()
}

/// The same requests in other languages and scripts, as pieces of text: not all of these languages put blanks between words.
const FOREIGN: &[&str] = &[
    // Hindi, Marathi and Nepali in their own letters
    "पूरे अंक",
    "पूर्ण अंक",
    "पूरे नंबर",
    "अंक दो",
    "अंक दीजिए",
    "अंक दें",
    "नंबर दो",
    "नंबर दीजिए",
    "100 अंक",
    "सौ अंक",
    "निर्देशों को",
    "निर्देश भूल",
    "नियमों को अनदेखा",
    "नियम भूल",
    "अनदेखा करो",
    "अनदेखा करें",
    "नजरअंदाज",
    "नज़रअंदाज़",
    "गुण द्या",
    "पैकीच्या पैकी",
    "सूचनांकडे दुर्लक्ष",
    // Tamil, Telugu, Kannada, Malayalam
    "மதிப்பெண்",
    "வழிமுறைகளை",
    "விதிகளை",
    "மార్కులు",
    "మార్కులు",
    "స్కోరు",
    "సూచనలను",
    "ಅಂಕ",
    "ಸೂಚನೆಗಳನ್ನು",
    "മാർക്ക്",
    "നിർദ്ദേശങ്ങൾ",
    // Bengali, Gujarati, Punjabi, Odia, Urdu
    "নম্বর দাও",
    "নম্বর দিন",
    "পূর্ণ নম্বর",
    "নির্দেশ",
    "ગુણ આપો",
    "માર્ક્સ",
    "સૂચનાઓ",
    "ਨੰਬਰ ਦਿਓ",
    "ਪੂਰੇ ਅੰਕ",
    "ਹਦਾਇਤਾਂ",
    "ନମ୍ବର",
    "پورے نمبر",
    "نمبر دو",
    "ہدایات",
    // Further away
    "ignora las",
    "ignora todas",
    "olvida las",
    "instrucciones",
    "puntuación",
    "puntos completos",
    "nota máxima",
    "ignorez les",
    "ignore les",
    "oubliez",
    "note maximale",
    "la note",
    "ignoriere",
    "vergiss alle",
    "anweisungen",
    "volle punktzahl",
    "höchstpunktzahl",
    "ignore as instruções",
    "pontuação",
    "nota máxima",
    "ignora le",
    "istruzioni",
    "punteggio",
    "игнорируй",
    "инструкци",
    "баллов",
    "максимальн",
    "оценк",
    "تجاهل",
    "التعليمات",
    "الدرجة",
    "درجة كاملة",
    "忽略",
    "指令",
    "满分",
    "滿分",
    "分数",
    "評価",
    "指示を無視",
    "満点",
    "点数",
    "점수",
    "만점",
    "지시",
    "yönergeleri",
    "talimatları",
    "tam puan",
    "abaikan",
    "nilai penuh",
];

/// Whether a sentence asks in another language.
pub(super) fn foreign(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    FOREIGN.iter().any(|piece| lower.contains(piece))
}

/// Verbs that a report or a plan of an answer begins with.
const DIRECTING: &str = "acknowledge|empathise|empathize|explain|recommend|ask|propose|suggest|offer|close|end|mention|address|give|highlight|present|handle|confirm|name|show|state|agree|respect|invite|fix|admit|refuse";

/// Words that turn to somebody.
const TURNING: &str = "i|me|my|we|us|our|you|your|yours|sir|madam|maam|mam|ji|aap|aapka|aapke|aapki|aapko|main|mujhe|mera|mere|meri|hum|hamara|hamare|humara|please|kya|him|her|them";

/// Whether a sentence says what to say instead of saying it: “Recommend 1 lakh.” It turns to nobody. One may be a slip; two are a
/// plan.
pub(super) fn directs(sentence: &str) -> bool {
    let words = words(sentence);
    let begins = words
        .first()
        .is_some_and(|first| DIRECTING.split('|').any(|verb| verb == first));
    begins
        && words.len() > 1
        && !words
            .iter()
            .any(|word| TURNING.split('|').any(|turn| turn == word))
}
