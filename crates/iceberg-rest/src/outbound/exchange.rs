//! One request out and its answer back, each wait bounded.

use std::{ops::Deref, time::Duration};

use hyper::body::Bytes;
use tokio::time::timeout;

use super::{Http, fault};
use crate::{
    error::{Error, ErrorKind},
    operation::Route,
};

/// A request without an answer.
pub(crate) struct Failed {
    pub error: Error,
    /// The server may have read the request.
    pub sent: bool,
}

/// An answer of which the head has come.
pub(crate) struct Answer {
    response: reqwest::Response,
    route: Route,
    silence: Duration,
    proxied: bool,
}

impl Http {
    /// `silence`: how long to wait for the head of the answer, and then for each piece of its body.
    pub(crate) async fn execute(
        &self,
        route: Route,
        request: reqwest::Request,
        silence: Duration,
    ) -> Result<Answer, Failed> {
        if let Some(judge) = &self.judge {
            let judged = judge.permit(route, request.url()).await;
            judged.map_err(|error| Failed { error, sent: false })?;
        }
        let proxied = self.proxied;
        match timeout(silence, self.client.execute(request)).await {
            Ok(Ok(response)) => Ok(Answer {
                response,
                route,
                silence,
                proxied,
            }),
            Ok(Err(error)) => Err(Failed {
                sent: fault::may_have_been_sent(&error),
                error: fault::from_reqwest(route, &error, proxied),
            }),
            Err(_) => Err(Failed {
                error: silent(route, silence),
                sent: true,
            }),
        }
    }
}

impl Answer {
    /// The next piece of the body as it is sent; `None` after the last.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let (route, proxied) = (self.route, self.proxied);
        timeout(self.silence, self.response.chunk())
            .await
            .map_err(|_| silent(route, self.silence))?
            .map_err(|error| fault::from_reqwest(route, &error, proxied))
    }
}

impl Deref for Answer {
    type Target = reqwest::Response;

    fn deref(&self) -> &reqwest::Response {
        &self.response
    }
}

fn silent(route: Route, silence: Duration) -> Error {
    let message = format!(
        "The server was silent for {} s. Check that it runs and is not overloaded.",
        silence.as_secs_f32()
    );
    Error::new(ErrorKind::TimedOut, route, message)
}
