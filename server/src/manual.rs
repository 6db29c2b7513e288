//! What packages install beside the program: completions, the manual page, and the reference of settings.

use std::{fmt::Write, io};

use clap::{CommandFactory, Subcommand};

use crate::config::{
    Flags,
    keys::{CONNECTION, Key, PROVIDER, SERVER, variable},
};

#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Print what a shell completes the command line by
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, in roff
    Man,
    /// Print every setting there is, in Markdown
    Reference,
}

/// Prints it.
pub fn print(command: &Command) -> io::Result<()> {
    let (mut program, mut out) = (Flags::command(), io::stdout());
    match command {
        Command::Completions { shell } => {
            clap_complete::generate(*shell, &mut program, "crowsnest", &mut out);
            Ok(())
        }
        Command::Man => clap_mangen::Man::new(program).render(&mut out),
        Command::Reference => io::Write::write_all(&mut out, reference().as_bytes()),
    }
}

/// `docs/configuration.md`.
pub fn reference() -> String {
    let mut page = String::from(
        "# Configuration

<!-- Printed by `crowsnest reference > docs/configuration.md`. -->

Settings stand in `crowsnest.toml` (`./crowsnest.toml`, then `crowsnest/crowsnest.toml` in the user's configuration
folder; another file with `--config` or `CROWSNEST_CONFIG`), above it in the environment, above that in flags.
`crowsnest --print-config` says what is in force and where it comes from. A key that is not known is an error.

`kill -HUP` reads the connections of the file and of the environment anew, with the files of their secrets; everything
else counts from the next start. What cannot be used changes nothing, and is said in the log.

A secret (*) may also stand as `<key>_file`, the path of a file, or `<key>_env`, the name of a variable.
",
    );
    let sections = [
        ("At the top", "CROWSNEST_", SERVER),
        (
            "In each `[[connection]]`",
            "CROWSNEST_CONNECTION_<NAME>_",
            CONNECTION,
        ),
        ("In each `[[provider]]`", "", PROVIDER),
    ];
    for (title, prefix, keys) in sections {
        // Writing to a String cannot fail.
        let _ = write!(
            page,
            "\n## {title}\n\n| key | | variable | |\n|---|---|---|---|\n"
        );
        for key in keys {
            let _ = writeln!(page, "{}", row(key, prefix));
        }
    }
    page
}

fn row(key: &Key, prefix: &str) -> String {
    let star = if key.secret { "\\*" } else { "" };
    let variable = match prefix {
        "" => String::new(),
        prefix => format!("`{prefix}{}`", variable(key.name)),
    };
    format!(
        "| `{}`{star} | {} | {variable} | {} |",
        key.name,
        key.shape.name(),
        key.doc.replace('|', "\\|").replace('<', "\\<")
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_documented_settings_are_those_there_are() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/configuration.md");
        assert!(
            std::fs::read_to_string(path).unwrap() == super::reference(),
            "write it anew: crowsnest reference > docs/configuration.md"
        );
    }
}
