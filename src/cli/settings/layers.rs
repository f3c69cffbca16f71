//! A configuration and those it extends: a path comes in, their texts come out read, those that are
//! extended first.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::config::Config;
use crate::cli::disk;
use crate::cli::paths::{full, relative, shown};
use crate::cli::problem::Problem;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Spanned};

/// One configuration of several that extend each other.
#[derive(Debug)]
pub(in crate::cli) struct Layer {
    /// The file.
    pub(in crate::cli) path: PathBuf,
    /// Its folder, in full: all paths in it are relative to that.
    pub(in crate::cli) folder: PathBuf,
    /// What it says.
    pub(in crate::cli) config: Config,
    /// What is wrong with it.
    pub(super) told: Vec<Diagnostic>,
}

/// Reads a configuration and all that it extends.
pub(super) fn read(path: &Path) -> Result<Vec<Layer>, Problem> {
    let mut layers = vec![layer(path)?];
    let mut seen = BTreeSet::from([place(path)]);
    while let Some((named, last)) = extended(&layers) {
        let next = relative(&last);
        let told = if seen.insert(place(&next)) {
            match layer(&next) {
                Ok(layer) => {
                    layers.push(layer);
                    continue;
                }
                Err(problem) => {
                    let message =
                        format!("what this extends is missing: {}", problem.diagnostic.message);
                    Diagnostic::error("config/no-extend", message, named.span)
                        .help("name a pactum.toml, relative to the folder of this file")
                }
            }
        } else {
            let message = format!("`{}` extends itself in a circle", next.display());
            Diagnostic::error("config/extend-circle", message, named.span)
                .help("take one of the `extend` lines out")
        };
        layers.last_mut().into_iter().for_each(|layer| layer.told.push(told.clone()));
        break;
    }
    layers.reverse();
    Ok(layers)
}

/// What the last of them extends.
fn extended(layers: &[Layer]) -> Option<(Spanned<String>, PathBuf)> {
    let last = layers.last()?;
    let named = last.config.extend.clone()?;
    let path = last.folder.join(&named.node);
    // One name for one file, without the way there.
    let whole =
        path.file_name().map(|name| full(path.parent().unwrap_or(Path::new(""))).join(name));
    Some((named, whole.unwrap_or(path)))
}

fn layer(path: &Path) -> Result<Layer, Problem> {
    let text = disk::read(path, disk::MAX_SIZE)?.text;
    let (config, told) = Config::parse(Arc::new(Source::new(shown(path), text)));
    let folder = full(path.parent().unwrap_or(Path::new("")));
    Ok(Layer { path: path.to_owned(), folder, config, told })
}

/// One name for one file.
fn place(path: &Path) -> PathBuf {
    let folder = full(path.parent().unwrap_or(Path::new("")));
    full(&folder.join(path.file_name().unwrap_or_default()))
}
