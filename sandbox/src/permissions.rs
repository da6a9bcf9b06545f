//! Which projects may use a checkpoint.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::check::{self, Fields};
use crate::clock::{Moment, unix};
use crate::errors::ApiError;
use crate::gate::Admin;
use crate::ids::Ids;
use crate::models;
use crate::paging::{Query, list_with_ends};
use crate::routes::{Body, Id, Pair};
use crate::world::World;

type Reply = Result<Json<Value>, ApiError>;

#[derive(Debug, Clone)]
struct Permission {
    id: String,
    project: String,
    created: Moment,
}

/// The permissions of every checkpoint, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Permissions(IndexMap<String, Vec<Permission>>);

impl Permission {
    fn view(&self) -> Value {
        json!({
            "object": "checkpoint.permission",
            "id": self.id,
            "created_at": unix(self.created),
            "project_id": self.project,
        })
    }
}

impl Permissions {
    /// Permits projects, each once: who may already keeps the permission there is.
    fn permit(
        &mut self,
        checkpoint: &str,
        projects: &[&str],
        mut ids: Ids<'_>,
        now: Moment,
    ) -> Vec<Value> {
        let all = self.0.entry(checkpoint.to_owned()).or_default();
        let mut given = Vec::new();
        for project in projects {
            let known = all.iter().find(|one| one.project == *project).cloned();
            given.push(known.unwrap_or_else(|| {
                let (_, id) = ids.next("cp_", 24);
                let permission = Permission {
                    id,
                    project: (*project).to_owned(),
                    created: now,
                };
                all.push(permission.clone());
                permission
            }));
        }
        given.iter().map(Permission::view).collect()
    }

    /// Whether there was such a permission.
    fn take(&mut self, checkpoint: &str, id: &str) -> bool {
        let Some(all) = self.0.get_mut(checkpoint) else {
            return false;
        };
        let before = all.len();
        all.retain(|permission| permission.id != id);
        all.len() < before
    }
}

/// `GET /v1/fine_tuning/checkpoints/{checkpoint}/permissions`, newest first.
pub(crate) async fn index(
    State(world): State<Arc<World>>,
    _: Admin,
    Id(checkpoint): Id,
    query: Query,
) -> Reply {
    query.deny_unknown(&["project_id", "order", "after", "limit"])?;
    let page = query.page(10, 100)?;
    let order = query.get("order").unwrap_or("descending");
    check::one_of("order", order, &["ascending", "descending"])?;
    models::check_fine_tuned(&world, &checkpoint)?;
    let mut all = world.with_permissions(|permissions, _, _| {
        permissions.0.get(&checkpoint).cloned().unwrap_or_default()
    });
    if let Some(project) = query.get("project_id") {
        all.retain(|permission| permission.project == project);
    }
    if order == "descending" {
        all.reverse();
    }
    let (page, more) = page.cut(all.into_iter(), |permission, id| permission.id == id)?;
    let data = page.iter().map(Permission::view).collect();
    Ok(Json(list_with_ends(data, more, &json!(null))))
}

/// `POST /v1/fine_tuning/checkpoints/{checkpoint}/permissions`.
pub(crate) async fn create(
    State(world): State<Arc<World>>,
    _: Admin,
    Id(checkpoint): Id,
    Body(body): Body,
) -> Reply {
    let fields = Fields::body(&body)?;
    fields.deny_unknown(&["project_ids"])?;
    let mut projects = Vec::new();
    for project in fields.array("project_ids")? {
        let text = project.as_str();
        projects.push(text.ok_or_else(|| check::invalid_type("project_ids", "strings", project))?);
    }
    if projects.is_empty() {
        return Err(ApiError::invalid(
            "empty_array",
            "project_ids".to_owned(),
            "Invalid 'project_ids': empty array. Expected an array with minimum length 1.",
        ));
    }
    models::check_fine_tuned(&world, &checkpoint)?;
    let data = world.with_permissions(|permissions, ids, now| {
        permissions.permit(&checkpoint, &projects, ids, now)
    });
    Ok(Json(list_with_ends(data, false, &json!(null))))
}

/// `DELETE /v1/fine_tuning/checkpoints/{checkpoint}/permissions/{permission}`.
pub(crate) async fn delete(
    State(world): State<Arc<World>>,
    _: Admin,
    Pair(checkpoint, id): Pair,
) -> Reply {
    if !world.with_permissions(|permissions, _, _| permissions.take(&checkpoint, &id)) {
        return Err(ApiError::not_found(
            "permission_not_found",
            "permission_id",
            format!("No such permission of checkpoint '{checkpoint}': {id}"),
        ));
    }
    Ok(Json(
        json!({"object": "checkpoint.permission", "id": id, "deleted": true}),
    ))
}
