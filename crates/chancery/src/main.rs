//! chancery

fn main() {}
