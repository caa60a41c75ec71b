//! Two real servers talking; the tests are in `tests/`.
