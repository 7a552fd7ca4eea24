//! Specs: the text form of a description, read and written.
