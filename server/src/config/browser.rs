use backend::Spec;
use connection::{Settings, Value as Given};

use super::{
    connection::read,
    entry::{Entries, Entry, Value},
    env::Variables,
    error::{Error, Place},
};

/// A connection as it was filled in in a browser, read as one of the file is; an error names its field. Nothing of this
/// server's own files, variables or identity can be among its settings: they have no keys for that.
pub fn browser(settings: &Settings) -> Result<Spec, Error> {
    let mut entries = Entries::default();
    for (key, value) in settings.iter() {
        let value = match value {
            Given::Text(text) => Value::Text(text.clone()),
            Given::Flag(flag) => Value::Flag(*flag),
            Given::Table(pairs) => Value::Table(pairs.clone()),
        };
        let place = Place::Field(key.name.to_owned());
        entries.insert(key.name, Entry { value, place });
    }
    if entries.text("name").is_none() {
        let place = Place::Field("name".to_owned());
        return Err(Error::at(&place, "this connection has no name"));
    }
    read(&entries, &Variables::default())
}
