//! Unity Catalog.

use super::{Preset, hint};
use crate::keys::*;

pub(super) static UNITY: Preset = Preset {
    id: "unity",
    label: "Unity Catalog",
    says: "Unity Catalog of a Databricks workspace, or the open-source server.",
    kind: "unity",
    address: "https://<WORKSPACE>/api/2.1/unity-catalog/iceberg-rest",
    example: "https://workspace.cloud.databricks.com/api/2.1/unity-catalog/iceberg-rest",
    auth: &[
        "bearer",
        "oauth2",
        "person",
        "passed-on",
        "exchanged",
        "none",
    ],
    first: &[
        NAME,
        URL,
        WAREHOUSE,
        TOKEN,
        CLIENT_ID,
        CLIENT_SECRET,
        TOKEN_URL,
        SCOPE,
    ],
    says_of: &[
        hint(
            URL,
            "https://workspace.cloud.databricks.com/api/2.1/unity-catalog/iceberg-rest",
            "The workspace's own host name, with /api/2.1/unity-catalog/iceberg-rest.",
        ),
        hint(
            WAREHOUSE,
            "main",
            "The name of a catalog, as it stands at the top of Catalog Explorer.",
        ),
        hint(
            TOKEN,
            "dapi…",
            "A personal access token, made under Settings, Developer.",
        ),
        hint(
            TOKEN_URL,
            "https://workspace.cloud.databricks.com/oidc/v1/token",
            "On the host of the workspace.",
        ),
        hint(SCOPE, "all-apis", "all-apis for a service principal."),
    ],
    defaults: &[(SCOPE, "all-apis")],
};
