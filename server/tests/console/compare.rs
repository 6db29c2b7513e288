//! Two snapshots of a table beside each other.

use crate::support::{ask, get, sample_console};

#[tokio::test]
async fn the_newest_two_are_compared_by_a_form_of_the_list() {
    let console = sample_console().await;
    let path = "/c/sample-polaris/t/snapshots?w=lakehouse&ns=sales&t=orders";
    let list = ask(&console, get(path)).await;
    let typed = |name: &str| {
        let mut inputs = list.body.split("<input ");
        let input = inputs.find(|it| it.contains(&format!("name=\"{name}\"")));
        let value = input.and_then(|it| it.split("value=\"").nth(1)?.split('"').next());
        value.unwrap_or_default().to_owned()
    };
    let (from, to) = (typed("from"), typed("to"));
    assert!(from != to && !from.is_empty(), "{from} {to}");
    let both = ask(&console, get(&format!("{path}&from={from}&to={to}"))).await;
    for words in [
        from.as_str(),
        to.as_str(),
        "by one commit",
        "What the commits between did",
        "spark 3.5.6",
        "Both were made with schema",
    ] {
        assert!(both.body.contains(words), "{words}: {}", both.body);
    }
}
