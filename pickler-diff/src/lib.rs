//! What readers and writers of two versions of a format do with each other's bytes.
