fn main() {
    // The macro that takes the migrations in sees a changed file, but not a new one.
    println!("cargo::rerun-if-changed=migrations");
}
