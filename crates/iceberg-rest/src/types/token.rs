use serde::{Deserialize, Deserializer, de::Error};
use serde_json::value::RawValue;

/// What a page says of the next one, as a field of a page's own type.
///
/// `null`, an empty text, `false` and numbers up to zero say that there is none; other whole numbers are sent back in
/// their digits, as Java's client does. What else is no text cannot be sent back, and costs the rest of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PageToken {
    /// This was the last page.
    #[default]
    None,
    /// To be sent back as it is.
    Token(String),
    /// Perhaps there is more: what was sent is no text.
    Unreadable,
}

impl PageToken {
    /// As it is sent back, where there is a next page that can be asked for.
    pub fn text(self) -> Option<String> {
        match self {
            Self::Token(token) => Some(token),
            Self::None | Self::Unreadable => None,
        }
    }
}

impl<'de> Deserialize<'de> for PageToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let json = raw.get();
        if json.starts_with('"') {
            let text: String = serde_json::from_str(json).map_err(D::Error::custom)?;
            return Ok(match text.is_empty() {
                true => Self::None,
                false => Self::Token(text),
            });
        }
        Ok(match json.parse::<i128>() {
            Ok(number) if number > 0 => Self::Token(json.to_owned()),
            Ok(_) => Self::None,
            Err(_) if matches!(json, "null" | "false") => Self::None,
            Err(_) => Self::Unreadable,
        })
    }
}
