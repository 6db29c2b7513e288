//! Prints what OLake makes of a file, secrets included: `{"properties": {…}, "environment": {…}}`.
//! For a client of another make, which is to be configured from exactly that.

use destination::Destination;
use serde_json::json;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: properties FILE")?;
    let decoded = Destination::import(&std::fs::read(path)?)?.decode()?;
    println!(
        "{}",
        json!({"properties": decoded.properties, "environment": decoded.environment})
    );
    Ok(())
}
