use std::{env, process::ExitCode};

use clap::Parser;
use server::config::{Config, Flags};

fn main() -> ExitCode {
    let flags = Flags::parse();
    let variables = env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    let outcome = Config::load(&flags, &variables)
        .map_err(server::Error::from)
        .and_then(|config| match flags.print_config {
            true => Ok(println!("{}", config.printed)),
            false => server::run(config),
        });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("crowsnest: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}
