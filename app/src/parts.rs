//! Parts of the code that the browser fetches when the first page of theirs is opened.

#[cfg(not(target_family = "wasm"))]
pub mod head;

use std::{pin::Pin, sync::Arc};

use leptos::{prelude::*, wasm_split::SplitLoaderError};
use leptos_router::ChooseView;

pub type Later<T> = Pin<Box<dyn Future<Output = Result<T, SplitLoaderError>>>>;

/// A view out of a part. One type for all of them: the router's code comes once for each type of view that it is given.
#[derive(Clone)]
pub struct Part {
    view: Arc<dyn Fn() -> Later<AnyView> + Send + Sync>,
    fetch: fn() -> Later<()>,
}

impl Part {
    pub fn new(
        view: impl Fn() -> Later<AnyView> + Send + Sync + 'static,
        fetch: fn() -> Later<()>,
    ) -> Self {
        Self {
            view: Arc::new(view),
            fetch,
        }
    }
}

impl ChooseView for Part {
    async fn choose(self) -> AnyView {
        match (self.view)().await {
            Ok(view) => view,
            Err(_) => leave().await,
        }
    }

    async fn preload(&self) {
        if (self.fetch)().await.is_err() {
            leave::<()>().await;
        }
    }
}

/// A part that cannot be fetched, as the server is away or is a newer one: the browser loads the page that was asked for.
/// One that is shown already, and is not taken over for that, works as it does without scripts.
async fn leave<T>() -> T {
    #[cfg(target_family = "wasm")]
    {
        let url = leptos_router::hooks::use_url().get_untracked();
        let search = match url.search().trim_start_matches('?') {
            "" => String::new(),
            search => format!("?{search}"),
        };
        let wanted = format!("{}{search}", url.path());
        let location = window().location();
        let shown = location
            .pathname()
            .and_then(|path| Ok(path + &location.search()?));
        if shown.is_ok_and(|shown| shown != wanted) {
            let _ = location.assign(&wanted);
        }
    }
    std::future::pending().await
}

/// A function that gives a view, with a part of its own; what is made under its name gives a [`Part`].
macro_rules! part {
    ($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty)?) $body:block) => {
        mod $name {
            use super::*;

            #[leptos::wasm_split::wasm_split($name, wasm_split_path = leptos::wasm_split, preload(fetch), fallible)]
            pub fn view($($arg: $type)?) -> Result<AnyView, leptos::wasm_split::SplitLoaderError> {
                Ok($body)
            }
        }

        $(#[$doc])*
        pub fn $name($($arg: $type)?) -> $crate::parts::Part {
            $crate::parts::Part::new(
                move || {
                    #[cfg(not(target_family = "wasm"))]
                    $crate::parts::head::announce(stringify!($name));
                    Box::pin($name::view($($arg)?))
                },
                || Box::pin($name::fetch()),
            )
        }
    };
}

/// Pages of a kind by the parts that they come in, and what is shown in place of one that is none; `view_of` gives each its own.
macro_rules! parts {
    ($kind:ident or $none:path; $($(#[$doc:meta])* $part:ident { $($page:ident => $view:path,)+ })+) => {
        $($crate::parts::part! {
            $(#[$doc])*
            $part(page: $kind) {
                #[allow(unreachable_patterns)]
                match page {
                    $($kind::$page => $view().into_any(),)+
                    _ => $none().into_any(),
                }
            }
        })+

        pub fn view_of(page: $kind) -> $crate::parts::Part {
            match page {
                $($($kind::$page)|+ => $part(page),)+
            }
        }
    };
}

pub(crate) use {part, parts};
