//! R2 Data Catalog of Cloudflare. Source: the pages on its catalogs and configuration examples.

use super::{Preset, hint};
use crate::keys::*;

pub(super) static R2: Preset = Preset {
    id: "r2",
    label: "Cloudflare R2 Data Catalog",
    says: "The catalog that Cloudflare keeps for a bucket of R2.",
    kind: "generic",
    address: "https://catalog.cloudflarestorage.com/<ACCOUNT_ID>/<BUCKET>",
    example: "https://catalog.cloudflarestorage.com/0123456789abcdef0123456789abcdef/lake",
    auth: &["bearer", "person"],
    first: &[NAME, URL, WAREHOUSE, TOKEN],
    says_of: &[
        hint(
            URL,
            "https://catalog.cloudflarestorage.com/0123456789abcdef0123456789abcdef/lake",
            "The catalog URI that the bucket's settings show once the catalog is on.",
        ),
        hint(
            WAREHOUSE,
            "0123456789abcdef0123456789abcdef_lake",
            "The warehouse name of the same place: account and bucket, joined by an underscore.",
        ),
        hint(
            TOKEN,
            "",
            "A token of R2's API that may read the Data Catalog and the bucket.",
        ),
    ],
    defaults: &[],
};
