//! The coach outside of sessions: one question, one answer, nothing kept.

use crate::api::{Api, Failure};
use contract::ai::providers::Providers;
use contract::ai::{
    AnswerForm, BriefForm, CorrectionReply, CustomerForm, CustomerReply, Evaluation, ScenarioDraft,
};
use contract::page::PageQuery;

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
}
