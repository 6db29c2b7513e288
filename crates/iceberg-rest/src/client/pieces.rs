//! An answer of any length, piece by piece.

use std::sync::Arc;

use reqwest::{
    Method,
    header::{HeaderName, HeaderValue},
};
use url::Url;

use super::{
    Server,
    send::{Call, Progress},
};
use crate::{
    error::{Error, ErrorKind},
    mask::Mask,
    operation::Route,
    outbound::{Plain, unpacked},
};

/// An answer as it arrives, without the secrets of the connection. None of it is kept.
pub struct Pieces {
    route: Route,
    body: Option<Plain>,
    mask: Arc<Mask>,
    held: Vec<u8>,
}

impl Pieces {
    /// What comes next; `None` after the last. Each may be empty.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let Some(body) = &mut self.body else {
            return Ok(None);
        };
        let more = body.piece(self.route, &mut self.held).await?;
        if !more {
            self.body = None;
        }
        Ok(Some(self.mask.piece(&mut self.held, !more)))
    }
}

impl Server {
    /// A read whose answer may be longer than what is read at once. It is sent once.
    pub(super) async fn pieces(
        &self,
        route: Route,
        url: Url,
        headers: &[(HeaderName, HeaderValue)],
    ) -> Result<Pieces, Error> {
        let (method, body) = (Method::GET, None);
        let call = Call {
            method,
            route,
            url,
            headers,
            body,
        };
        let (request, _) = self.request(&call).await?;
        let answer = self.answer(&call, request, &Progress::default()).await?;
        if !answer.status().is_success() {
            let message = format!("The server answered {}.", answer.status());
            return Err(Error::new(ErrorKind::Malformed, route, message));
        }
        let body = unpacked(route, answer, false).await;
        Ok(Pieces {
            route,
            body: body.map_err(|error| self.0.mask.error(error))?,
            mask: self.0.mask.clone(),
            held: Vec::new(),
        })
    }
}
