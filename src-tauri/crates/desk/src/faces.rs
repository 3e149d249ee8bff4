//! The font files that the program ships, and their order: BIZ UD first, drawn for business papers; Noto JP behind
//! it for the letters it lacks, such as 𠮷 (measured: research on name kanji, BIZ UD has no U+20BB7).

use crate::hold;
use press::{Face, Family, Weight};
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

/// File name (as the npm packages under `@expo-google-fonts` have it), family, weight; in order of use.
const FACES: &[(&str, &str, Family, Weight)] = &[
    ("biz-udpgothic", "BIZUDPGothic_400Regular", Family::Gothic, Weight::Regular),
    ("biz-udpgothic", "BIZUDPGothic_700Bold", Family::Gothic, Weight::Bold),
    ("biz-udpmincho", "BIZUDPMincho_400Regular", Family::Mincho, Weight::Regular),
    ("noto-sans-jp", "NotoSansJP_400Regular", Family::Gothic, Weight::Regular),
    ("noto-sans-jp", "NotoSansJP_700Bold", Family::Gothic, Weight::Bold),
    ("noto-serif-jp", "NotoSerifJP_400Regular", Family::Mincho, Weight::Regular),
];

/// The faces in a folder, in which each file lies directly or below, as a package has it. A file is opened when a letter
/// is first looked for in it, and stays open: an update that lays another in its place does not change what is drawn.
///
/// # Errors
/// `NotFound` names the file that is missing.
pub fn faces(folder: &Path) -> io::Result<Vec<Face>> {
    FACES
        .iter()
        .map(|(package, name, family, weight)| {
            let file = format!("{name}.ttf");
            let in_package = folder.join(package).join(name.rsplit('_').next().unwrap_or(name)).join(&file);
            let path = [folder.join(&file), in_package, folder.join(package).join(&file)]
                .into_iter()
                .find(|p| p.exists());
            let path = path.ok_or_else(|| {
                io::Error::new(io::ErrorKind::NotFound, format!("{file} is not in the folder of fonts"))
            })?;
            Ok(Face {
                name: name.split('_').next().unwrap_or(name).to_owned(),
                family: *family,
                weight: *weight,
                read: reading(path),
            })
        })
        .collect()
}

fn reading(path: PathBuf) -> Arc<press::Read> {
    let file: Mutex<Option<File>> = Mutex::new(None);
    Arc::new(move |range| {
        let mut held = hold(&file);
        let file = match &mut *held {
            Some(file) => file,
            none => none.insert(File::open(&path)?),
        };
        file.seek(SeekFrom::Start(range.start as u64))?;
        let mut bytes = Vec::with_capacity(range.len().min(1 << 20));
        file.take(range.len() as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    })
}
