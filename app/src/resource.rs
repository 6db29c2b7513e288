//! What pages read from the server. A resource of Leptos is made for one type of answer, and all that waits for it with
//! it: in what the browser downloads that code would stand once for each type that a page reads. Here it holds an answer
//! of any type, and stands there once.

use std::{
    any,
    convert::Infallible,
    marker::PhantomData,
    pin::Pin,
    sync::{Arc, OnceLock},
};

use leptos::{
    prelude::*,
    server::{
        self,
        codee::{Decoder, Encoder},
    },
};
use model::error::{AppError, Kind};
use serde::{Serialize, de::DeserializeOwned};

/// A resource of any type.
pub type Any = server::Resource<Answer, Json>;

type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A `Result<T, AppError>` that is read again when what it was asked about changes.
pub struct Resource<T> {
    any: Any,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Resource<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Resource<T> {}

impl<T> Resource<T>
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
{
    /// What `fetch` answers to what `source` says.
    pub fn new<S, F>(
        source: impl Fn() -> S + Send + Sync + 'static,
        fetch: impl Fn(S) -> F + Send + Sync + 'static,
    ) -> Self
    where
        S: Clone + PartialEq + Send + Sync + 'static,
        F: Future<Output = Result<T, AppError>> + Send + 'static,
    {
        let source: Box<dyn Fn() -> Source + Send + Sync> =
            Box::new(move || Source(Arc::new(source())));
        let fetch: Box<dyn Fn(Source) -> Later<Answer> + Send + Sync> = Box::new(move |source| {
            let source: &dyn any::Any = source.0.as_ref();
            let asked = source.downcast_ref::<S>().cloned().map(&fetch);
            Box::pin(async move {
                match asked {
                    Some(asked) => Answer::told(asked.await),
                    None => Answer::told(Err::<T, _>(unread())),
                }
            })
        });
        Self {
            any: erased(source, fetch),
            of: PhantomData,
        }
    }

    /// What is there now; nothing before the first answer.
    pub fn with<U>(&self, look: impl FnOnce(Option<&Result<T, AppError>>) -> U) -> U {
        self.any.track();
        self.with_untracked(look)
    }

    pub fn with_untracked<U>(&self, look: impl FnOnce(Option<&Result<T, AppError>>) -> U) -> U {
        let answer = self.any.try_get_untracked().flatten();
        look(answer.as_ref().and_then(Answer::read))
    }

    pub fn get(&self) -> Option<Result<T, AppError>> {
        self.with(|answer| answer.cloned())
    }

    pub fn refetch(&self) {
        self.any.refetch();
    }

    /// For what waits for answers of any type.
    pub fn any(&self) -> Any {
        self.any
    }
}

impl<T> IntoFuture for Resource<T>
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
{
    type Output = Result<T, AppError>;
    type IntoFuture = Later<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let answer = self.any.into_future();
        Box::pin(async move { answer.await.take() })
    }
}

fn erased(
    source: Box<dyn Fn() -> Source + Send + Sync>,
    fetch: Box<dyn Fn(Source) -> Later<Answer> + Send + Sync>,
) -> Any {
    Any::new_with_options(source, fetch, false)
}

/// What a resource was asked about.
#[derive(Clone)]
struct Source(Arc<dyn Same>);

trait Same: any::Any + Send + Sync {
    fn same(&self, other: &dyn any::Any) -> bool;
}

impl<S: PartialEq + any::Any + Send + Sync> Same for S {
    fn same(&self, other: &dyn any::Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.0.same(other.0.as_ref())
    }
}

/// A `Result<T, AppError>` of one `T`, or the JSON that a page brought along until it is looked at.
#[derive(Clone)]
pub struct Answer(Arc<Held>);

struct Held {
    text: String,
    value: OnceLock<Box<dyn Value>>,
}

/// What can be sent to the browser.
trait Value: any::Any + Send + Sync {
    #[cfg(feature = "ssr")]
    fn json(&self) -> String;
}

impl<T: any::Any + Send + Sync + Serialize> Value for T {
    #[cfg(feature = "ssr")]
    fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Answer {
    fn told<T>(answer: Result<T, AppError>) -> Self
    where
        T: Send + Sync + Serialize + 'static,
    {
        Self(Arc::new(Held {
            text: String::new(),
            value: OnceLock::from(Box::new(answer) as Box<dyn Value>),
        }))
    }

    /// The answer to who knows its type.
    pub fn read<T>(&self) -> Option<&Result<T, AppError>>
    where
        T: Send + Sync + Serialize + DeserializeOwned + 'static,
    {
        let value = self.0.value.get_or_init(|| {
            let told = serde_json::from_str(&self.0.text);
            Box::new(told.unwrap_or_else(|_| Err::<T, _>(unread())))
        });
        let value: &dyn any::Any = value.as_ref();
        value.downcast_ref()
    }

    /// The answer, once it is there.
    pub fn take<T>(&self) -> Result<T, AppError>
    where
        T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    {
        self.read().cloned().unwrap_or_else(|| Err(unread()))
    }
}

/// A page of one release that is taken over by another one.
fn unread() -> AppError {
    AppError::new(
        Kind::Console,
        "What the page brought along could not be read.",
    )
    .hint("Load the page again.")
}

/// As Leptos writes what a page brings along.
pub struct Json;

impl Encoder<Answer> for Json {
    type Error = Infallible;
    type Encoded = String;

    fn encode(answer: &Answer) -> Result<String, Infallible> {
        #[cfg(feature = "ssr")]
        if let Some(value) = answer.0.value.get() {
            return Ok(value.json());
        }
        Ok(answer.0.text.clone())
    }
}

impl Decoder<Answer> for Json {
    type Error = Infallible;
    type Encoded = str;

    fn decode(text: &str) -> Result<Answer, Infallible> {
        Ok(Answer(Arc::new(Held {
            text: text.to_owned(),
            value: OnceLock::new(),
        })))
    }
}
