//! Placeholder for the table of inputs.
