//! A namespace is dropped with all that it holds, and although it is protected, where a catalog does that and it is
//! chosen.

use sample_catalog::Dialect;
use serde_json::{Value, json};

use crate::{
    objects::Shared,
    polaris_support::Console,
    support::{LISTEN, ask, request},
    writes::has,
};

const DROP: &str = "/c/sample-lakekeeper/namespace-drop?ns=sales&ns=eu";
const ALL: [(&str, &str); 2] = [("recursive", "yes"), ("force", "yes")];

#[tokio::test]
async fn a_namespace_goes_with_what_it_holds_where_that_is_chosen() {
    let console = Console::start().await;
    let alone = console.get(DROP).await;
    has(
        &alone.body,
        &[
            "it still holds",
            "or choose to drop all of it",
            "name=\"recursive\"",
            "name=\"force\"",
            "name=\"delete_files\"",
        ],
    );
    let soft = console.preview(DROP, &[("recursive", "yes")]).await;
    has(
        &soft.body,
        &[
            "keeps what is dropped for a while",
            "disabled",
            "?recursive=true&amp;purge=false",
        ],
    );
    let typed = [("confirm", "eu and all in it")];
    let forced = console.confirm(DROP, &soft, &typed).await;
    assert_eq!(forced.status, 400, "{}", forced.body);

    let shown = console.preview(DROP, &ALL).await;
    has(
        &shown.body,
        &[
            "The namespace sales.eu goes with all that it holds on every level",
            "it still holds on all levels 1 namespace, 4 tables, 1 view.",
            "Their files stay where they are",
            "What is protected goes, too.",
            "?recursive=true&amp;force=true&amp;purge=false",
        ],
    );
    let files = [&ALL[..], &[("delete_files", "yes")]].concat();
    let purged = console.preview(DROP, &files).await;
    has(
        &purged.body,
        &[
            "deletes the data and metadata files",
            "?recursive=true&amp;force=true&amp;purge=true",
        ],
    );
    let wrong = console.confirm(DROP, &shown, &[("confirm", "eu")]).await;
    assert_eq!(wrong.status, 400, "{}", wrong.body);
    has(&wrong.body, &["type “eu and all in it”", "value=\"eu\""]);
    assert_eq!(console.get(DROP).await.status, 200, "it is still there");
    let gone = console.confirm(DROP, &wrong, &typed).await;
    let list = console.leads(&gone).await;
    has(&list, &["Dropped.", ">us<"]);
    assert!(!list.contains(">eu<"), "{list}");
    for inside in [
        "t/overview?ns=sales&ns=eu&t=invoices",
        "namespace-drop?ns=sales&ns=eu&ns=retail",
    ] {
        let inside = console.get(&format!("/c/sample-lakekeeper/{inside}")).await;
        assert_eq!(inside.status, 404, "{}", inside.body);
    }
    assert_eq!(console.change("dropNamespace")["outcome"], "done");
}

#[tokio::test]
async fn what_comes_in_meanwhile_is_shown_before_it_goes() {
    let lakekeeper = Shared::of(Dialect::Lakekeeper, "warehouse = \"lakehouse\"").await;
    let drop = "/c/p/namespace-drop?ns=sandbox";
    let shown = lakekeeper.preview(drop, &ALL).await;
    has(&shown.body, &["it holds nothing"]);
    let id = lakekeeper.warehouse().await;
    let new = json!({"namespace": ["sandbox", "new"]});
    lakekeeper
        .others(&format!("/catalog/v1/{id}/namespaces"), new)
        .await;
    let typed = [("confirm", "sandbox and all in it")];
    let again = lakekeeper.confirm(drop, &shown, &typed).await;
    assert_eq!(again.status, 409, "{}", again.body);
    has(
        &again.body,
        &["Nothing was sent", "on all levels 1 namespace"],
    );
    // As many, and not the same.
    let other = json!({"namespace": ["sandbox", "other"]});
    lakekeeper
        .others(&format!("/catalog/v1/{id}/namespaces"), other)
        .await;
    let new = format!("/catalog/v1/{id}/namespaces/sandbox%1Fnew");
    let gone = ask(&lakekeeper.catalog, request("DELETE", &new, &[])).await;
    assert!(gone.status.is_success(), "{}", gone.body);
    let again = lakekeeper.confirm(drop, &again, &typed).await;
    assert_eq!(again.status, 409, "{}", again.body);
}

#[tokio::test]
async fn what_is_protected_stays_unless_that_is_chosen() {
    let lakekeeper = Shared::of(Dialect::Lakekeeper, "warehouse = \"lakehouse\"").await;
    let id = lakekeeper.warehouse().await;
    let list = format!("/catalog/v1/{id}/namespaces?returnUuids=true");
    let list = lakekeeper.told(&list).await;
    let mut names = list["namespaces"].as_array().unwrap().iter();
    let at = names.position(|levels| *levels == json!(["sandbox"]));
    let sandbox = list["namespace-uuids"][at.unwrap()].as_str().unwrap();
    let protection = format!("/management/v1/warehouse/{id}/namespace/{sandbox}/protection");
    lakekeeper
        .others(&protection, json!({"protected": true}))
        .await;

    let drop = "/c/p/namespace-drop?ns=sandbox";
    let shown = lakekeeper.get(drop).await;
    has(&shown.body, &["it holds nothing"]);
    let typed = [("confirm", "sandbox")];
    let refused = lakekeeper.confirm(drop, &shown, &typed).await;
    assert_eq!(refused.status, 409, "{}", refused.body);
    has(&refused.body, &["is protected", "Nothing was changed."]);
    let shown = lakekeeper.preview(drop, &[("force", "yes")]).await;
    has(&shown.body, &["also where it is protected", "?force=true"]);
    let gone = lakekeeper.confirm(drop, &shown, &typed).await;
    assert_eq!(gone.status, 303, "{}", gone.body);
}

#[tokio::test]
async fn it_is_chosen_only_where_it_is_done_and_files_go_only_with_all_of_it() {
    let console = Console::start().await;
    for connection in ["sample-generic", "sample-polaris", "sample-nessie"] {
        let drop = DROP.replace("sample-lakekeeper", connection);
        let form = console.get(&drop).await.body;
        assert!(!form.contains("name=\"recursive\""), "{connection}: {form}");
        let told = console.post(&drop, "text/html", &drop, &ALL).await;
        assert_eq!(told.status, 400, "{connection}: {}", told.body);
        has(&told.body, &["not known to drop more"]);
    }
    let files = [("delete_files", "yes")];
    let told = console.post(DROP, "text/html", DROP, &files).await;
    assert_eq!(told.status, 400, "{}", told.body);
    let at_field = told.body.split("name=\"delete_files\"").nth(1).unwrap();
    has(at_field, &["Files are deleted only where"]);
    assert!(console.changes().is_empty(), "nothing was sent");
}

impl Shared {
    /// What the catalog itself answers.
    async fn told(&self, path: &str) -> Value {
        let asked = request("GET", path, &[("host", LISTEN)]);
        let told = ask(&self.catalog, asked).await;
        serde_json::from_str(&told.body).unwrap()
    }

    /// The id of Lakekeeper's warehouse.
    async fn warehouse(&self) -> String {
        let all = self.told("/management/v1/warehouse").await;
        let mut all = all["warehouses"].as_array().unwrap().iter();
        let found = all.find(|warehouse| warehouse["name"] == "lakehouse");
        found.unwrap()["id"].as_str().unwrap().to_owned()
    }
}
