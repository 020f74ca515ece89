//! The coach outside of sessions.

use crate::operation::{Operation, get, post};
use contract::ai::providers::Providers;
use contract::ai::{
    AiFrame, AnswerForm, BriefForm, CorrectionReply, CustomerForm, CustomerReply, Evaluation,
    QuestionForm, ScenarioDraft,
};
use contract::page::PageQuery;
use contract::problem::Code;
use domain::policy::Access::{LoggedIn, Managers};

/// What a stream of the coach is.
const WORDS: &[&str] = &["connected", "content", "done", "error"];
/// Who may ask about a drill.
const SEEN_BY: &str = "reps about published scenarios, managers about drafts too";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        post(
            "/api/ai/generate-response",
            LoggedIn,
            "What the customer of a drill says next",
        )
        .only(SEEN_BY)
        .body::<CustomerForm>()
        .ok::<CustomerReply>("The customer's words.")
        .refuses(&[Code::NotFound]),
        post(
            "/api/ai/evaluate-response",
            LoggedIn,
            "Judges an answer to a drill",
        )
        .only(SEEN_BY)
        .body::<AnswerForm>()
        .ok::<Evaluation>("The judgement, with its evidence.")
        .refuses(&[Code::NotFound]),
        post(
            "/api/ai/provide-correction",
            LoggedIn,
            "Judges an answer and says it better",
        )
        .only(SEEN_BY)
        .body::<AnswerForm>()
        .ok::<CorrectionReply>("The correction.")
        .refuses(&[Code::NotFound]),
        post(
            "/api/ai/generate-scenario",
            Managers,
            "Drafts a scenario from a brief; nothing is stored",
        )
        .body::<BriefForm>()
        .ok::<ScenarioDraft>("The draft."),
        post(
            "/api/ai/corrections/stream",
            LoggedIn,
            "Judges an answer and says it better, word by word",
        )
        .only(SEEN_BY)
        .body::<AnswerForm>()
        .events::<AiFrame>(WORDS, false)
        .refuses(&[Code::NotFound]),
        post(
            "/api/ai/objections/stream",
            LoggedIn,
            "What the customer of a drill says next, word by word",
        )
        .only(SEEN_BY)
        .body::<CustomerForm>()
        .events::<AiFrame>(WORDS, false)
        .refuses(&[Code::NotFound]),
        post(
            "/api/ai/assistant/stream",
            LoggedIn,
            "Answers a question about one's own completed session",
        )
        .only("the session's own rep")
        .body::<QuestionForm>()
        .events::<AiFrame>(WORDS, false)
        .refuses(&[
            Code::NotFound,
            Code::Forbidden,
            Code::DrillsRemaining,
            Code::NotStarted,
            Code::WindowClosed,
            Code::LimitReached,
            Code::RequestIdReused,
        ]),
        get(
            "/api/ai/providers",
            Managers,
            "Who is asked for words, and what it cost this month",
        )
        .only("managers: their own company's spend")
        .query::<PageQuery>()
        .ok::<Providers>("Providers and spend."),
    ]
}
