//! What else a description can be: documents, dissectors, diagrams.
