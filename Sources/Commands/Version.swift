/// The release that this is. The only place in the sources that says so; `CHANGELOG.md` has its notes.
let toolVersion = "0.1.0"
