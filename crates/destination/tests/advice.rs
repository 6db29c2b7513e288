//! What is built around the file: stacks, commands, snippets, troubleshooting.

use destination::{
    Auth, Destination, Engine, Kind, Target, diagnose, guide, lint, olake, probes, problems,
    snippet, stack, steps,
};
use std::collections::HashSet;

#[test]
fn local_stacks_share_no_port_and_fit_their_destination() {
    let mut taken = HashSet::new();
    for kind in [Kind::Generic, Kind::Lakekeeper, Kind::Nessie, Kind::Polaris] {
        let stack = stack(kind, Target::Classic, &[]).expect("it runs locally");
        assert!(
            !stack.yaml.contains("{{"),
            "{kind}: an unfilled name in the stack"
        );
        for port in &stack.ports {
            assert!(taken.insert(port.host), "{kind} shares {}", port.host);
            assert!(
                stack
                    .yaml
                    .contains(&format!("\"127.0.0.1:{}:{}\"", port.host, port.container)),
                "{kind} {port:?}"
            );
        }
        assert!(stack.yaml.contains(&format!("name: {}", stack.network)));
        let left: Vec<&str> = lint(&stack.destination)
            .iter()
            .map(|finding| finding.id)
            .filter(|id| !["key.legacy.iceberg_db", "placeholder"].contains(id))
            .collect();
        assert_eq!(left, Vec::<&str>::new(), "{kind}");
    }
    assert!(stack(Kind::Unity, Target::Classic, &[]).is_none());
}

#[test]
fn a_port_in_use_is_passed_by() {
    let stack = stack(Kind::Nessie, Target::Classic, &[19120, 9000]).expect("it runs locally");
    let ports: Vec<u16> = stack.ports.iter().map(|port| port.host).collect();
    assert_eq!(ports, [19121, 9001, 9002]);
}

/// A hostile name stays one word of the shell.
#[test]
fn values_cannot_leave_their_quotes() {
    let mut file = Destination::new(Kind::Polaris, Auth::OAuth2, Target::Classic);
    file.set("rest_catalog_url", "http://polaris:8181/api/catalog");
    file.set("iceberg_s3_path", "a'; rm -rf ~ #$(id)`id`");
    file.set("scope", "PRINCIPAL_ROLE:ALL' $(id)");
    file.set("credential", "who'$(id):hush");
    file.derive();
    let scripts = probes(&file)
        .into_iter()
        .map(|probe| probe.command)
        .chain(steps(&file).into_iter().filter_map(|step| step.command));
    for script in scripts {
        assert!(
            !outside_single_quotes(&script).contains("$(id)"),
            "{script}"
        );
        assert!(!script.contains("hush"), "{script}");
    }
}

/// What a POSIX shell would still expand.
fn outside_single_quotes(script: &str) -> String {
    let mut outside = String::new();
    let (mut single, mut escaped) = (false, false);
    for c in script.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if !single => escaped = true,
            '\'' => single = !single,
            c if !single => outside.push(c),
            _ => {}
        }
    }
    outside
}

#[test]
fn commands_name_one_version_and_one_network() {
    let file = stack(Kind::Nessie, Target::Classic, &[])
        .expect("it runs locally")
        .destination;
    let commands = olake(&file, "mysql");
    let place = &commands[0].command;
    assert!(
        place.contains("mkdir -p olake") && place.contains("\"hosts\""),
        "{place}"
    );
    for command in &commands[1..] {
        assert!(
            command
                .command
                .starts_with("docker run --rm --network olake-nessie -v "),
            "{}",
            command.command
        );
        assert!(
            command.command.contains("olakego/source-mysql:v"),
            "{}",
            command.command
        );
    }
}

#[test]
fn snippets_hold_placeholders_for_secrets() {
    for kind in Kind::ALL {
        for auth in kind.auth_modes() {
            let mut file = Destination::new(kind, *auth, Target::Classic);
            for field in destination::fields(kind, *auth, Target::Classic) {
                file.set(
                    field.key,
                    if field.secret {
                        "id:TopSecret"
                    } else {
                        field.sample
                    },
                );
            }
            for engine in Engine::ALL {
                let text = snippet(&file, engine, None).expect("a REST catalog");
                assert!(!text.contains("TopSecret"), "{kind} {engine:?}");
                assert!(
                    text.contains(file.text("iceberg_s3_path")),
                    "{kind} {engine:?}: {text}"
                );
            }
        }
    }
}

#[test]
fn pasted_errors_find_their_entry() {
    for (text, id) in [
        (
            "failed to initialize destination: failed to start iceberg server: failed to validate config: s3_path is required",
            "file-warehouse-missing",
        ),
        (
            "FATAL error occurred: invalid destination type has been passed [iceberg]",
            "file-type",
        ),
        (
            "json: cannot unmarshal string into Go struct field Config.rest_signing_v_4 of type bool",
            "file-wrong-json-type",
        ),
        ("unsupported catalog_type: lakekeeper", "file-catalog-type"),
        (
            "unknown catalog_type \"x\"; supported are rest, glue, jdbc, hive",
            "file-catalog-type",
        ),
        (
            "rpc error: code = Unavailable desc = connection error: dial tcp 127.0.0.1:50051: connect: connection refused",
            "olake-writer",
        ),
        ("iceberg.catalog_config_invalid: token", "olake-config"),
        ("iceberg.jvm_start_failed", "olake-writer"),
        ("iceberg.jar_not_found", "olake-jar"),
        (
            "java.lang.OutOfMemoryError: Java heap space",
            "olake-memory",
        ),
        (
            "failed to read file: open /mnt/config/destination.json: no such file or directory",
            "olake-mount",
        ),
        (
            "Caused by: java.lang.IllegalArgumentException: Cannot initialize AuthManager implementation Token: ...",
            "file-auth-manager",
        ),
        (
            "org.apache.iceberg.exceptions.RESTException: Unable to find warehouse s3://bucket",
            "polaris-warehouse",
        ),
        (
            "User: arn:aws:iam::1:user/x is not authorized to perform: sts:AssumeRole on resource",
            "aws-assume-role",
        ),
        (
            "Your authentication credentials are invalid ... unauthorized_client",
            "auth-credentials",
        ),
        (
            "Malformed request: invalid_scope: The scope is invalid",
            "polaris-scope",
        ),
        ("Warehouse 's3://x' is not known", "nessie-warehouse"),
        (
            "java.net.ConnectException: Connection refused",
            "net-refused",
        ),
        ("Named reference 'dev' not found", "nessie-reference"),
        (
            "org.apache.iceberg.exceptions.ServiceFailureException: Server error: InternalServerError: boom",
            "net-500",
        ),
        ("unexpected status: 500 Internal Server Error", "net-500"),
        (
            "org.apache.iceberg.exceptions.ServiceUnavailableException: Service unavailable: upstream",
            "net-503",
        ),
        (
            "<html><head><title>502 Bad Gateway</title></head>",
            "net-503",
        ),
        ("504 Gateway Time-out", "net-503"),
        (
            "com.fasterxml.jackson.databind.exc.MismatchedInputException: No content to map due to end-of-input",
            "net-empty",
        ),
        (
            "org.apache.http.NoHttpResponseException: rest:8181 failed to respond",
            "net-empty",
        ),
        (
            "read tcp 10.0.0.1:1->10.0.0.2:2: read: connection reset by peer",
            "net-empty",
        ),
        ("curl: (52) Empty reply from server", "net-empty"),
        ("commit conflict", "nessie-conflict"),
        ("Commit Conflicts", "nessie-conflict"),
        ("Schema permissions", "unity-schema"),
    ] {
        let found = diagnose(text, None);
        assert_eq!(
            found.first().map(|problem| problem.id),
            Some(id),
            "{text}: {:?}",
            found.iter().map(|problem| problem.id).collect::<Vec<_>>()
        );
    }
    assert_eq!(
        diagnose("zzz qqq", None),
        Vec::<&destination::Problem>::new()
    );
    assert_eq!(diagnose("", None), Vec::<&destination::Problem>::new());
}

#[test]
fn entries_are_whole_and_findable() {
    let mut ids = HashSet::new();
    for problem in problems() {
        assert!(ids.insert(problem.id), "{} twice", problem.id);
        assert!(
            !problem.cause.is_empty() && !problem.fix.is_empty(),
            "{}",
            problem.id
        );
        assert!(
            diagnose(problem.symptom, None).contains(&problem),
            "{} is not found by its own symptom",
            problem.id
        );
        for pattern in problem.patterns {
            assert_eq!(*pattern, pattern.to_lowercase(), "{}", problem.id);
            assert!(
                diagnose(pattern, None).contains(&problem),
                "{}: {pattern}",
                problem.id
            );
        }
    }
}

/// Names of the stack resolve in its network alone: by hand its published ports are asked.
#[test]
fn commands_work_with_the_local_stack() {
    for kind in [Kind::Generic, Kind::Lakekeeper, Kind::Nessie, Kind::Polaris] {
        let stack = stack(kind, Target::Classic, &[]).expect("it runs locally");
        let published = format!("http://127.0.0.1:{}/", stack.ports[0].host);
        let probes = probes(&stack.destination);
        assert!(
            probes
                .iter()
                .any(|probe| probe.command.contains(&published)),
            "{kind}: {probes:?}"
        );
        for probe in probes {
            assert!(
                !probe.command.contains("8181/") || published.contains("8181"),
                "{kind}: {probe:?}"
            );
        }
        // It sets itself up.
        let steps = steps(&stack.destination);
        assert_eq!(steps.len(), 2, "{kind}: {steps:?}");
    }
    let mut file = Destination::new(Kind::Generic, Auth::None, Target::Classic);
    file.set("rest_catalog_url", "http://rest.example.com:8181");
    assert!(probes(&file)[0].command.contains("rest.example.com"));
    assert!(!olake(&file, "mysql")[1].command.contains("--network"));
}

/// Who has no keys in the file brings them, or a profile, into the container.
#[test]
fn commands_bring_what_the_file_has_not() {
    let mut file = Destination::new(Kind::Generic, Auth::None, Target::Classic);
    let check = |file: &Destination| olake(file, "postgres")[1].command.clone();
    assert!(check(&file).contains("-e AWS_SESSION_TOKEN"));
    file.set("aws_profile", "lake");
    assert!(check(&file).contains(".aws:/root/.aws:ro"));
    file.set("aws_profile", "");
    file.set("aws_access_key", "minio");
    assert!(!check(&file).contains("AWS_"));
    file.set("iceberg_s3_path", "gs://lake");
    assert!(check(&file).contains("GOOGLE_APPLICATION_CREDENTIALS=/key.json"));
    file.set_release(destination::Release::V1_1_1);
    let discover = &olake(&file, "postgres")[2].command;
    assert!(
        discover.contains(":v1.1.1 ") && discover.contains("--target-query-engines"),
        "{discover}"
    );
}

#[test]
fn ports_are_listed_as_people_list_them() {
    use destination::listed_ports;
    assert_eq!(listed_ports("8181, 9000"), [8181, 9000]);
    assert_eq!(listed_ports("8181-8183 9000;x"), [8181, 8182, 8183, 9000]);
    assert_eq!(listed_ports("99999, 5-, -"), [0u16; 0]);
}

#[test]
fn what_olake_lists_as_optional_and_the_file_leaves_out_is_told_with_its_reason() {
    for (kind, reason) in [
        (Kind::S3Tables, "signed requests only"),
        (Kind::Unity, "hands out its own keys"),
    ] {
        let told = guide(kind).limits.iter().any(|limit| {
            limit.contains("list as optional, are left out here: ") && limit.contains(reason)
        });
        assert!(told, "{kind}");
    }
}
