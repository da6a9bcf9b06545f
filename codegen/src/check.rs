//! What a manifest must be besides readable: one rule a file. A rule says everything that breaks it, and
//! nothing of what could not be read.

mod allow;
mod argument;
mod array_items;
mod audit;
mod brief;
mod client_format;
mod client_keyword;
mod closed_output;
mod confirm;
mod data_value;
mod default_value;
mod download;
mod example_input;
mod example_request;
mod example_response;
mod example_result;
mod feature;
mod function_argument;
mod header_name;
mod header_value;
mod inputs;
mod instead;
mod invalid_schema;
mod listed_name;
mod long_description;
mod long_name;
mod members;
mod missing_dollar;
mod never_valid;
mod no_default_set;
mod nullable_input;
mod once;
mod only_reads;
mod page;
mod param_header;
mod path_parameter;
mod places;
mod property_name;
mod provider_key;
mod provider_value;
mod read_tool;
mod reply_name;
mod request_key;
mod request_required;
mod reserved_input;
mod reserved_result;
mod resource_uri;
mod result_key;
mod result_required;
mod root_keyword;
mod root_schema;
mod rust_name;
mod schemas;
mod sent;
mod spending;
mod task;
mod token_budget;
mod tool_name;
mod type_mismatch;
mod undescribed_input;
mod unknown_function;
mod unknown_keyword;
mod unknown_name;
mod unknown_set;
mod unknown_tool;
mod unsafe_retry;
mod unused_file;
mod unused_function;
mod unused_input;
mod unused_set;
mod upload;

pub(crate) use header_value::pieces as header;
pub(crate) use read_tool::completions;

use self::allow::Allowances;
use crate::{diagnostics::Report, model::Manifest};

/// Runs every rule.
pub(crate) fn check(manifest: &Manifest, report: &mut Report) {
    rust_name::check(manifest, report);
    tool_name::check(manifest, report);
    unknown_set::check(manifest, report);
    unknown_tool::check(manifest, report);
    header_name::check(manifest, report);
    header_value::check(manifest, report);

    root_schema::check(manifest, report);
    root_keyword::check(manifest, report);
    reserved_input::check(manifest, report);
    invalid_schema::check(manifest, report);
    unknown_keyword::check(manifest, report);
    never_valid::check(manifest, report);
    array_items::check(manifest, report);
    default_value::check(manifest, report);
    instead::check(manifest, report);
    param_header::check(manifest, report);
    allow::check_schemas(manifest, report);
    feature::check(manifest, report);
    brief::check(manifest, report);
    data_value::check(manifest, report);

    only_reads::check(manifest, report);
    unsafe_retry::check(manifest, report);
    page::check(manifest, report);
    once::check(manifest, report);
    confirm::check(manifest, report);
    audit::check(manifest, report);
    spending::check(manifest, report);
    task::check(manifest, report);
    upload::check(manifest, report);
    download::check(manifest, report);
    path_parameter::check(manifest, report);
    unknown_name::check(manifest, report);
    unused_input::check(manifest, report);
    provider_value::check(manifest, report);
    provider_key::check(manifest, report);
    unknown_function::check(manifest, report);
    function_argument::check(manifest, report);
    type_mismatch::check(manifest, report);
    request_key::check(manifest, report);
    request_required::check(manifest, report);
    result_key::check(manifest, report);
    result_required::check(manifest, report);
    reserved_result::check(manifest, report);

    example_input::check(manifest, report);
    example_request::check(manifest, report);
    example_response::check(manifest, report);
    example_result::check(manifest, report);
    // A warning that says why an example does not hold, and where.
    reply_name::check(manifest, report);

    listed_name::check(manifest, report);
    argument::check(manifest, report);
    resource_uri::check(manifest, report);
    read_tool::check(manifest, report);

    let mut allowed = Allowances::of(manifest);
    allowed.take_out(report);
    // As with other compilers: warnings are told of what is right.
    if !report.has_errors() {
        lint(manifest, report);
        allowed.take_out(report);
        allowed.unused(report);
    }
}

/// What is no mistake in itself, and goes wrong with real clients.
fn lint(manifest: &Manifest, report: &mut Report) {
    long_name::check(manifest, report);
    long_description::check(manifest, report);
    undescribed_input::check(manifest, report);
    nullable_input::check(manifest, report);
    client_format::check(manifest, report);
    client_keyword::check(manifest, report);
    property_name::check(manifest, report);
    closed_output::check(manifest, report);
    token_budget::check(manifest, report);
    missing_dollar::check(manifest, report);
    unused_file::check(manifest, report);
    no_default_set::check(manifest, report);
    unused_set::check(manifest, report);
    unused_function::check(manifest, report);
}
