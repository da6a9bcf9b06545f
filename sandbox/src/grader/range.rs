//! Between which values a grader's reward lies, as far as its definition tells.

use rft_mcp_grading::Range;

use super::Grader;

pub(crate) fn range_of(grader: &Grader) -> Range {
    match grader {
        // The code of a python grader may return anything; by convention it is a share.
        Grader::StringCheck { .. }
        | Grader::TextSimilarity { .. }
        | Grader::Python { .. }
        | Grader::Remote { .. } => Range::UNIT,
        Grader::ScoreModel { range, .. } => *range,
        Grader::Multi {
            graders, formula, ..
        } => Range::of_formula(formula, &|name| graders.get(name).map(range_of)),
    }
}
