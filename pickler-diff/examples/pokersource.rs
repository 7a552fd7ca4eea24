//! What pokersource 2.0.0 and 3.0.0 do with each other's bytes, as Markdown.

fn main() {
    let report = pickler_diff::diff(pokersource::protocol(), pokersource3::protocol());
    print!("{}", report.to_markdown());
}
