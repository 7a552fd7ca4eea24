//! A protocol as one page of HTML.

mod diagram;
mod escape;
mod example;
mod page;
mod section;

pub use page::html;
