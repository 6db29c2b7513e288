//! Two people change one thing: both open its form, both look at what it comes to, then both confirm. Whoever is
//! first, what both did is made, or the second is told, and has what was typed.

use std::cell::OnceCell;

use serde_json::{Value, json};

use crate::{
    expire::oldest_first,
    forms::{Form, Input, forms},
    objects::Shared,
    support::Answer,
    writes::filled,
};

type Fields = Vec<(String, String)>;
type Typed = Box<dyn Fn(&str, &mut Fields)>;
type Made = Box<dyn Fn(&Value) -> bool>;

/// A change as somebody fills it in.
struct Edit {
    /// Its page, and what the address names besides the object.
    page: String,
    /// Its form is the one with this field; a page without it shows at once what it comes to.
    field: &'static str,
    /// The form, as whoever opens it finds it.
    form: OnceCell<Fields>,
    /// Types into it, given the object's name.
    typed: Typed,
    /// Whether the catalog's answer has it: null where the object is gone.
    made: Made,
    /// What is sent is a commit, which makes metadata anew.
    commits: bool,
}

/// What they change.
struct Subject {
    shared: Shared,
    noun: &'static str,
    edits: Vec<Edit>,
}

fn edit(
    page: impl Into<String>,
    field: &'static str,
    typed: impl Fn(&str, &mut Fields) + 'static,
    made: impl Fn(&Value) -> bool + 'static,
) -> Edit {
    let page = page.into();
    let commits = !["-rename", "table-drop", "view-drop", "namespace"]
        .iter()
        .any(|part| page.contains(part));
    Edit {
        page,
        field,
        form: OnceCell::new(),
        typed: Box::new(typed),
        made: Box::new(made),
        commits,
    }
}

fn set(fields: &mut Fields, name: &str, value: &str) {
    match fields.iter_mut().find(|(field, _)| field == name) {
        Some(field) => value.clone_into(&mut field.1),
        None => fields.push((name.to_owned(), value.to_owned())),
    }
}

fn value<'a>(fields: &'a Fields, name: &str) -> &'a str {
    let field = fields.iter().find(|(field, _)| field == name);
    field.map_or("", |(_, value)| value)
}

/// A property with this key and value: in the form's empty row.
fn property(page: &str, key: &'static str, to: &'static str) -> Edit {
    let at = match page {
        "namespace-edit" => "/properties",
        _ => "/metadata/properties",
    };
    let typed = move |_: &str, fields: &mut Fields| {
        let blank = |(name, value): &(String, String)| name == "key" && value.is_empty();
        let blank = fields.iter().position(blank).unwrap();
        key.clone_into(&mut fields[blank].1);
        to.clone_into(&mut fields[blank + 1].1);
    };
    let made = move |now: &Value| now.pointer(at).is_some_and(|all| all[key] == to);
    edit(page, "key", typed, made)
}

fn renamed(page: &str) -> Edit {
    let typed = |name: &str, fields: &mut Fields| set(fields, "name", &format!("{name}-new"));
    let made = |now: &Value| {
        now["called"]
            .as_str()
            .is_some_and(|name| name.ends_with("-new"))
    };
    edit(page, "name", typed, made)
}

/// The one of `list` whose `id` is what the metadata says of `current`.
fn current<'a>(now: &'a Value, list: &str, id: &str, current: &str) -> &'a Value {
    let metadata = &now["metadata"];
    let mut all = metadata[list].as_array().into_iter().flatten();
    let found = all.find(|one| one[id] == metadata[current]);
    found.unwrap_or(&Value::Null)
}

fn column(name: &'static str) -> impl Fn(&Value) -> bool {
    move |now| {
        let schema = current(now, "schemas", "schema-id", "current-schema-id");
        let mut fields = schema["fields"].as_array().into_iter().flatten();
        fields.any(|field| field["name"] == name)
    }
}

fn typed(name: &'static str, to: impl Into<String>) -> impl Fn(&str, &mut Fields) {
    let to = to.into();
    move |_, fields| set(fields, name, &to)
}

fn lines(more: &'static str) -> impl Fn(&str, &mut Fields) {
    move |_, fields| {
        let lines = format!("{}{more}\n", value(fields, "schema_lines"));
        set(fields, "schema_lines", &lines);
    }
}

/// Whatever can be done to a table that is as `sales.order_lines`.
fn of_a_table(table: &Value) -> Vec<Edit> {
    let metadata = &table["metadata"];
    let all = oldest_first(metadata);
    let (oldest, last_but_one) = (all[0], all[all.len() - 2]);
    let main = metadata["refs"]["main"]["snapshot-id"].clone();
    let counted = metadata["statistics"][0]["snapshot-id"].clone();
    let audit = |now: &Value| now["metadata"]["refs"]["audit"].clone();
    let is_there = move |now: &Value| oldest_first(&now["metadata"]).contains(&last_but_one);
    let fork = oldest.to_string();
    let new = move |_: &str, fields: &mut Fields| {
        set(fields, "name", "dev");
        set(fields, "snapshot", &fork);
    };
    let to_main = main.clone();
    let location = |name: &str, fields: &mut Fields| {
        set(fields, "location", &format!("s3://elsewhere/{name}"));
    };
    let moved = |now: &Value| {
        let to = now["metadata"]["location"].as_str();
        to.is_some_and(|to| to.starts_with("s3://elsewhere/"))
    };
    let expire = move |_: &str, fields: &mut Fields| {
        set(fields, "expire_by", "chosen");
        set(fields, "snapshots", &last_but_one.to_string());
    };
    vec![
        property("table-edit", "tier", "gold"),
        property("table-edit", "tier", "silver"),
        edit(
            "schema-edit",
            "schema_lines",
            lines("extra string"),
            column("extra"),
        ),
        edit(
            "schema-edit",
            "schema_lines",
            |_, fields| {
                let lines = value(fields, "schema_lines").replace(": sku ", ": article ");
                set(fields, "schema_lines", &lines);
            },
            column("article"),
        ),
        edit(
            "spec-edit",
            "partition_lines",
            typed("partition_lines", "bucket(8, sku) as spread"),
            |now| {
                let spec = current(now, "partition-specs", "spec-id", "default-spec-id");
                spec["fields"][0]["name"] == "spread"
            },
        ),
        edit(
            "spec-edit",
            "partition_lines",
            typed("sort_lines", "sku desc"),
            |now| {
                let order = current(now, "sort-orders", "order-id", "default-sort-order-id");
                order["fields"][0]["source-id"] == 3
            },
        ),
        edit("ref-new", "name", new, move |now| {
            now["metadata"]["refs"]["dev"]["snapshot-id"] == oldest
        }),
        edit(
            "ref-edit&name=audit",
            "name",
            typed("max_snapshot_age", "9 d"),
            move |now| audit(now)["max-snapshot-age-ms"] == 777_600_000,
        ),
        edit(
            "ref-edit&name=audit",
            "name",
            typed("snapshot", to_main.to_string()),
            move |now| audit(now)["snapshot-id"] == main,
        ),
        edit(
            "ref-edit&name=audit",
            "name",
            typed("new_name", "checked"),
            move |now| {
                let checked = &now["metadata"]["refs"]["checked"];
                checked.is_object() && audit(now).is_null()
            },
        ),
        edit(
            "ref-drop&name=audit",
            "name",
            |_, _| (),
            move |now| now.is_object() && audit(now).is_null(),
        ),
        edit("snapshots-expire", "as_of", expire, move |now| {
            now.is_object() && !is_there(now)
        }),
        edit(
            "format-upgrade",
            "format_version",
            typed("format_version", "3"),
            |now| now["metadata"]["format-version"] == 3,
        ),
        edit("location-edit", "location", location, moved),
        edit(
            format!("statistics-drop&type=table&snapshot={counted}"),
            "snapshot",
            |_, _| (),
            |now| {
                let left = now["metadata"]["statistics"].as_array();
                now.is_object() && left.is_none_or(Vec::is_empty)
            },
        ),
        renamed("table-rename"),
        edit("table-drop", "purge", |_, _| (), Value::is_null),
    ]
}

fn of_a_view() -> Vec<Edit> {
    let sql = |now: &Value| {
        let version = current(now, "versions", "version-id", "current-version-id");
        version["representations"][0]["sql"].clone()
    };
    vec![
        property("view-edit", "team", "a"),
        property("view-edit", "team", "b"),
        edit(
            "view-replace",
            "dialect",
            typed("sql", "SELECT 3 AS id"),
            move |now| sql(now) == "SELECT 3 AS id",
        ),
        edit(
            "view-replace",
            "dialect",
            typed("sql", "SELECT 4 AS id"),
            move |now| sql(now) == "SELECT 4 AS id",
        ),
        edit(
            "view-rollback&version=1",
            "version",
            |_, _| (),
            move |now| sql(now) == "SELECT 1 AS id",
        ),
        renamed("view-rename"),
        edit("view-drop", "", |_, _| (), Value::is_null),
    ]
}

fn of_a_namespace() -> Vec<Edit> {
    vec![
        property("namespace-edit", "owner", "ana"),
        property("namespace-edit", "owner", "ben"),
        property("namespace-edit", "team", "a"),
        edit("namespace-drop", "", |_, _| (), Value::is_null),
    ]
}

impl Subject {
    fn path(&self, edit: &Edit, name: &str) -> String {
        let (page, more) = edit.page.split_once('&').unwrap_or((&edit.page, ""));
        match self.noun {
            "namespace" => format!("/c/p/{page}?ns={name}"),
            noun => format!("/c/p/{page}?ns=sandbox&{}={name}&{more}", &noun[..1]),
        }
    }

    /// What the catalog says of it, and what it is called; null where it is gone.
    async fn now(&self, name: &str) -> Value {
        for called in [name.to_owned(), format!("{name}-new")] {
            let path = match self.noun {
                "namespace" => format!("/v1/namespaces/{called}"),
                noun => format!("/v1/namespaces/sandbox/{noun}s/{called}"),
            };
            if let Some(mut now) = self.shared.raw(&path).await {
                now["called"] = json!(called);
                return now;
            }
        }
        Value::Null
    }

    /// What an edit comes to, and what its form says by then.
    async fn shown(&self, edit: &Edit, name: &str) -> (Answer, Fields) {
        let path = self.path(edit, name);
        if edit.field.is_empty() {
            return (self.shared.get(&path).await, Fields::new());
        }
        // All are alike before anybody changes them.
        if edit.form.get().is_none() {
            let opened = self.shared.get(&path).await;
            assert_eq!(opened.status, 200, "{path}: {}", opened.body);
            let form = filled(&opened.body, edit.field, &[]);
            edit.form.set(form).unwrap();
        }
        let mut fields = edit.form.get().unwrap().clone();
        (edit.typed)(name, &mut fields);
        fields.retain(|(name, _)| name != "once");
        let pairs: Vec<_> = fields.iter().map(|(key, to)| (&**key, &**to)).collect();
        (self.shared.preview(&path, &pairs).await, fields)
    }

    async fn confirm(&self, edit: &Edit, name: &str, shown: &Answer) -> Answer {
        let asked = if edit.page.contains("name=audit") {
            "audit"
        } else {
            name
        };
        let path = self.path(edit, name);
        self.shared
            .confirm(&path, shown, &[("confirm", asked)])
            .await
    }

    async fn pair(&self, name: &str, first: &Edit, second: &Edit) {
        let what = format!("{name}: {}, then {}", first.page, second.page);
        let (one, _) = self.shown(first, name).await;
        let (other, typed) = self.shown(second, name).await;
        let done = self.confirm(first, name, &one).await;
        assert_eq!(done.status, 303, "{what}: {}", done.body);
        let before = self.now(name).await;
        assert!((first.made)(&before), "{what}: {before}");

        let told = self.confirm(second, name, &other).await;
        let now = self.now(name).await;
        if told.status == 303 {
            self.both(&what, first, second, &before, &now);
            return;
        }
        let conflict = [400, 404, 409].contains(&told.status.as_u16());
        assert!(conflict, "{what}: {} {}", told.status, told.body);
        assert_eq!(now, before, "{what}: told so, and changed");
        if now.is_null() || now["called"] != name {
            // There is nothing of this name that it could be typed into.
            assert_eq!(told.status, 404, "{what}: {}", told.body);
            return;
        }
        let of_audit = second.page.contains("name=audit");
        if of_audit && now["metadata"]["refs"]["audit"].is_null() {
            assert!(
                told.body.contains("no branch or tag “audit”"),
                "{what}: {}",
                told.body
            );
            return;
        }
        if told.body.contains("there is no higher one") {
            assert_eq!(told.status, 409, "{what}: {}", told.body);
            assert!(told.body.contains("Nothing was sent this time."), "{what}");
            return;
        }
        let typed_again = |form: &Form| {
            let has = |(key, to): &(String, String)| {
                let same = |input: &Input| input.name == *key && input.value.trim() == to.trim();
                form.inputs.iter().any(same)
            };
            typed.iter().all(has)
        };
        assert!(
            forms(&told.body).iter().any(typed_again),
            "{what}: {typed:?} is lost in {}",
            told.body
        );
        if told.status != 409 {
            return;
        }
        let again = self.confirm(second, name, &told).await;
        let then = self.now(name).await;
        match again.status.as_u16() {
            303 => assert!((second.made)(&then), "{what}, again: {then}"),
            _ => assert_eq!(then, before, "{what}, again: {}", again.body),
        }
    }

    /// None of them is lost, and none is made twice.
    fn both(&self, what: &str, first: &Edit, second: &Edit, before: &Value, now: &Value) {
        assert!((first.made)(now), "{what}: the first is lost: {now}");
        assert!((second.made)(now), "{what}: the second is not there: {now}");
        let number = |of: &Value| {
            let file = of["metadata-location"].as_str()?.rsplit('/').next()?;
            file.split('-').next()?.parse::<u64>().ok()
        };
        let commits = u64::from(second.commits);
        let expected = number(before).map(|number| number + commits);
        assert_eq!(number(now), expected, "{what}: one commit each");
    }

    async fn pairs(&self, make: impl AsyncFn(&Shared, &str)) {
        for (at, first) in self.edits.iter().enumerate() {
            for (then, second) in self.edits.iter().enumerate() {
                let name = format!("{}-{at}-{then}", self.noun);
                make(&self.shared, &name).await;
                self.pair(&name, first, second).await;
            }
        }
    }
}

#[tokio::test]
async fn two_edit_a_table_and_nothing_is_lost_or_doubled() {
    let shared = Shared::start("").await;
    let known = "/v1/namespaces/sales/tables/order_lines";
    // A few snapshots are read faster.
    let table = shared.raw(known).await.unwrap();
    let mut all = oldest_first(&table["metadata"]);
    all.truncate(all.len() - 6);
    let old = json!({"action": "remove-snapshots", "snapshot-ids": all});
    shared.others(known, json!({"updates": [old]})).await;
    let table = shared.raw(known).await.unwrap();
    let file = table["metadata-location"].clone();
    let subject = Subject {
        shared,
        noun: "table",
        edits: of_a_table(&table),
    };
    let make = async |shared: &Shared, name: &str| {
        let known = json!({"name": name, "metadata-location": file});
        shared
            .others("/v1/namespaces/sandbox/register", known)
            .await;
    };
    subject.pairs(make).await;
}

#[tokio::test]
async fn two_edit_a_view_and_nothing_is_lost_or_doubled() {
    let subject = Subject {
        shared: Shared::start("").await,
        noun: "view",
        edits: of_a_view(),
    };
    let version = |number: i32| {
        json!({"version-id": number, "timestamp-ms": number, "schema-id": 0, "summary": {},
            "default-namespace": ["sales"], "representations": [
            {"type": "sql", "dialect": "spark", "sql": format!("SELECT {number} AS id")}]})
    };
    let make = async |shared: &Shared, name: &str| {
        let schema = json!({"type": "struct", "schema-id": 0, "fields": [
            {"id": 1, "name": "id", "required": true, "type": "long"}]});
        let new =
            json!({"name": name, "schema": schema, "view-version": version(1), "properties": {}});
        shared.others("/v1/namespaces/sandbox/views", new).await;
        let second = json!({"updates": [
            {"action": "add-view-version", "view-version": version(2)},
            {"action": "set-current-view-version", "view-version-id": -1}]});
        let path = format!("/v1/namespaces/sandbox/views/{name}");
        shared.others(&path, second).await;
    };
    subject.pairs(make).await;
}

#[tokio::test]
async fn two_edit_a_namespace_and_nothing_is_lost_or_doubled() {
    let subject = Subject {
        shared: Shared::start("").await,
        noun: "namespace",
        edits: of_a_namespace(),
    };
    let make = async |shared: &Shared, name: &str| {
        let new = json!({"namespace": [name], "properties": {"tier": "bronze"}});
        shared.others("/v1/namespaces", new).await;
    };
    subject.pairs(make).await;
}
