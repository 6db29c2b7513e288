//! Changes that are shown before they are made: what a form comes to, and that nothing else is sent than what
//! was shown, once.

mod edits;
mod expire;
mod format;
mod layout;
mod location;
pub mod many;
mod namespaces;
mod objects;
mod properties;
mod refs;
mod register;
mod schema;
mod statistics;
mod table;
mod tables;
mod together;
mod touched;
mod unused;
mod vendor;
mod views;
mod wanted;

pub use expire::load_expiry;

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
    time::SystemTime,
};

use iceberg_rest::{Client, Error, ErrorKind, Support, client::Write};
use model::{
    error::{AppError, Kind},
    form::{
        AT, CONFIRM, OPERATION,
        operation::{FOUND, STOP},
    },
    format::{Moment, stopped},
    open::Noun,
    page::{ChangePage, Page},
    paths::{Place, Query},
    preview::{BeforeAfter, Difference, Preview, Request},
    raw::{laid_out, masked},
    shown::{MASKED, Reveal},
};
use wanted::Wanted;

use crate::{
    Catalog, Session,
    audit::changed,
    blocking::blocking,
    change::Change,
    confirm::confirmed,
    connections::choices::fixed,
    forms::{refused, saying},
    once::new_id,
    reading::catalog,
};

/// What came of a form.
pub enum Sent {
    /// It was confirmed: the page that shows what came of it.
    Go(String),
    /// What it comes to.
    Shown(Box<Preview>),
}

/// How many calls are under way at a time, where a change takes several.
const AT_ONCE: usize = 4;

/// A change that can be made.
struct Plan {
    connection: Arc<Catalog>,
    client: Client,
    change: Change,
    write: Write,
    /// What of the catalog it goes by, as it was read: where that is another, it is shown again.
    read: String,
    says: Vec<String>,
    beside: Beside,
    /// What has to be typed.
    confirm: Option<String>,
    /// Why it cannot be made, where that is known.
    off: Option<String>,
    /// How the catalog is once it is made.
    wanted: Wanted,
    /// The page that shows it then, and what it says.
    to: (String, &'static str),
}

/// What is told of a change besides its sentences.
#[derive(Default)]
struct Beside {
    /// Properties that are others then.
    rows: Vec<Difference>,
    texts: Vec<Text>,
    /// Columns that go or are called otherwise, by the names that nobody finds any more.
    columns: Vec<String>,
}

/// A text before a change and after it. Both are compared where they are shown.
struct Text {
    title: String,
    before: String,
    after: String,
}

/// What a change comes to whose page has nothing to fill in.
pub async fn load_preview(
    session: &Session,
    place: Place,
    page: ChangePage,
) -> Result<Preview, AppError> {
    let read = session.seen_through("preview", place, page, |session, place, page| async move {
        shown(&session, page, &place, &Query::default()).await
    });
    Ok(Preview {
        once: new_id(),
        ..read.await?.data
    })
}

/// Shows what the form at this address comes to, or makes it where it confirms what was shown.
pub async fn submit(
    session: &Session,
    path: &str,
    search: &str,
    fields: &Query,
) -> Result<Sent, AppError> {
    let place = Place::read(path, search)?;
    let Some(Page::Change(page)) = Page::parse(path) else {
        return Err(AppError::new(Kind::NotFound, "There is no such form."));
    };
    let connection = session.connection(&place.connection)?;
    if page == ChangePage::Tables && fields.text(OPERATION.name) == STOP {
        return Ok(Sent::Go(many::stop(session, &place).await?));
    }
    if fields.text("shown").is_empty() {
        let at = now_ms().to_string();
        let fields = fields.clone().with(AT.name, &at);
        let preview = come_to(session, page, &place, &fields).await?;
        return Ok(Sent::Shown(Box::new(Preview { at, ..preview })));
    }
    let (once, what) = (fields.text("once"), (path, search, fields.pairs()));
    let making = make(session.clone(), page, place.clone(), fields.clone());
    let told = connection.changes.plans.run(&once, what, making).await;
    let error = match (told.outcome, told.again) {
        (Ok(to), false) => return Ok(Sent::Go(to)),
        (Ok(to), true) => return Err(AppError::again(None).link("See it", to)),
        (Err(error), true) => AppError::again(Some(error)),
        (Err(error), false) => error,
    };
    // What it comes to now, so that nothing is typed again.
    let now = come_to(session, page, &place, fields).await;
    let error = match error.kind {
        Kind::OutcomeUnknown => since(error, &fields.text("shown"), &now),
        _ => error,
    };
    match now {
        Ok(preview) if error.kind != Kind::Already => Ok(Sent::Shown(Box::new(Preview {
            refused: Some(error),
            at: fields.text(AT.name),
            ..preview
        }))),
        _ => Err(error),
    }
}

/// What a form comes to.
async fn come_to(
    session: &Session,
    page: ChangePage,
    place: &Place,
    fields: &Query,
) -> Result<Preview, AppError> {
    Ok(match page {
        ChangePage::Tables => many::read(session, place, fields).await?.preview(),
        _ => shown(session, page, place, fields).await?,
    })
}

/// With its texts line by line, and whom it may touch besides.
async fn shown(
    session: &Session,
    page: ChangePage,
    place: &Place,
    fields: &Query,
) -> Result<Preview, AppError> {
    let mut plan = plan(session, page, place, fields).await?;
    let texts = std::mem::take(&mut plan.beside.texts);
    Ok(Preview {
        texts: blocking(|| texts.into_iter().filter_map(Text::compared).collect()).await?,
        notes: touched::notes(&plan, place).await,
        ..plan.preview()
    })
}

async fn plan(
    session: &Session,
    page: ChangePage,
    place: &Place,
    fields: &Query,
) -> Result<Plan, AppError> {
    let (connection, client) = catalog(session, place).await?;
    let asked = Asked {
        connection,
        client,
        place,
        fields,
    };
    let mut plan = match page {
        ChangePage::NewTable => tables::create(asked).await?,
        ChangePage::RegisterTable => register::register(asked).await?,
        ChangePage::NewNamespace => namespaces::create(asked).await?,
        ChangePage::EditNamespace => namespaces::edit(asked, session.reveal()).await?,
        ChangePage::DropNamespace => namespaces::drop(asked).await?,
        // Each of them is planned as what it is.
        ChangePage::Tables => return Err(refused("Several tables are changed one by one.")),
        ChangePage::NewRef => refs::create(asked).await?,
        ChangePage::EditRef => refs::edit(asked).await?,
        ChangePage::DropRef => refs::remove(asked).await?,
        ChangePage::EditTable => properties::edit(asked, Noun::Table, session.reveal()).await?,
        ChangePage::NewView => views::create(asked).await?,
        ChangePage::ReplaceView => views::replace(asked).await?,
        ChangePage::RollBackView => views::roll_back(asked).await?,
        ChangePage::EditSchema => schema::edit(asked).await?,
        ChangePage::EditSpec => layout::edit(asked).await?,
        ChangePage::EditView => properties::edit(asked, Noun::View, session.reveal()).await?,
        ChangePage::RenameTable => objects::rename(asked, Noun::Table).await?,
        ChangePage::DropTable => objects::drop(asked, Noun::Table).await?,
        ChangePage::ExpireSnapshots => expire::expire(asked).await?,
        ChangePage::UpgradeFormat => format::upgrade(asked).await?,
        ChangePage::EditLocation => location::edit(asked).await?,
        ChangePage::DropStatistics => statistics::remove(asked).await?,
        ChangePage::RemoveUnused => unused::remove(asked).await?,
        ChangePage::RenameView => objects::rename(asked, Noun::View).await?,
        ChangePage::DropView => objects::drop(asked, Noun::View).await?,
    };
    let locked = plan.connection.locked();
    let fixed = match &place.reference {
        Some(reference) => fixed(&plan.connection, &plan.client, reference).await,
        None => None,
    };
    let off = locked.or(fixed).or_else(|| off(&plan.client, page));
    plan.off = off.or(plan.off);
    Ok(plan)
}

/// Why the server does not make the change of a page, where that is known; a sentence.
pub(crate) fn off(client: &Client, page: ChangePage) -> Option<String> {
    if let Some(why) = vendor::refuses(client.dialect(), page) {
        return Some(why);
    }
    match client.capabilities().support(page.operation()) {
        Support::No(reason) => Some(format!("{reason}.")),
        Support::Yes | Support::Unknown => None,
    }
}

/// What a plan is made from.
struct Asked<'a> {
    connection: Arc<Catalog>,
    client: Client,
    place: &'a Place,
    fields: &'a Query,
}

/// Makes what was confirmed, where it still comes to what was shown. Answers the page that shows it.
async fn make(
    session: Session,
    page: ChangePage,
    place: Place,
    fields: Query,
) -> Result<String, AppError> {
    if page == ChangePage::Tables {
        let many = many::read(&session, &place, &fields).await?;
        many.permit().await?;
        let preview = many.preview();
        held(&preview.shown, preview.off, preview.confirm, &fields)?;
        return many.begin(fields.text("once")).await;
    }
    let plan = plan(&session, page, &place, &fields).await?;
    plan.connection.permit(&plan.change).await?;
    held(
        &plan.shown(),
        plan.off.clone(),
        plan.confirm.clone(),
        &fields,
    )?;
    plan.send(fields.text("once")).await
}

/// That it is still what was shown, can be made, and is confirmed.
fn held(
    shown: &str,
    off: Option<String>,
    confirm: Option<String>,
    fields: &Query,
) -> Result<(), AppError> {
    if shown != fields.text("shown") {
        let why = "This is not what was shown before: it was changed meanwhile, or Crowsnest was restarted. Nothing was sent this time.";
        return Err(AppError::new(Kind::Conflict, why)
            .hint("Look at what it comes to now, and confirm that. What was confirmed before a restart may be made already."));
    }
    if let Some(off) = off {
        return Err(refused(off));
    }
    match confirm {
        Some(name) => confirmed(&fields.text(CONFIRM.name), &name, false),
        None => Ok(()),
    }
}

impl Text {
    fn new(title: impl Into<String>, before: String, after: String) -> Self {
        let title = title.into();
        Self {
            title,
            before,
            after,
        }
    }

    fn compared(self) -> Option<BeforeAfter> {
        BeforeAfter::new(self.title, &self.before, &self.after)
    }
}

impl Plan {
    fn preview(&self) -> Preview {
        let operation = self.write.operation();
        let plain = self.beside.rows.iter();
        let plain = plain.filter(|row| row.wanted.as_deref() != Some(MASKED));
        let plain = Reveal::keys(plain.map(|row| row.key.clone()));
        let body = self.write.body().map(|body| masked(body, &plain));
        Preview {
            says: self.says.clone(),
            rows: self.beside.rows.clone(),
            texts: Vec::new(),
            items: Vec::new(),
            vendor: vendor::does(self.client.dialect(), operation, self.client.reference()),
            notes: Vec::new(),
            request: Request {
                method: operation.route().method.to_owned(),
                target: self.write.target().to_owned(),
                masked: body.as_ref().map_or(0, |body| body.values),
                body: body.map(|body| laid_out(&body.json)),
            },
            confirm: self.confirm.clone(),
            off: self.off.clone(),
            shown: self.shown(),
            once: new_id(),
            at: String::new(),
            refused: None,
        }
    }

    /// A hash of what is shown and of what it goes by, which tells nobody what that is.
    fn shown(&self) -> String {
        let request = (self.write.target(), self.write.body());
        hashed((request, &self.read, &self.says, &self.off))
    }

    /// Sends it once. Where no whole answer comes, the catalog is asked how it is now.
    async fn send(self, key: String) -> Result<String, AppError> {
        let Self {
            connection,
            client,
            change,
            write,
            wanted,
            to: (page, done),
            says,
            beside,
            ..
        } = self;
        let rows = beside.rows.iter();
        let rows = rows.map(|row| changed(&row.key, row.now.as_deref(), row.wanted.as_deref()));
        let change = change.telling(&says, rows);
        let object = change.object.clone();
        let call = async move {
            let error = match client.send(write, &key).await {
                Ok(_) => return Ok(saying(page, done)),
                Err(error) => error,
            };
            // Polaris up to 1.7 answers 400 also where it does not know what came of a commit.
            let asked = matches!(
                error.kind,
                ErrorKind::CommitStateUnknown | ErrorKind::BadRequest
            );
            if !asked {
                return Err(untouched(wanted.refused(error.into(), &object, page)));
            }
            match (wanted.is_so(&client).await, error.kind) {
                (Ok(true), _) => Ok(saying(page, FOUND)),
                (found, ErrorKind::CommitStateUnknown) => Err(unknown(error, found)),
                (found, _) => {
                    let error = wanted.refused(error.into(), &object, page);
                    Err(match found {
                        Ok(_) => untouched(error),
                        Err(_) => error,
                    })
                }
            }
        };
        connection.change(change, call).await
    }
}

/// The same wherever Crowsnest runs: what one showed another may make.
fn hashed(what: impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Unix time, ms.
fn now_ms() -> i64 {
    Moment::from(SystemTime::now()).ms
}

/// A refusal, which says what became of what was to be changed.
fn untouched(error: AppError) -> AppError {
    match error.kind {
        Kind::BadRequest
        | Kind::Unauthenticated
        | Kind::Forbidden
        | Kind::NotFound
        | Kind::Conflict
        | Kind::NotEmpty
        | Kind::RateLimited
        | Kind::Unsupported => {
            let message = format!("{} Nothing was changed.", stopped(&error.message));
            error.saying(message)
        }
        _ => error,
    }
}

/// No whole answer came, and it is not, or cannot be told, whether it was made.
fn unknown(error: Error, found: Result<bool, Error>) -> AppError {
    let error = AppError::from(error);
    let now = match found {
        Err(_) => "It could not be read again right after.",
        Ok(_) => "It was read again right after: it was not as it was to be.",
    };
    let message = format!("{} {now}", stopped(&error.message));
    error.saying(message).hint(
        "It may still be made. Look again in a moment, before you confirm it once more: below stands how it is now.",
    )
}

/// The same, with what can be told of it by what the change comes to now. That it is not as it was to be does not
/// say that it was not made: others may have changed it again since.
fn since(error: AppError, shown: &str, now: &Result<Preview, AppError>) -> AppError {
    let now = match now {
        Ok(now) if now.shown == shown => "Now it is as it was before: nothing of it is to be seen.",
        Err(now) if now.kind != Kind::NotFound => return error,
        _ => {
            "Now it is not as it was before: it was made after all, or somebody else changed it meanwhile."
        }
    };
    let message = format!("{} {now}", stopped(&error.message));
    error.saying(message)
}
