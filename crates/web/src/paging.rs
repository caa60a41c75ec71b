//! One page of a list: it is asked for with one row more than it shows, which tells whether it goes on.

/// How many rows to ask for.
pub(crate) fn ask(most: usize) -> i64 {
    i64::try_from(most + 1).unwrap_or(i64::MAX)
}

/// Leaves what is shown; says after which row it goes on, if it does.
pub(crate) fn cut<T, I>(rows: &mut Vec<T>, most: usize, id: impl Fn(&T) -> I) -> Option<I> {
    let more = most < rows.len();
    rows.truncate(most);
    rows.last().filter(|_| more).map(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_only_where_there_is_more() {
        for (rows, shown, next) in [(0, 0, None), (2, 2, None), (3, 3, None), (4, 3, Some(2))] {
            let mut rows: Vec<i32> = (0..rows).collect();
            assert_eq!(cut(&mut rows, 3, |row| *row), next);
            assert_eq!(rows.len(), shown);
        }
        assert_eq!(ask(24), 25);
    }
}
