//! From the path of a spec to types, or to what is wrong with it.

use std::path::{Path, PathBuf};

use pickler_spec::Diagnostic;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::arguments::Arguments;

/// The types of the spec at a path from the package's folder.
pub fn expand(arguments: &Arguments) -> TokenStream {
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(PathBuf::new, PathBuf::from);
    of_file(&folder, arguments)
}

/// The same of a path from some folder; what is wrong is said at the path.
fn of_file(folder: &Path, arguments: &Arguments) -> TokenStream {
    let Arguments { path, codecs } = arguments;
    let (path, span) = (&*path.value(), path.span());
    let file = folder.join(path);
    let source = match std::fs::read_to_string(&file) {
        Ok(source) => source,
        Err(why) => {
            let message = format!(
                "cannot read {path}: {why}; the path is that from the folder of the package's \
                 Cargo.toml"
            );
            return error(span, &message);
        }
    };
    let types = of_source(path, &source, codecs.as_ref(), span);
    // So that the compiler knows what the types are made of.
    let tracked = file.to_str().map(|file| {
        quote! {
            const _: &[u8] = ::core::include_bytes!(#file);
        }
    });
    quote!(#types #tracked)
}

fn of_source(path: &str, source: &str, codecs: Option<&TokenStream>, span: Span) -> TokenStream {
    let protocol = match pickler_spec::parse(source) {
        Ok(protocol) => protocol,
        Err(all) => {
            let errors = all.iter().map(|it| error(span, &told(it, path, source)));
            return quote!(#(#errors)*);
        }
    };
    match pickler_codegen::types(&protocol, codecs) {
        Ok(types) => types,
        Err(why) => error(span, &format!("{path}: {why}")),
    }
}

/// A mistake, and where it is in the spec.
fn told(diagnostic: &Diagnostic, path: &str, source: &str) -> String {
    let first = diagnostic.in_one_line(path, source);
    let shown = diagnostic.with_source(path, source).to_string();
    // Its own first lines, the message and the place, are said already.
    let lines = shown.splitn(3, '\n').nth(2).unwrap_or_default();
    format!("{first}\n{lines}")
}

fn error(span: Span, message: &str) -> TokenStream {
    quote_spanned!(span=> ::core::compile_error!(#message);)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let source = "record Pot {\n    profit: u999\n    seat: Nobody\n}\n";
        let errors = of_source("table.pickler", source, None, Span::call_site()).to_string();
        assert_eq!(errors.matches("compile_error").count(), 2, "{errors}");
        assert!(errors.contains("table.pickler:2:13: S0009"), "{errors}");
        assert!(errors.contains("table.pickler:3:11: "), "{errors}");
    }

    #[test]
    fn what_rust_cannot_say_is_said_with_its_place() {
        let source = "record Pot {\n    cards: opaque \"cards\"\n}\n";
        let errors = of_source("table.pickler", source, None, Span::call_site()).to_string();
        assert!(errors.contains("table.pickler: "), "{errors}");
        assert!(errors.contains("`cards` is code"), "{errors}");
    }
}
