//! PyIceberg's `.pyiceberg.yaml`: `catalog:` with a map of properties for each name.

use super::left::Left;
use super::why::Why;
use super::{Catalogs, MAX_KEYS, NotRead, Pair, Source, bounded, flink};
use saphyr_parser::{Event, Parser, ScalarStyle};

/// Deepest map that a file of PyIceberg's holds: `catalog: name: auth: oauth2: client_id`, and a few more.
const DEEPEST: usize = 16;
/// Most parts of a file, keys and values together.
const MOST: usize = 16 * MAX_KEYS;

/// A key by the names of the maps it stands in, and its value.
type Leaf = (Vec<String>, Result<String, Why>);

pub(super) fn read(text: &str) -> Result<Catalogs, NotRead> {
    let leaves = leaves(text)?;
    bounded(leaves.len())?;
    let mut catalogs = Catalogs::default();
    let mut found: Vec<(String, Vec<Pair>)> = Vec::new();
    for (path, value) in leaves {
        match &path[..] {
            [root, name, rest @ ..] if root == "catalog" && !rest.is_empty() => {
                let pair = (rest.join("."), value);
                match found.iter_mut().find(|(known, _)| known == name) {
                    Some((_, pairs)) => pairs.push(pair),
                    None => found.push((name.clone(), vec![pair])),
                }
            }
            path => catalogs.left.push(Left::new(
                &path.join("."),
                match value {
                    Err(Why::Alias) => Why::Alias,
                    _ => Why::Engine,
                },
            )),
        }
    }
    for (name, pairs) in found {
        match flink::not_rest(&pairs) {
            Some(kind) => catalogs.left.push(Left::new(&name, Why::NotRest(kind))),
            None => catalogs.drafts.push(flink::draft(&name, pairs)),
        }
    }
    Ok(catalogs)
}

/// Every scalar of the first document. Events are read as they come: an alias is left where it stands, so that
/// nothing grows beyond the text, and what is too deep ends it.
fn leaves(text: &str) -> Result<Vec<Leaf>, NotRead> {
    let mut leaves: Vec<Leaf> = Vec::new();
    // Of each map that is open its key; of a list none.
    let mut open: Vec<Option<String>> = Vec::new();
    // Whether the next scalar is a key, for each of them.
    let mut keys: Vec<bool> = Vec::new();
    for (count, event) in Parser::new_from_str(text).enumerate() {
        let (event, span) = event.map_err(|error| broken(error.marker().line()))?;
        if count > MOST || open.len() > DEEPEST {
            return Err(broken(span.start.line()));
        }
        match event {
            Event::DocumentEnd | Event::StreamEnd => break,
            Event::MappingStart(..) => {
                open.push(None);
                keys.push(true);
            }
            Event::SequenceStart(..) => {
                open.push(None);
                keys.push(false);
            }
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                keys.pop();
                after_value(&mut keys, &open);
            }
            Event::Scalar(text, style, ..) => match keys.last_mut() {
                Some(is_key @ true) => {
                    *is_key = false;
                    if let Some(name) = open.last_mut() {
                        *name = Some(text.into_owned());
                    }
                }
                _ => {
                    let is_null =
                        style == ScalarStyle::Plain && ["", "~", "null"].contains(&&*text);
                    let text = if is_null {
                        String::new()
                    } else {
                        text.into_owned()
                    };
                    leaves.push((path(&open), Ok(text)));
                    after_value(&mut keys, &open);
                }
            },
            Event::Alias(_) => match keys.last_mut() {
                Some(is_key @ true) => {
                    *is_key = false;
                    if let Some(name) = open.last_mut() {
                        *name = Some("*".to_owned());
                    }
                }
                _ => {
                    leaves.push((path(&open), Err(Why::Alias)));
                    after_value(&mut keys, &open);
                }
            },
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
        }
    }
    Ok(leaves)
}

/// After a value of a map its next key comes.
fn after_value(keys: &mut [bool], open: &[Option<String>]) {
    if let (Some(is_key), Some(Some(_))) = (keys.last_mut(), open.last()) {
        *is_key = true;
    }
}

fn path(open: &[Option<String>]) -> Vec<String> {
    open.iter().flatten().cloned().collect()
}

fn broken(line: usize) -> NotRead {
    NotRead::Broken {
        source: Source::PyIceberg,
        line: Some(line.max(1)),
    }
}
