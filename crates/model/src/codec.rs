//! JSON of the server's functions.

use serde::{
    Serialize,
    de::{DeserializeOwned, Error as _},
};
use serde_json::Error;
use server_fn::{
    Bytes, ContentType, Decodes, Encodes, Format, FormatType,
    codec::{JsonEncoding, Post},
};

/// Of a function that is posted to, and of its answer.
pub type Json = Post<Text>;

/// As `server_fn` has it, but read from text, as what a page brings along is: the code that reads a type is in
/// what the browser downloads once then, not twice.
pub struct Text;

impl ContentType for Text {
    const CONTENT_TYPE: &'static str = JsonEncoding::CONTENT_TYPE;
}

impl FormatType for Text {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for Text {
    type Error = Error;

    fn encode(output: &T) -> Result<Bytes, Error> {
        <JsonEncoding as Encodes<T>>::encode(output)
    }
}

impl<T: DeserializeOwned> Decodes<T> for Text {
    type Error = Error;

    fn decode(bytes: Bytes) -> Result<T, Error> {
        let text = std::str::from_utf8(&bytes).map_err(Error::custom)?;
        serde_json::from_str(text)
    }
}
