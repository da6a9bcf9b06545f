//! A series as CSV.

use crate::metrics::Series;

/// A table as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The columns, the step first.
    pub columns: Vec<String>,
    /// The rows, without those that did not fit.
    pub rows: usize,
    /// CSV with a header.
    pub csv: String,
    /// The step to go on from, where rows were left out.
    pub next: Option<u64>,
}

/// The steps from `from` on, as many as fit into so many bytes. A cell of what was not measured is empty.
#[must_use]
pub fn export(series: &Series, from: u64, most_bytes: usize) -> Export {
    let mut names: Vec<String> = Vec::new();
    for step in &series.steps {
        for name in step.values.keys() {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    names.sort();
    let mut of_graders = Vec::new();
    for id in series.graders() {
        let mut keys: Vec<&String> = series
            .steps
            .iter()
            .filter_map(|step| step.graders.get(&id))
            .flat_map(|values| values.keys())
            .collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            of_graders.push((id.clone(), key.clone()));
        }
    }
    let columns: Vec<String> = ["step".to_owned()]
        .into_iter()
        .chain(names.iter().cloned())
        .chain(
            of_graders
                .iter()
                .map(|(id, key)| format!("{}/{}/{key}", id.kind, id.name)),
        )
        .collect();
    let mut export = Export {
        csv: line(&columns),
        columns,
        rows: 0,
        next: None,
    };
    for step in series.steps.iter().filter(|step| step.step >= from) {
        let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let cells: Vec<String> = [step.step.to_string()]
            .into_iter()
            .chain(names.iter().map(|name| number(step.get(name))))
            .chain(of_graders.iter().map(|(id, key)| {
                let values = step.graders.get(id);
                number(values.and_then(|values| values.get(key)).copied())
            }))
            .collect();
        let row = line(&cells);
        if export.rows > 0 && export.csv.len() + row.len() > most_bytes {
            export.next = Some(step.step);
            break;
        }
        export.csv.push_str(&row);
        export.rows += 1;
    }
    export
}

/// A row, quoted where it must be.
fn line(cells: &[String]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory can not fail.
    let _ = writer.write_record(cells);
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests;
