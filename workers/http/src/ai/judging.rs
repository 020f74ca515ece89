//! An answer's way to its verdict outside of a running session: by a model, or by the built-in coach where none may be asked.

use super::voices::{Voices, unwritable};
use crate::error::ApiError;
use crate::ports::Ports;
use coach::prompts;
use coach::provider::judging::{Judged, Judging, Ruling, judged_by_built_in};
use coach::provider::verdict::Case;
use domain::scoring::Grounds;
use domain::session::VoicedBy;
use domain::spend::Purpose;

/// Judges an answer; with what is kept of how. What is suspected to speak to the judge is put to no model.
pub(crate) async fn judge<P: Ports>(
    voices: &Voices<P>,
    case: Case<'_>,
) -> Result<(Judged, Grounds), ApiError> {
    if let Some(instead) = voices.instead() {
        let judged = judged_by_built_in(case, *instead != VoicedBy::BuiltIn);
        let grounds = judged.grounds(None, &[]);
        return Ok((judged, grounds));
    }
    let (mut model, mut asked) = (None, Vec::new());
    let mut ruling = Judging::begin(case).map_err(unwritable)?;
    loop {
        match ruling {
            Ruling::Judged(judged) => {
                let grounds = judged.grounds(model, &asked);
                return Ok((judged, grounds));
            }
            Ruling::AskAgain(judging) => {
                asked = vec![prompts::JUDGE];
                let (heard, by) = voices.hear(Purpose::Judge, judging.ask()).await;
                if !by.is_empty() {
                    model = Some(by.clone());
                }
                ruling = judging.heard(heard, &by);
            }
        }
    }
}
