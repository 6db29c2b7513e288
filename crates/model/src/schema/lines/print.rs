use serde_json::Value;

use super::{Column, Kind, Member, scan};

/// The lines of columns, as [`super::parse`] reads them.
pub fn print(columns: &[Column]) -> String {
    let mut text = String::new();
    for one in columns {
        column(one, &mut text);
        text.push('\n');
    }
    text
}

/// A name as lines have it: in backticks where it is not plain.
pub fn quoted(name: &str) -> String {
    match scan::plain(name) {
        true => name.to_owned(),
        false if name.contains(char::is_control) => Value::from(name).to_string(),
        false => format!("`{}`", name.replace('`', "``")),
    }
}

/// In single quotes, unless a line cannot hold it so.
fn text_of(text: &str) -> String {
    match text.contains(char::is_control) {
        true => Value::from(text).to_string(),
        false => format!("'{}'", text.replace('\'', "''")),
    }
}

fn column(column: &Column, to: &mut String) {
    id(column.id, to);
    to.push_str(&quoted(&column.name));
    to.push(' ');
    kind(&column.kind, to);
    if column.required {
        to.push_str(" not null");
    }
    if column.identifier {
        to.push_str(" identifier");
    }
    match &column.default {
        Some(Value::String(value)) => to.push_str(&format!(" default {}", text_of(value))),
        Some(value) => to.push_str(&format!(" default {value}")),
        None => {}
    }
    if let Some(doc) = &column.doc {
        to.push_str(&format!(" comment {}", text_of(doc)));
    }
}

fn id(id: Option<i32>, to: &mut String) {
    if let Some(id) = id {
        to.push_str(&format!("{id}: "));
    }
}

fn kind(of: &Kind, to: &mut String) {
    match of {
        Kind::Primitive(name) => to.push_str(name),
        Kind::Struct(columns) => {
            to.push_str("struct<");
            for (at, one) in columns.iter().enumerate() {
                if at > 0 {
                    to.push_str(", ");
                }
                column(one, to);
            }
            to.push('>');
        }
        Kind::List(element) => {
            to.push_str("list<");
            member(element, element.required, to);
            to.push('>');
        }
        Kind::Map(key, value) => {
            to.push_str("map<");
            member(key, false, to);
            to.push_str(", ");
            member(value, value.required, to);
            to.push('>');
        }
    }
}

fn member(member: &Member, required: bool, to: &mut String) {
    id(member.id, to);
    kind(&member.kind, to);
    if required {
        to.push_str(" not null");
    }
}
