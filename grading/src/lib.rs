//! The two small languages inside a grader: the formula of `calculate_output`, and texts with `{{ item.key }}` and
//! `{{ sample.output_text }}` in them. The sandbox computes with them, and the grader check reads them.

mod formula;
mod range;
mod template;

pub use formula::{Formula, FormulaError, Function, Operator};
pub use range::Range;
pub use template::{Scope, Source, Template, TemplateError, Variable};
