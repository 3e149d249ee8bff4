//! Tells Tauri which commands the page may be allowed to call; a command not named here does not exist for it.

fn main() {
    let commands = &["launch", "run", "cancel", "choose_file", "save_file", "open_saved", "close_window"];
    let manifest = tauri_build::AppManifest::new().commands(commands);
    let windows =
        tauri_build::WindowsAttributes::new().app_manifest(include_str!("packages/enishi.manifest"));
    let attributes = tauri_build::Attributes::new().app_manifest(manifest).windows_attributes(windows);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
        println!(
            "cargo::error=the page, the fonts and the postal codes are put there by `make setup` and `make ui`"
        );
        std::process::exit(1);
    }
}
