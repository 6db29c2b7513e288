//! What a server says that this identity may do with a warehouse: asked for by those who look, and kept.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use iceberg_rest::{Client, Error};

use super::Catalog;
use crate::{
    cache::{About, Question, Scope},
    reads::{Read, Reads},
};

/// How old an answer is before whoever looks has it asked for again: a Lakekeeper may take a quarter of a minute
/// over it.
const FRESH: Duration = Duration::from_secs(300);

static ACTIONS: LazyLock<Reads<Asked, Option<Vec<String>>, Error>> =
    LazyLock::new(|| Reads::new(FRESH));

#[derive(Clone, PartialEq, Eq, Hash)]
struct Asked(Scope);

impl Question for Asked {
    type Answer = Read<Option<Vec<String>>>;
    const KEPT: Duration = FRESH;
}

impl Catalog {
    /// The actions, as the server calls them; `None` where it cannot be asked. `fresh` asks whatever is kept.
    pub async fn actions(
        &self,
        client: &Client,
        fresh: bool,
    ) -> Result<Read<Option<Vec<String>>>, Error> {
        let question = Asked(self.scope(client.warehouse(), None));
        let client = client.clone();
        let read = |_| async move {
            let actions = vendors::warehouse_actions(&client).await?;
            let bytes = actions.iter().flatten().map(|one| one.len() + 32).sum();
            Ok(Read::new(Arc::new(actions), None, bytes))
        };
        let grant = self.grant(About::Access);
        ACTIONS.get(grant, question, fresh, read).await
    }
}
