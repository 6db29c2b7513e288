//! A proxy in front of a catalog that cuts connections where it is told.

use std::sync::{Arc, Mutex, MutexGuard};

use axum::{Router, body::Body};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Notify,
};

use crate::support::{ask, request};

/// Where a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The catalog never hears of the request.
    Before,
    /// The catalog has done it, and nothing of its answer comes.
    After,
    /// Half of the answer comes.
    During,
    /// The catalog has done it, and whoever asked waits for ever.
    Never,
}

#[derive(Default)]
struct Told {
    /// Once each: the method and path of a request, and where to cut.
    cuts: Vec<(String, Cut)>,
    /// What others do to the catalog right before the next cut.
    meanwhile: Vec<(&'static str, Value)>,
    /// Whether nobody is answered any more after the next cut.
    then_deaf: bool,
    deaf: bool,
    /// Method and path of what went on to the catalog.
    seen: Vec<String>,
}

#[derive(Clone)]
pub struct Proxy {
    pub url: String,
    catalog: Router,
    told: Arc<Mutex<Told>>,
    held: Arc<Notify>,
}

impl Proxy {
    pub async fn start(catalog: Router) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let proxy = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            catalog,
            told: Arc::default(),
            held: Arc::default(),
        };
        let serving = proxy.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let proxy = serving.clone();
                tokio::spawn(async move { proxy.serve(stream).await });
            }
        });
        proxy
    }

    /// Lines of a connection `p` through it.
    pub fn settings(&self) -> String {
        let url = &self.url;
        format!("[[connection]]\nname = \"p\"\nurl = \"{url}\"\nkind = \"generic\"\n")
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap()
    }

    /// Cuts the next request of this method and path.
    pub fn cut(&self, call: &str, cut: Cut) {
        self.told().cuts.push((call.to_owned(), cut));
    }

    /// Somebody else sends this to the catalog right before the next cut.
    pub fn meanwhile(&self, path: &'static str, body: Value) {
        self.told().meanwhile.push((path, body));
    }

    /// After the next cut nobody is answered any more.
    pub fn then_deaf(&self) {
        self.told().then_deaf = true;
    }

    pub fn hears(&self) {
        self.told().deaf = false;
    }

    /// What went on to the catalog until now.
    pub fn forget(&self) {
        self.told().seen.clear();
    }

    /// How often a request of this method and path went on to the catalog.
    pub fn sent(&self, call: &str) -> usize {
        let told = self.told();
        told.seen.iter().filter(|seen| *seen == call).count()
    }

    /// Until a request is made that is never answered.
    pub async fn held(&self) {
        self.held.notified().await;
    }

    /// One request: there are no others on the connection.
    async fn serve(&self, mut stream: TcpStream) {
        let Some((method, target, body)) = read(&mut stream).await else {
            return;
        };
        let path = target.split('?').next().unwrap_or_default();
        let call = format!("{method} {path}");
        let (cut, meanwhile) = {
            let mut told = self.told();
            let at = told.cuts.iter().position(|(cut, _)| *cut == call);
            let cut = at.map(|at| told.cuts.remove(at).1);
            if told.deaf || cut == Some(Cut::Before) {
                told.deaf |= told.then_deaf;
            } else {
                told.seen.push(call);
            }
            match cut {
                Some(_) => (cut, std::mem::take(&mut told.meanwhile)),
                None if told.deaf => return,
                None => (None, Vec::new()),
            }
        };
        let answer = match cut {
            Some(Cut::Before) => Vec::new(),
            _ => self.forward(&method, &target, body).await,
        };
        for (path, body) in meanwhile {
            let made = self.forward("POST", path, body.to_string().into_bytes());
            let made = String::from_utf8(made.await).unwrap();
            assert!(made.starts_with("HTTP/1.1 2"), "{path}: {made}");
        }
        if cut.is_some() {
            let mut told = self.told();
            told.deaf |= told.then_deaf;
        }
        let part = match cut {
            None => &answer[..],
            Some(Cut::During) => &answer[..answer.len() / 2],
            Some(Cut::Before | Cut::After) => &[],
            Some(Cut::Never) => {
                self.held.notify_one();
                // Until whoever asked is gone.
                let _ = stream.read(&mut [0]).await;
                return;
            }
        };
        let _ = stream.write_all(part).await;
        let _ = stream.shutdown().await;
    }

    /// The catalog's answer, as it goes over the wire.
    async fn forward(&self, method: &str, target: &str, body: Vec<u8>) -> Vec<u8> {
        let json = [("host", "catalog"), ("content-type", "application/json")];
        let mut asked = request(method, target, &json);
        *asked.body_mut() = Body::from(body);
        let told = ask(&self.catalog, asked).await;
        let mut head = format!("HTTP/1.1 {}\r\nconnection: close\r\n", told.status);
        for name in ["content-type", "etag"] {
            let value = told.header(name);
            if !value.is_empty() {
                head += &format!("{name}: {value}\r\n");
            }
        }
        let length = told.body.len();
        format!("{head}content-length: {length}\r\n\r\n{}", told.body).into_bytes()
    }
}

/// Method, target and body; `None` where no whole request comes.
async fn read(stream: &mut TcpStream) -> Option<(String, String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|part| part == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
    let mut first = head.split(' ').map(str::to_owned);
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let length = name.eq_ignore_ascii_case("content-length");
        length.then(|| value.trim().parse::<usize>().ok())?
    });
    let mut body = bytes.split_off(end);
    while body.len() < length.unwrap_or(0) {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some((first.next()?, first.next()?, body))
}
