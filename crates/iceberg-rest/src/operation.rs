//! Every call of the Iceberg REST API, with its method and path template.

use std::fmt;

/// A method and a path template: how errors, logs and capabilities name a call without naming an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Route {
    /// `GET`, `HEAD`, `POST`, `PUT` or `DELETE`.
    pub method: &'static str,
    /// As in the specification, e.g. `/v1/{prefix}/namespaces/{namespace}`.
    pub template: &'static str,
}

impl Route {
    /// Of an error that belongs to no call.
    pub const NONE: Self = Self {
        method: "",
        template: "",
    };

    /// Of a request for AWS credentials: one of AWS's Security Token Service, or of what gives this machine its own.
    pub const AWS_CREDENTIALS: Self = Self {
        method: "POST",
        template: "AWS credentials",
    };
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.template)
    }
}

macro_rules! operations {
    ($($name:ident = $method:literal $template:literal,)*) => {
        /// An operation of the Iceberg REST specification (main, August 2026).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Operation {
            $(#[doc = concat!("`", $method, " ", $template, "`")] $name,)*
        }

        impl Operation {
            /// Every operation.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its method and path template.
            pub const fn route(self) -> Route {
                match self { $(Self::$name => Route { method: $method, template: $template },)* }
            }
        }
    };
}

operations! {
    GetConfig = "GET" "/v1/config",
    GetToken = "POST" "/v1/oauth/tokens",
    ListNamespaces = "GET" "/v1/{prefix}/namespaces",
    CreateNamespace = "POST" "/v1/{prefix}/namespaces",
    LoadNamespace = "GET" "/v1/{prefix}/namespaces/{namespace}",
    NamespaceExists = "HEAD" "/v1/{prefix}/namespaces/{namespace}",
    DropNamespace = "DELETE" "/v1/{prefix}/namespaces/{namespace}",
    UpdateNamespaceProperties = "POST" "/v1/{prefix}/namespaces/{namespace}/properties",
    ListTables = "GET" "/v1/{prefix}/namespaces/{namespace}/tables",
    CreateTable = "POST" "/v1/{prefix}/namespaces/{namespace}/tables",
    RegisterTable = "POST" "/v1/{prefix}/namespaces/{namespace}/register",
    LoadTable = "GET" "/v1/{prefix}/namespaces/{namespace}/tables/{table}",
    TableExists = "HEAD" "/v1/{prefix}/namespaces/{namespace}/tables/{table}",
    CommitTable = "POST" "/v1/{prefix}/namespaces/{namespace}/tables/{table}",
    DropTable = "DELETE" "/v1/{prefix}/namespaces/{namespace}/tables/{table}",
    UnregisterTable = "POST" "/v1/{prefix}/namespaces/{namespace}/tables/{table}/unregister",
    LoadCredentials = "GET" "/v1/{prefix}/namespaces/{namespace}/tables/{table}/credentials",
    SignRequest = "POST" "/v1/{prefix}/namespaces/{namespace}/tables/{table}/sign",
    ReportMetrics = "POST" "/v1/{prefix}/namespaces/{namespace}/tables/{table}/metrics",
    SendNotification = "POST" "/v1/{prefix}/namespaces/{namespace}/tables/{table}/notifications",
    PlanTableScan = "POST" "/v1/{prefix}/namespaces/{namespace}/tables/{table}/plan",
    FetchPlanningResult = "GET" "/v1/{prefix}/namespaces/{namespace}/tables/{table}/plan/{plan-id}",
    CancelPlanning = "DELETE" "/v1/{prefix}/namespaces/{namespace}/tables/{table}/plan/{plan-id}",
    FetchScanTasks = "POST" "/v1/{prefix}/namespaces/{namespace}/tables/{table}/tasks",
    RenameTable = "POST" "/v1/{prefix}/tables/rename",
    CommitTransaction = "POST" "/v1/{prefix}/transactions/commit",
    ListViews = "GET" "/v1/{prefix}/namespaces/{namespace}/views",
    CreateView = "POST" "/v1/{prefix}/namespaces/{namespace}/views",
    RegisterView = "POST" "/v1/{prefix}/namespaces/{namespace}/register-view",
    LoadView = "GET" "/v1/{prefix}/namespaces/{namespace}/views/{view}",
    ViewExists = "HEAD" "/v1/{prefix}/namespaces/{namespace}/views/{view}",
    ReplaceView = "POST" "/v1/{prefix}/namespaces/{namespace}/views/{view}",
    DropView = "DELETE" "/v1/{prefix}/namespaces/{namespace}/views/{view}",
    RenameView = "POST" "/v1/{prefix}/views/rename",
    ListFunctions = "GET" "/v1/{prefix}/namespaces/{namespace}/functions",
    LoadFunction = "GET" "/v1/{prefix}/namespaces/{namespace}/functions/{function}",
}

impl Operation {
    /// The operation that an `endpoints` entry of `GET /v1/config` names: `"<VERB> <template>"`.
    ///
    /// The leading slash may be missing (the Apache fixture), and placeholders may be called otherwise, or be left out
    /// where the server has no prefix. Entries outside the specification, and the full addresses that the fixture
    /// lists among them, name no operation.
    pub fn from_endpoint(entry: &str) -> Option<Self> {
        let (method, template) = entry.trim().split_once(char::is_whitespace)?;
        Self::from_path(method, template.trim())
    }

    /// The operation that a request reaches: `path` starts after the catalog's base, with `v1/` or `/v1/`.
    /// The prefix may have any number of segments, none included.
    pub fn from_path(method: &str, path: &str) -> Option<Self> {
        let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        Self::ALL.iter().copied().find(|operation| {
            let route = operation.route();
            let template: Vec<&str> = route.template[1..].split('/').collect();
            route.method.eq_ignore_ascii_case(method) && matches_template(&template, &segments)
        })
    }

    /// Whether it is a read that every catalog has.
    pub const fn is_core(self) -> bool {
        matches!(
            self,
            Self::GetConfig
                | Self::ListNamespaces
                | Self::LoadNamespace
                | Self::ListTables
                | Self::LoadTable
        )
    }

    /// True for calls whose outcome is unknown after a failure of the server (specification: CommitStateUnknownException).
    pub const fn is_commit(self) -> bool {
        matches!(
            self,
            Self::CommitTable | Self::CommitTransaction | Self::ReplaceView
        )
    }
}

fn matches_template(template: &[&str], segments: &[&str]) -> bool {
    let Some(("{prefix}", rest)) = template.get(1).copied().zip(template.get(2..)) else {
        return template == segments;
    };
    let Some((&"v1", segments)) = segments.split_first() else {
        return false;
    };
    // The first segment that the template fixes ends the prefix.
    let start = segments.iter().position(|segment| *segment == rest[0]);
    start.is_some_and(|start| {
        let tail = &segments[start..];
        tail.len() == rest.len()
            && tail.iter().zip(rest).all(|(segment, part)| {
                if part.starts_with('{') {
                    !segment.is_empty()
                } else {
                    segment == part
                }
            })
    })
}
