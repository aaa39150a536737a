//! How the programs are linked.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // At a fixed address: the loader has none of the 25,000 addresses to mend that the tables hold,
    // and the binary need not list them.
    println!("cargo::rustc-link-arg-bins=-no-pie");
}
