//! Calls that are not of a catalog: whoever makes them reads the answer as it is.

use std::time::Duration;

use oauth2::{HttpRequest, HttpResponse};
use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING};
use tokio::time::timeout;

use super::{Http, Room, Rooms, read_body, room::SMALL};
use crate::{
    error::{Error, ErrorKind},
    operation::Route,
};

/// Longest answer that is read, in bytes after decompression.
const LONGEST: u64 = SMALL as u64;

impl Http {
    /// Sends a request that is not for a catalog, once, and reads its whole answer within `deadline`, at most 1 MiB of
    /// it. Nothing is masked or logged: that is for who knows what the answer may hold. `Accept-Encoding` is set here.
    ///
    /// Fails as calls do, without a word of the request or of the answer: [`ErrorKind::TimedOut`],
    /// [`ErrorKind::TooLarge`], [`ErrorKind::Redirect`] for any 3xx, [`ErrorKind::Blocked`] for an address that the
    /// guard refuses, [`ErrorKind::Unreachable`], [`ErrorKind::Malformed`], and [`ErrorKind::Invalid`] for a request
    /// that cannot be sent. Any other status is an answer.
    pub async fn send(
        &self,
        request: HttpRequest,
        deadline: Duration,
    ) -> Result<HttpResponse, Error> {
        let mut request = reqwest::Request::try_from(request)
            .map_err(|_| Error::invalid("The address cannot be called."))?;
        if let Some(credentials) = request.headers_mut().get_mut(AUTHORIZATION) {
            credentials.set_sensitive(true);
        }
        let url = request.url().clone();
        timeout(deadline, self.answer(request, deadline))
            .await
            .unwrap_or_else(|_| {
                let message = format!("The whole answer took more than {deadline:?}.");
                Err(Error::new(ErrorKind::TimedOut, Route::NONE, message))
            })
            .map_err(|error| self.told(error, &url))
    }

    async fn answer(
        &self,
        request: reqwest::Request,
        deadline: Duration,
    ) -> Result<HttpResponse, Error> {
        self.permit(request.url())?;
        let answer = self.execute(Route::NONE, request, deadline).await;
        let answer = answer.map_err(|failed| failed.error)?;
        let (status, mut headers) = (answer.status(), answer.headers().clone());
        if status.is_redirection() {
            let message = "The server points elsewhere, and redirects are not followed.";
            return Err(Error::new(ErrorKind::Redirect, Route::NONE, message));
        }
        // It never grows beyond what needs no room.
        let mut room = Room::new(&Rooms::default(), Duration::ZERO);
        let body = read_body(Route::NONE, answer, LONGEST, &mut room).await?;
        // They are of what was on the wire.
        for header in [CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING] {
            headers.remove(header);
        }
        let mut response = HttpResponse::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}
