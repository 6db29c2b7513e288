//! An answer's body: decompressed, counted and bounded while it arrives.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use async_compression::tokio::bufread::{BrotliDecoder, GzipDecoder};
use futures_util::{TryStreamExt, stream};
use reqwest::{StatusCode, header::CONTENT_ENCODING};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt},
    task::yield_now,
};
use tokio_util::io::StreamReader;

use super::{
    exchange::Answer,
    room::{LARGE, Room, SMALL},
};
use crate::{
    error::{Error, ErrorKind, Hint},
    operation::Route,
};

/// What is asked for. Brotli takes a buffer of up to 16 MiB, so it comes last.
pub(super) const ACCEPTED: &str = "gzip, br;q=0.1";

/// What is read of an error, in bytes: its words may stand behind the stack of what was thrown, and the stacks of its
/// causes.
const ERROR: usize = 512 * 1024;

/// How many times its length on the wire a body may be, beyond the first MiB. Metadata of tables comes to 50.
const RATIO: u64 = 100;

/// Bytes that are decompressed at a time.
const STEP: usize = 16 * 1024;

/// Bytes after which others have their turn: about a millisecond of decompressing. It goes on where it arrives,
/// since a thread of its own would wait for the server most of the time.
const TURN: usize = 256 * 1024;

/// The whole body, of at most `limit` bytes after decompression; of an error its beginning. Grows into `room`.
pub(crate) async fn read_body(
    route: Route,
    answer: Answer,
    limit: u64,
    room: &mut Room,
) -> Result<Vec<u8>, Error> {
    let status = answer.status();
    let is_error = !status.is_success() && status != StatusCode::NOT_MODIFIED;
    let encoding = answer.headers().get(CONTENT_ENCODING).cloned();
    let encoding = encoding
        .as_ref()
        .map_or(&b"identity"[..], |name| name.as_bytes());
    let announced = answer.content_length().unwrap_or_default();
    if announced > limit && encoding == b"identity" && !is_error && route.method != "HEAD" {
        return Err(too_large(route, limit));
    }

    match unpacked(route, answer, is_error).await? {
        Some(unpacked) => unpacked.read(route, limit, room).await,
        None => Ok(Vec::new()),
    }
}

/// A body that is read piece by piece, of any length.
pub(crate) type Plain = Unpacked<Pin<Box<dyn AsyncRead + Send>>>;

/// The body of an answer before its first piece; `None` where it is empty.
pub(crate) async fn unpacked(
    route: Route,
    answer: Answer,
    is_error: bool,
) -> Result<Option<Plain>, Error> {
    let encoding = answer.headers().get(CONTENT_ENCODING).cloned();
    let encoding = encoding
        .as_ref()
        .map_or(&b"identity"[..], |name| name.as_bytes());
    let arrived = Arc::new(AtomicU64::new(0));
    let counted = arrived.clone();
    let chunks = stream::try_unfold(answer, |mut answer| async {
        let chunk = answer.chunk().await?;
        Ok::<_, Error>(chunk.map(|chunk| (chunk, answer)))
    });
    let chunks = chunks
        .inspect_ok(move |chunk| {
            counted.fetch_add(chunk.len() as u64, Ordering::Relaxed);
        })
        .map_err(io::Error::other);
    let mut chunks = StreamReader::new(Box::pin(chunks));
    match chunks.fill_buf().await {
        Ok([]) => return Ok(None),
        // The status stands, whatever becomes of the words.
        Err(_) if is_error => return Ok(None),
        Err(error) => return Err(broken(route, &error)),
        Ok(_) => {}
    }
    let plain: Pin<Box<dyn AsyncRead + Send>> = match encoding {
        b"identity" => Box::pin(chunks),
        b"gzip" | b"x-gzip" => {
            let mut decoder = GzipDecoder::new(chunks);
            decoder.multiple_members(true);
            Box::pin(decoder)
        }
        b"br" => Box::pin(BrotliDecoder::new(chunks)),
        _ => {
            let message = "The server compressed its answer in a way that it was not asked for.";
            return Err(Error::new(ErrorKind::Malformed, route, message).with_hint(Hint::Gateway));
        }
    };

    Ok(Some(Unpacked {
        plain,
        arrived,
        given: 0,
        is_error,
    }))
}

/// A body as it means, piece by piece.
pub(crate) struct Unpacked<R> {
    plain: R,
    /// Bytes on the wire by now.
    arrived: Arc<AtomicU64>,
    /// Bytes that [`Unpacked::piece`] has given.
    given: usize,
    is_error: bool,
}

impl<R: AsyncRead + Unpin> Unpacked<R> {
    /// Adds what comes next to `piece`; `false` after the last.
    pub(crate) async fn piece(&mut self, route: Route, piece: &mut Vec<u8>) -> Result<bool, Error> {
        let before = piece.len();
        while piece.len() - before < TURN {
            let length = self.plain.read_buf(piece).await;
            if length.map_err(|error| broken(route, &error))? == 0 {
                break;
            }
        }
        self.given += piece.len() - before;
        let wire = self.arrived.load(Ordering::Relaxed);
        match self.given > SMALL && self.given as u64 > RATIO * wire {
            true => Err(bloated(route, self.given as u64)),
            false => Ok(piece.len() > before),
        }
    }

    async fn read(mut self, route: Route, limit: u64, room: &mut Room) -> Result<Vec<u8>, Error> {
        let is_error = self.is_error;
        let mut body = Vec::new();
        let mut step = vec![0; STEP];
        loop {
            let length = match self.plain.read(&mut step).await {
                Ok(length) => length,
                Err(_) if is_error => 0,
                Err(error) => return Err(broken(route, &error)),
            };
            if length == 0 {
                return Ok(body);
            }
            let whole = body.len() + length;
            if is_error && whole >= ERROR {
                body.extend_from_slice(&step[..length - (whole - ERROR)]);
                return Ok(body);
            }
            if whole as u64 > limit {
                return Err(too_large(route, limit));
            }
            let wire = self.arrived.load(Ordering::Relaxed);
            if whole > SMALL && whole as u64 > RATIO * wire {
                return Err(bloated(route, whole as u64));
            }
            room.fit(route, whole).await?;
            if whole > body.capacity() {
                body.reserve_exact(capacity(whole, limit) - body.len());
            }
            body.extend_from_slice(&step[..length]);
            if whole / TURN > (whole - length) / TURN {
                yield_now().await;
            }
        }
    }
}

/// Bytes to have for a body that has grown to `whole`. Few steps: each leaves what it outgrew behind, which the
/// allocator keeps for a while. Pages that are never written to cost nothing.
fn capacity(whole: usize, limit: u64) -> usize {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let steps = [STEP, 8 * STEP, SMALL, LARGE];
    let step = steps.into_iter().find(|step| *step >= whole);
    step.unwrap_or(whole + whole / 4).min(limit).max(whole)
}

fn too_large(route: Route, limit_bytes: u64) -> Error {
    let message = format!(
        "The server's answer is longer than {} MiB, the limit for one answer.",
        limit_bytes / (1024 * 1024)
    );
    Error::new(ErrorKind::TooLarge { limit_bytes }, route, message)
}

fn bloated(route: Route, limit_bytes: u64) -> Error {
    let message = format!(
        "The server's compressed answer unpacks to more than {RATIO} times its length: it is not read on."
    );
    Error::new(ErrorKind::TooLarge { limit_bytes }, route, message)
}

/// A failure of the connection, or else of the decoder.
fn broken(route: Route, error: &io::Error) -> Error {
    let cause = error.get_ref().and_then(|cause| cause.downcast_ref());
    cause.cloned().unwrap_or_else(|| {
        let message = "The server's compressed answer is broken.";
        Error::new(ErrorKind::Malformed, route, message).with_hint(Hint::Broken)
    })
}

#[cfg(test)]
mod tests {
    use std::{pin::pin, time::Duration};

    use futures_util::FutureExt;

    use super::*;
    use crate::{operation::Operation, outbound::Rooms};

    #[tokio::test]
    async fn others_have_their_turn_while_a_long_answer_is_unpacked() {
        for (length, at_once) in [(TURN - 1, true), (TURN, false)] {
            // All of it is there.
            let unpacked = Unpacked {
                plain: tokio::io::repeat(b' ').take(length as u64),
                arrived: Arc::default(),
                given: 0,
                is_error: false,
            };
            let mut room = Room::new(&Rooms::default(), Duration::ZERO);
            let route = Operation::LoadTable.route();
            let mut reading = pin!(unpacked.read(route, u64::MAX, &mut room));
            let at_first = reading.as_mut().now_or_never();
            assert_eq!(at_first.is_some(), at_once, "{length}");
            let body = match at_first {
                Some(body) => body,
                None => reading.await,
            };
            assert_eq!(body.unwrap().len(), length);
        }
    }
}
