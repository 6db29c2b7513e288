#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod access;
mod bounds;
mod command;
mod config;
mod config_secrets;
mod connections;
mod destination;
mod destination_check;
mod destination_cli;
mod door;
mod forms;
mod hints;
mod hostile;
mod http;
mod leaks;
mod markup;

mod odd_metadata;
mod onboard;
mod pages;
mod polaris;
mod polaris_objects;
mod polaris_support;
mod polaris_ways;
mod reads;
mod secrets;
mod sections;
mod sizes;
mod slow;
mod support;
mod twice;
mod verdicts;
mod warehouses;
