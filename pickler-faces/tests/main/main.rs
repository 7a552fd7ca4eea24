//! Faces of protocols: what they show, and that nothing of a protocol is markup.

mod documents;
mod formats;
mod hostile;
mod programs;
