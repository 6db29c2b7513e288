//! Every rule fires on the fault it is named for, on the right key, and falls silent without it.

mod aws;
mod files;
mod pasted;
mod people;
mod rules;
mod sound;
mod values;
mod words;
