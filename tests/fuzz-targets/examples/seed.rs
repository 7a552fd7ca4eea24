//! Writes `fuzz/corpus/TARGET/` and `fuzz/corpus/TARGET.dict` for every fuzzer.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for seeds in pickler_fuzz_targets::all_seeds() {
        let folder = corpus.join(seeds.target);
        fs::create_dir_all(&folder)?;
        for input in &seeds.inputs {
            let mut hasher = DefaultHasher::new();
            input.hash(&mut hasher);
            fs::write(folder.join(format!("seed-{:016x}", hasher.finish())), input)?;
        }
        let dictionary = corpus.join(format!("{}.dict", seeds.target));
        fs::write(dictionary, seeds.dictionary())?;
        println!(
            "{}: {} inputs, {} words",
            seeds.target,
            seeds.inputs.len(),
            seeds.words.len()
        );
    }
    Ok(())
}
