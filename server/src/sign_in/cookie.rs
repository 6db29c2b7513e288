//! What the browser keeps: a secret of a session, and those of sign-ins that are at a provider.

use axum::http::{HeaderMap, HeaderValue, header};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

/// Sign-ins of one browser that are at a provider at once.
const ATTEMPTS: usize = 5;
/// Characters of a secret.
const SECRET: usize = 43;
/// Characters of the state that an attempt is known by among those.
const MARK: usize = 8;

/// Names and attributes of our cookies. Over HTTPS the names have a prefix that has browsers take them from HTTPS
/// alone, for this host alone, and from no script. They come along where a link on a page elsewhere leads here: what
/// changes something is asked where it comes from besides.
#[derive(Clone)]
pub struct Cookies {
    session: String,
    attempts: String,
    secure: &'static str,
}

impl Cookies {
    pub fn new(public: &Url) -> Self {
        let secure = public.scheme() == "https";
        let name = |what: &str| match secure {
            true => format!("__Host-Http-crowsnest{what}"),
            // Browsers keep cookies by host, and another console may have another port.
            false => format!(
                "crowsnest{what}-{}",
                public.port_or_known_default().unwrap_or_default()
            ),
        };
        Self {
            session: name(""),
            attempts: name("-sign-in"),
            secure: if secure { "; Secure" } else { "" },
        }
    }

    /// The secret of a session; `None` where it is none of ours.
    pub fn session(&self, headers: &HeaderMap) -> Option<SecretString> {
        let value = value(headers, &self.session)?;
        is_secret(value).then(|| value.into())
    }

    /// Begins a session in the browser, until it ends.
    pub fn begin(&self, secret: &SecretString) -> HeaderValue {
        self.set(&self.session, secret.expose_secret(), "")
    }

    /// Ends it there.
    pub fn end(&self) -> HeaderValue {
        self.set(&self.session, "", "; Max-Age=0")
    }

    /// Adds a sign-in to those that are at a provider; the oldest goes where they are too many.
    pub fn add(&self, headers: &HeaderMap, state: &str, secret: &SecretString) -> HeaderValue {
        let entry = format!("{}.{}", mark(state), secret.expose_secret());
        let mut entries: Vec<&str> = self.entries(headers).collect();
        entries.push(&entry);
        let from = entries.len().saturating_sub(ATTEMPTS);
        self.set(&self.attempts, &entries[from..].join("~"), "; Max-Age=600")
    }

    /// The secret of the sign-in with this state, and the cookie without it.
    pub fn take(&self, headers: &HeaderMap, state: &str) -> Option<(SecretString, HeaderValue)> {
        let mark = mark(state);
        let is_it = |entry: &&str| entry.split_once('.').is_some_and(|(its, _)| its == mark);
        let (_, secret) = self.entries(headers).find(is_it)?.split_once('.')?;
        let others: Vec<&str> = self
            .entries(headers)
            .filter(|entry| !is_it(entry))
            .collect();
        let left = match others.is_empty() {
            true => self.set(&self.attempts, "", "; Max-Age=0"),
            false => self.set(&self.attempts, &others.join("~"), "; Max-Age=600"),
        };
        Some((secret.into(), left))
    }

    fn entries<'a>(&self, headers: &'a HeaderMap) -> impl Iterator<Item = &'a str> + use<'a> {
        let value = value(headers, &self.attempts).unwrap_or_default();
        let ours = |entry: &&str| {
            let parts = entry.split_once('.');
            parts.is_some_and(|(its, secret)| {
                its.len() == MARK && is_plain(its) && is_secret(secret)
            })
        };
        value.split('~').filter(ours).take(ATTEMPTS)
    }

    fn set(&self, name: &str, value: &str, more: &str) -> HeaderValue {
        let secure = self.secure;
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{more}");
        // Names are ours, values were looked at.
        HeaderValue::from_str(&cookie).unwrap_or(HeaderValue::from_static(""))
    }
}

fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter();
    let texts = cookies.filter_map(|cookie| cookie.to_str().ok());
    let mut pairs = texts
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(its, _)| *its == name).map(|(_, value)| value)
}

fn is_secret(text: &str) -> bool {
    text.len() == SECRET && is_plain(text)
}

fn is_plain(text: &str) -> bool {
    text.bytes()
        .all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_')
}

/// The beginning of a state, as far as it may stand in a cookie.
fn mark(state: &str) -> String {
    let plain = state.chars().filter(|c| c.is_ascii_alphanumeric());
    let mut mark: String = plain.take(MARK).collect();
    while mark.len() < MARK {
        mark.push('0');
    }
    mark
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookies(url: &str) -> Cookies {
        Cookies::new(&Url::parse(url).unwrap())
    }

    fn sent(cookie: &HeaderValue) -> HeaderMap {
        let pair = cookie.to_str().unwrap().split(';').next().unwrap();
        HeaderMap::from_iter([(header::COOKIE, format!("a=b; {pair}").parse().unwrap())])
    }

    fn secret(letter: &str) -> SecretString {
        letter.repeat(SECRET).into()
    }

    #[test]
    fn a_cookie_is_for_this_host_alone_and_no_script_reads_it() {
        let https = cookies("https://crowsnest.example.com");
        let value = "s".repeat(SECRET);
        assert_eq!(
            https.begin(&secret("s")),
            format!("__Host-Http-crowsnest={value}; Path=/; HttpOnly; SameSite=Lax; Secure")
        );
        assert_eq!(
            https.end(),
            "__Host-Http-crowsnest=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0"
        );
        assert_eq!(
            cookies("http://127.0.0.1:3000").begin(&secret("s")),
            format!("crowsnest-3000={value}; Path=/; HttpOnly; SameSite=Lax")
        );
    }

    #[test]
    fn what_is_no_secret_of_ours_is_nobodys() {
        let cookies = cookies("http://127.0.0.1:3000");
        let asks = |value: &str| {
            let header = format!("crowsnest-3000={value}").parse().unwrap();
            cookies.session(&HeaderMap::from_iter([(header::COOKIE, header)]))
        };
        assert!(asks(&"s".repeat(SECRET)).is_some());
        for odd in [
            "",
            "s",
            &"s".repeat(SECRET + 1),
            &"'".repeat(SECRET),
            &"s ".repeat(30),
        ] {
            assert!(asks(odd).is_none(), "{odd}");
        }
    }

    #[test]
    fn two_tabs_sign_in_at_once_and_of_six_the_oldest_goes() {
        let cookies = cookies("http://127.0.0.1:3000");
        let mut headers = HeaderMap::new();
        let names = ["a", "b", "c", "d", "e", "f"];
        for name in names {
            headers = sent(&cookies.add(&headers, &name.repeat(20), &secret(name)));
        }
        let take = |headers: &HeaderMap, name: &str| cookies.take(headers, &name.repeat(20));
        assert!(take(&headers, "a").is_none(), "the oldest");
        for name in &names[1..] {
            let (found, left) = take(&headers, name).unwrap();
            assert_eq!(found.expose_secret(), secret(name).expose_secret());
            headers = sent(&left);
            assert!(take(&headers, name).is_none(), "it serves once");
        }
    }
}
