//! Content as MCP has it.

use rmcp::model::{ContentBlock, Resource, ResourceContents};

use crate::tool::{Block, Body};

/// A content of a result or of a prompt's message.
pub(super) fn block(block: Block) -> ContentBlock {
    match block {
        Block::Text(text) => ContentBlock::text(text),
        Block::Image { data, mime_type } => ContentBlock::image(data, mime_type),
        Block::Audio { data, mime_type } => ContentBlock::audio(data, mime_type),
        Block::Resource {
            uri,
            mime_type,
            body,
        } => ContentBlock::resource(contents(uri, mime_type, body)),
        Block::Link {
            uri,
            name,
            title,
            description,
            mime_type,
        } => {
            let mut link = Resource::new(uri, name);
            let said = |text: String| (!text.is_empty()).then_some(text);
            link.title = said(title);
            link.description = said(description);
            link.mime_type = said(mime_type);
            ContentBlock::resource_link(link)
        }
    }
}

/// What a resource holds.
pub(super) fn contents(uri: String, mime_type: String, body: Body) -> ResourceContents {
    match body {
        Body::Text(text) => ResourceContents::text(text, uri),
        Body::Blob(base64) => ResourceContents::blob(base64, uri),
    }
    .with_mime_type(mime_type)
}
