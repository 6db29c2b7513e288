use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::keys;
use crate::{destination::cli, manual, store};

/// One console for Apache Iceberg REST catalogs
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "crowsnest", version, after_help = keys::help())]
pub struct Flags {
    /// Configuration file [default: ./crowsnest.toml, then crowsnest/crowsnest.toml in the user's
    /// configuration folder; also CROWSNEST_CONFIG]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Address and port to listen on; port 0 takes a free one [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
    /// Let other machines reach the console though nobody has to sign in
    #[arg(long)]
    pub allow_remote: bool,
    /// Start the sample catalogs and connect them [default when no connection is configured]
    #[arg(long)]
    pub sample: bool,
    /// Open the console in the browser once it is ready
    #[arg(long)]
    pub open: bool,
    /// Print the settings in force and where each comes from, secrets masked, and stop
    #[arg(long)]
    pub print_config: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Look at, mend and try out OLake's destination.json
    Destination(cli::Command),
    #[command(flatten)]
    Store(store::cli::Command),
    #[command(flatten)]
    Manual(manual::Command),
    /// Ask the Crowsnest that runs with these settings whether it is ready
    Ready,
}
