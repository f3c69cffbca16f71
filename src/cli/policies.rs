//! Loads rules: the standard ones, and those of policy files and folders.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::policy::RuleSet;
use crate::source::Source;

use super::disk;
use super::files;
use super::problem::Problem;

/// The policy files at a path: itself, or all that a folder holds. A folder that holds none is a
/// problem, because its rules would be missed in silence.
pub(super) fn files_at(path: &Path) -> Result<Vec<PathBuf>, Vec<Problem>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let (found, problems) = files::walk(path, &["policy"], false);
    if !problems.is_empty() {
        return Err(problems);
    }
    if found.is_empty() {
        let message = format!("`{}` holds no policy: no file ends in .policy", path.display());
        return Err(Problem::new("policy/none", message).alone());
    }
    Ok(found)
}

/// Reads a policy file.
pub(super) fn read(path: &Path) -> Result<Arc<Source>, Problem> {
    let text = disk::read(path, disk::MAX_SIZE)?.text;
    Ok(Arc::new(Source::new(path.display().to_string(), text)))
}

/// Adds the rules of a file or folder to a set, and tells what is wrong with them.
pub(super) fn add(rules: &mut RuleSet, path: &Path, problems: &mut Vec<Problem>) {
    let found = match files_at(path) {
        Ok(found) => found,
        Err(told) => return problems.extend(told),
    };
    for file in found {
        match read(&file) {
            Ok(source) => {
                let (loaded, mut told) = RuleSet::parse(&source);
                if told.is_empty() && loaded.rules().len() == 0 {
                    let message = format!("`{}` holds no rule", file.display());
                    problems.push(Problem::new("policy/none", message).help(
                        "write a rule in it, or take it out: nothing would be checked by it",
                    ));
                }
                told.extend(rules.extend(loaded));
                problems.extend(Problem::all(&source, told));
            }
            Err(problem) => problems.push(problem),
        }
    }
}
