//! What every engine must do, through the public API alone; `embedded` and `full` know the file.

mod embedded;
mod full;
mod grouping;
mod model;
mod reading;
mod support;
mod writing;
