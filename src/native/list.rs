//! Lists of a provider that come in pages.

use std::ops::ControlFlow;

use rft_mcp_runtime::{engine::Context, upstream::UpstreamError};
use serde_json::Value;

/// Elements of a page.
pub const PAGE: u32 = 100;

/// A page with more bytes than are read is asked for again with so many times fewer elements.
const SMALLER: u32 = 4;

/// How a list was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// Every element was seen.
    Whole,
    /// No more were wanted.
    Enough,
    /// There are more, and no way to them: too many pages, a cursor that stands still, or no list at all.
    Broken,
}

/// Shows every page of a list, 100 elements each, at most so many of them (of smaller ones, more), until there are no more or no more are
/// wanted.
///
/// # Errors
/// When a page can not be read.
pub async fn pages(
    context: &Context,
    path: &[&str],
    most: usize,
    take: impl FnMut(&[Value]) -> ControlFlow<()> + Send,
) -> Result<Read, UpstreamError> {
    pages_from(context, path, PAGE, most, take).await
}

/// The same with a first page of so many elements.
///
/// # Errors
/// As [`pages`].
pub async fn pages_from(
    context: &Context,
    path: &[&str],
    first: u32,
    most: usize,
    mut take: impl FnMut(&[Value]) -> ControlFlow<()> + Send,
) -> Result<Read, UpstreamError> {
    let mut after: Option<String> = None;
    // Pages that were too large are asked for again in smaller ones, of which there may then be more.
    let (mut most_of, mut left) = (PAGE, most.saturating_mul(PAGE as usize));
    let mut limit = first;
    while left > 0 {
        let size = limit.to_string();
        let mut query = vec![("limit", size.as_str())];
        query.extend(after.as_deref().map(|after| ("after", after)));
        let page = match context.read(path, &query).await {
            Err(UpstreamError::TooLarge { .. }) if limit > 1 => {
                most_of = (limit / SMALLER).max(1);
                limit = most_of;
                continue;
            }
            page => page?,
        };
        left = left.saturating_sub(limit as usize);
        limit = most_of;
        let Some(data) = page.get("data").and_then(Value::as_array) else {
            return Ok(Read::Broken);
        };
        if take(data).is_break() {
            return Ok(Read::Enough);
        }
        if page.get("has_more").and_then(Value::as_bool) != Some(true) {
            return Ok(Read::Whole);
        }
        let last = data.last().and_then(|last| last.get("id")?.as_str());
        // A cursor that stands still would be read for ever.
        if last.is_none() || last == after.as_deref() {
            break;
        }
        after = last.map(str::to_owned);
    }
    Ok(Read::Broken)
}
