//! The coach outside of sessions: one question, one answer, nothing kept.

use crate::api::stream::Bytes;
use crate::api::transport::{Abort, Request, begin};
use crate::api::{Api, Failure};
use contract::ai::providers::Providers;
use contract::ai::{
    AiFrame, AnswerForm, BriefForm, CorrectionReply, CustomerForm, CustomerReply, Evaluation,
    ScenarioDraft,
};
use contract::page::PageQuery;
use contract::problem::Problem;
use contract::sse::Decoder;
use domain::scoring::Verdict;
use domain::session::VoicedBy;

/// What a stream of words came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// The whole text.
    pub content: String,
    /// The judgement, of a correction.
    pub verdict: Option<Box<Verdict>>,
    /// The improved version, of a correction.
    pub improved: Option<String>,
    /// Who spoke.
    pub voiced_by: VoicedBy,
}

impl Api {
    /// What the customer of a drill says next.
    pub async fn customer_reply(&self, form: &CustomerForm) -> Result<CustomerReply, Failure> {
        self.post("/api/ai/generate-response", form).await
    }

    /// Judges an answer to a drill.
    pub async fn evaluate(&self, form: &AnswerForm) -> Result<Evaluation, Failure> {
        self.post("/api/ai/evaluate-response", form).await
    }

    /// Judges an answer and says it better.
    pub async fn correct(&self, form: &AnswerForm) -> Result<CorrectionReply, Failure> {
        self.post("/api/ai/provide-correction", form).await
    }

    /// Drafts a scenario from a brief; nothing is stored.
    pub async fn draft_scenario(&self, form: &BriefForm) -> Result<ScenarioDraft, Failure> {
        self.post("/api/ai/generate-scenario", form).await
    }

    /// Who is asked for words, and what it cost this month: to managers their own company's, to super admins all.
    pub async fn providers(&self, query: &PageQuery) -> Result<Providers, Failure> {
        self.list("/api/ai/providers", query).await
    }

    /// Judges an answer and says it better, word by word: `show` hears what was said so far. Dropping the future breaks it off.
    pub async fn correct_aloud(
        &self,
        form: &AnswerForm,
        show: impl Fn(String),
    ) -> Result<Spoken, Failure> {
        self.speak("/api/ai/corrections/stream", form, show).await
    }

    /// Reads a stream of words to its end. What a stream said before it was cut is no answer.
    async fn speak(
        &self,
        path: &str,
        form: &impl serde::Serialize,
        show: impl Fn(String),
    ) -> Result<Spoken, Failure> {
        let request = &Request::with_json(path, form);
        let bytes = self
            .with_token(|token| async move {
                let abort = Abort::new();
                let response = begin(request, Some(&token), &abort).await?;
                Bytes::of(&response, abort)
            })
            .await?;
        let mut decoder = Decoder::default();
        let mut said = String::new();
        while let Some(chunk) = bytes.next().await? {
            for event in decoder.feed(&chunk).map_err(|_| Failure::NoAnswer)? {
                // A frame that a newer server sends and this app does not know is passed over.
                match captain_json::from_str(&event.data) {
                    Ok(AiFrame::Content { content }) => {
                        said.push_str(&content);
                        show(said.clone());
                    }
                    Ok(AiFrame::Done {
                        content,
                        verdict,
                        improved,
                        voiced_by,
                    }) => {
                        return Ok(Spoken {
                            content,
                            verdict,
                            improved,
                            voiced_by,
                        });
                    }
                    Ok(AiFrame::Error { code, message, .. }) => {
                        return Err(Failure::Refused(Box::new(Problem::new(code, message))));
                    }
                    Ok(AiFrame::Connected { .. }) | Err(_) => {}
                }
            }
        }
        Err(Failure::NoAnswer)
    }
}
