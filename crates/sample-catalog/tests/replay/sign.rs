//! Signs replayed requests as the recorded ones were signed.

use crate::{exchange::Exchange, run::Request, signing::Signing};

/// Replaces the recorded note on the signature by a signature.
pub fn sign(recorded: &Exchange, request: &mut Request) {
    let noted = |(_, value): &(String, String)| value.starts_with("AWS4-HMAC-SHA256 (");
    let Some(place) = request.headers.iter().position(noted) else {
        return;
    };
    let (_, note) = request.headers.remove(place);
    let field = |name: &str| {
        let mut words = note
            .split([' ', ',', '(', ')'])
            .skip_while(|word| *word != name);
        words.nth(1).unwrap_or_default().to_owned()
    };
    let mut signing = Signing::right();
    signing.service = field("service");
    if field("region") != "us-east-1" {
        signing.region = field("region");
    }
    let answer = recorded.text();
    let mismatch = answer.contains("does not match");
    if answer.contains("does not exist in our records") {
        signing.access_key_id = "AKIAUNKNOWN".into();
    } else if mismatch && !recorded.path.contains('%') {
        signing.secret = "wrong".into();
    }
    signing.payload_header = !answer.contains("x-amz-content-sha256");
    // The real server refused the encoding that it does not use; so does ours.
    signing.path_twice = signing.service != "s3" && !(mismatch && recorded.path.contains('%'));
    let headers = signing.headers(&recorded.method, &request.path, &request.body);
    request.headers.extend(headers);
}
