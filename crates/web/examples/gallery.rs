//! Renders every page with sample data into a directory, to be looked at in a browser:
//! `cargo run -p web --example gallery -- /tmp/gallery`.

#[path = "../tests/it/samples/mod.rs"]
mod samples;

use std::{env, error::Error, fs, path::PathBuf};

use web::assets::{self, ICON, STYLESHEET};

fn main() -> Result<(), Box<dyn Error>> {
    let directory = PathBuf::from(env::args().nth(1).ok_or("which directory?")?);
    fs::create_dir_all(&directory)?;
    fs::write(directory.join("tequio.css"), STYLESHEET.bytes())?;
    fs::write(directory.join("tequio.svg"), ICON.bytes())?;
    fs::create_dir_all(directory.join("assets"))?;
    for (name, asset) in [
        ("leaflet.js", assets::LEAFLET),
        ("leaflet.css", assets::LEAFLET_SHEET),
        ("map.js", assets::MAP),
        ("map.css", assets::MAP_SHEET),
        ("print.css", assets::PRINT_SHEET),
        ("land.json", assets::LAND),
        ("land.svg", assets::OUTLINE),
    ] {
        fs::write(directory.join("assets").join(name), asset.bytes())?;
    }
    fs::write(directory.join("map.html"), samples::map()?)?;
    for (name, html) in samples::all()? {
        fs::write(directory.join(format!("{name}.html")), html)?;
    }
    Ok(())
}
