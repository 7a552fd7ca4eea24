//! What is on the way through a function when nothing goes wrong: no call, and
//! so many branches, and a cursor in registers.
//!
//! Whatever fails, and whatever grows a buffer, is behind a call, so that the
//! hot path is the one without. To see what became of it:
//! `cargo rustc -p pickler-assembly --lib --release -- --emit asm`.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

/// The assembly of the functions in `src/lib.rs`, optimised, by way of a file.
fn assembly(file: &str) -> String {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(file);
    // What was compiled before is compiled again only if it has changed.
    let status = Command::new(env!("CARGO"))
        .args(["rustc", "--package", "pickler-assembly", "--lib"])
        .args(["--release", "--locked", "--"])
        .args(["-C", "codegen-units=1", "-C", "debuginfo=0"])
        .arg(format!("--emit=asm={}", file.display()))
        .status()
        .expect("cargo runs this test, too");
    assert!(status.success(), "the crate is not compiled");
    std::fs::read_to_string(&file).expect("the compiler has written it")
}

/// A function: its instructions, and where its labels are.
#[derive(Debug, Default)]
struct Function<'a> {
    instructions: Vec<&'a str>,
    labels: HashMap<&'a str, usize>,
}

impl<'a> Function<'a> {
    /// The function of that name in Rust.
    fn find(assembly: &'a str, name: &str) -> Self {
        // Both ways to mangle names put the length in front.
        let mangled = format!("{}{name}", name.len());
        let mut lines = assembly.lines();
        lines
            .find(|line| line.starts_with('_') && line.contains(&mangled) && line.ends_with(':'))
            .unwrap_or_else(|| panic!("`{name}` is not in the assembly"));
        let mut function = Self::default();
        for line in lines.take_while(|line| !line.starts_with(".Lfunc_end")) {
            let line = line.trim();
            if let Some(label) = line.strip_suffix(':') {
                function.labels.insert(label, function.instructions.len());
            } else if !line.starts_with(['.', '#']) && !line.is_empty() {
                function.instructions.push(line);
            }
        }
        function
    }

    /// How many bytes it takes on the stack, beside the registers that it saves.
    fn frame(&self) -> usize {
        let size = |instruction: &&str| {
            let (size, register) = instruction.strip_prefix("subq\t$")?.split_once(", ")?;
            (register == "%rsp").then(|| size.parse().ok()).flatten()
        };
        self.instructions.iter().find_map(size).unwrap_or(0)
    }

    /// The most branches on a way from an instruction to a return that has no
    /// call on it; `None` if each has one.
    fn branches(&self, at: usize, before: &mut Vec<usize>) -> Option<usize> {
        if before.contains(&at) {
            return None;
        }
        let mut here = at;
        before.push(at);
        let branches = loop {
            let Some(instruction) = self.instructions.get(here) else {
                break None;
            };
            let (operation, target) = instruction.split_once('\t').unwrap_or((instruction, ""));
            let target = self.labels.get(target).copied();
            match (operation, target) {
                (it, _) if it.starts_with("ret") => break Some(0),
                (it, _) if it.starts_with("call") || it == "ud2" => break None,
                ("jmp", Some(target)) => break self.branches(target, before),
                // Through a table, or to another function.
                ("jmp", None) => break None,
                (it, Some(target)) if it.starts_with('j') => {
                    let ways = [
                        self.branches(target, before),
                        self.branches(here + 1, before),
                    ];
                    break ways.into_iter().flatten().max().map(|it| it + 1);
                }
                _ => here += 1,
            }
        };
        before.pop();
        branches
    }
}

impl Function<'_> {
    /// How many instructions read or write memory, the return apart.
    fn accesses(&self) -> usize {
        let is_access = |it: &&&str| it.contains('(') || it.contains('[');
        self.instructions.iter().filter(is_access).count()
    }
}

#[test]
#[ignore = "compiles with optimisation; CI asks for it"]
fn a_field_at_a_known_place_is_one_load() {
    if cfg!(not(target_arch = "x86_64")) {
        eprintln!("SKIPPED: the assembly of another processor");
        return;
    }
    let assembly = assembly("views.s");
    for (name, most) in [("amount_in_view", 2), ("offset_in_view", 3)] {
        let function = Function::find(&assembly, name);
        let listing = function.instructions.join("\n");
        let branches = function.branches(0, &mut Vec::new());
        assert_eq!(branches, Some(0), "`{name}`:\n{listing}");
        // Where the bytes are, since the view is behind a reference here; and
        // the field, or each byte that a bit field is in.
        assert!(function.accesses() <= most, "`{name}`:\n{listing}");
    }
}

#[test]
#[ignore = "compiles with optimisation; CI asks for it"]
fn nothing_is_called_and_each_branch_is_needed() {
    if cfg!(not(target_arch = "x86_64")) {
        eprintln!("SKIPPED: the assembly of another processor");
        return;
    }
    let assembly = assembly("hot_paths.s");
    for (name, most, why) in [
        (
            "decode_notify_bet",
            3,
            "the size, the constant, what is left over",
        ),
        ("encode_notify_bet", 1, "the capacity"),
        (
            "decode_player_info",
            21,
            "two sizes, the constant, what is left over; of each text \
             whether it is there, how long, and ASCII",
        ),
        (
            "encode_player_info",
            18,
            "of each text its count, the capacity, and how long it is",
        ),
        (
            "encode_seats",
            6,
            "the count, two capacities, whether there are seats, the loop",
        ),
        ("decode_bit_header", 2, "the size, what is left over"),
        (
            "encode_bit_header",
            6,
            "five fields that may be too large, the capacity",
        ),
    ] {
        let function = Function::find(&assembly, name);
        let branches = function.branches(0, &mut Vec::new());
        let listing = function.instructions.join("\n");
        let Some(branches) = branches else {
            panic!("`{name}` calls something wherever it goes:\n{listing}");
        };
        assert!(
            branches <= most,
            "`{name}` has {branches} branches where {most} are needed: {why}\n{listing}",
        );
        // A cursor whose address is taken anywhere takes more than this.
        let frame = function.frame();
        assert!(
            frame < 160,
            "`{name}` takes {frame} bytes on the stack: the cursor is not in registers\n{listing}",
        );
    }
}
