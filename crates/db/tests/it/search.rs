//! The words by which things are found: the same on both engines, and made anew where they are gone.

use db::{Conn, Engine, actors, search};
use domain::search::Words;

use crate::{
    engines::{Open, each_engine, execute, id, open, write},
    rows::actor,
};

each_engine!(
    people_elsewhere_are_found_by_the_beginnings_of_their_handles,
    an_index_that_was_lost_is_made_anew,
);

fn found(it: &Open, asked: &str) -> usize {
    let words = Words::beginning(asked).unwrap();
    let conn = &mut it.reader.get().unwrap();
    actors::people(conn, &words, None, 50).unwrap().len()
}

fn scene(engine: Engine) -> Open {
    let it = open(engine);
    write(&it.writer, |tx| {
        actor(tx, 1, "b.example", false)?;
        actor(tx, 12, "c.example", false)
    });
    it
}

fn people_elsewhere_are_found_by_the_beginnings_of_their_handles(engine: Engine) {
    let it = scene(engine);
    for (asked, number) in [
        ("actor1", 2),
        ("ÁCTOR12", 1),
        ("act", 2),
        ("ctor", 0),
        ("actor1 actor12", 1),
        ("actor1 mill", 0),
        ("%", 0),
        ("\"", 0),
        ("actor1 OR mill", 0),
        ("a:*&b:*", 0),
    ] {
        assert_eq!(found(&it, asked), number, "{asked}");
    }
    write(&it.writer, |tx| actors::bury(tx, id(1), crate::engines::at(1)));
    assert_eq!(found(&it, "act"), 1);
}

fn an_index_that_was_lost_is_made_anew(engine: Engine) {
    let it = scene(engine);
    write(&it.writer, |tx| {
        if let Conn::Sqlite(_) = &**tx {
            execute(tx, "DELETE FROM searchable_words")?;
        }
        execute(tx, "DELETE FROM searchable WHERE words LIKE '%12%'")
    });
    let (number, last) = write(&it.writer, |tx| search::keep_actors_after(tx, None, 1));
    assert_eq!((number, last), (1, Some(id(1))));
    let (number, last) = write(&it.writer, |tx| search::keep_actors_after(tx, last, 10));
    assert_eq!((number, last), (1, Some(id(12))));
    assert_eq!(write(&it.writer, |tx| search::keep_actors_after(tx, last, 10)), (0, None));
    assert_eq!((found(&it, "actor1"), found(&it, "actor12")), (2, 1));
}
