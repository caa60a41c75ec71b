//! Every list walks the index that its doc comment names, on SQLite. The statements are those that diesel
//! sends; without statistics the plan follows from them alone, however many rows there are.

use std::sync::{Arc, Mutex};

use db::{Conn, Engine, Result};
use diesel::connection::{Connection, InstrumentationEvent};
use domain::{
    listings::{Category, Kind, Purpose, Terms, Urgency},
    search::Near,
    tags::Tag,
    text::Language,
};
use uuid::Uuid;

use crate::engines::{Open, at, id, open};

/// What a connection sends, from now on.
fn record(conn: &mut Conn) -> Arc<Mutex<Vec<String>>> {
    let sent = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&sent);
    conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let text = query.to_string();
            sink.lock().unwrap().push(text.split("-- binds:").next().unwrap().to_owned());
        }
    });
    sent
}

/// The plan of what a query sends: one line a step.
fn plan(conn: &mut Conn, query: &dyn Fn(&mut Conn) -> Result<()>) -> Vec<String> {
    let sent = record(conn);
    query(conn).unwrap();
    let sent = sent.lock().unwrap().clone();
    sent.iter().flat_map(|text| explained(conn, text)).collect()
}

fn explained(conn: &mut Conn, statement: &str) -> Vec<String> {
    use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};
    #[derive(QueryableByName)]
    struct Step {
        #[diesel(sql_type = Text)]
        detail: String,
    }
    let Conn::Sqlite(conn) = conn else { panic!("plans are asked of SQLite") };
    let steps: Vec<Step> = sql_query(format!("EXPLAIN QUERY PLAN {statement}")).load(conn).unwrap();
    steps.into_iter().map(|step| step.detail).collect()
}

/// A query and the index it walks; it sorts nothing and reads no table from end to end.
type Case<'a> = (&'a str, &'a dyn Fn(&mut Conn) -> Result<()>);

fn hold(cases: &[Case<'_>], sorts: bool) {
    let Open { reader, .. } = &open(Engine::Sqlite);
    let conn = &mut reader.get().unwrap();
    for (index, query) in cases {
        let plan = plan(conn, query);
        let walks = plan.iter().any(|step| step.contains(&format!("INDEX {index} ")));
        assert!(walks, "{index} is not walked: {plan:#?}");
        let scans = plan.iter().any(|step| {
            step.starts_with("SCAN") && !step.contains("INDEX") && step != "SCAN CONSTANT ROW"
        });
        assert!(!scans, "{index}: a table is read from end to end: {plan:#?}");
        let sorted = plan.iter().any(|step| step.contains("TEMP B-TREE FOR ORDER BY"));
        assert_eq!(sorted, sorts, "{index}: {plan:#?}");
    }
}

#[test]
fn lists_of_listings_walk_their_indexes() {
    use db::listings::{Filter, count_open, drafts, drafts_page, expired, find_by_ap_id, page};
    let board = Some(id(1));
    let cursor = Some(id(2));
    let board_open = Filter { collective: board, open: Some(true), ..Filter::default() };
    let board_needs = Filter { purpose: Some(Purpose::Need), ..board_open.clone() };
    let board_all = Filter { collective: board, ..Filter::default() };
    let open = Filter { open: Some(true), ..Filter::default() };
    let filtered = Filter {
        kind: Some(Kind::Goods),
        category: Some(Category::Food),
        terms: Some(Terms::Loan),
        urgency: Some(Urgency::Days),
        language: Some(Language::parse("es").unwrap()),
        near: Some(Near::parse("41.4,2.16", None).unwrap()),
        from: Some(at(0)),
        until: Some(at(60)),
        ..open.clone()
    };
    hold(
        &[
            ("listings_open_idx", &|conn| page(conn, &filtered, cursor, 20).map(drop)),
            ("listings_board_idx", &|conn| page(conn, &board_open, None, 20).map(drop)),
            ("listings_board_idx", &|conn| page(conn, &board_needs, cursor, 20).map(drop)),
            ("listings_published_idx", &|conn| page(conn, &board_all, cursor, 20).map(drop)),
            ("listings_open_idx", &|conn| page(conn, &open, None, 20).map(drop)),
            ("listings_open_idx", &|conn| page(conn, &open, cursor, 20).map(drop)),
            ("listing_tags_listing_idx", &|conn| db::tags::of(conn, id(1)).map(drop)),
            ("listings_board_idx", &|conn| drafts(conn, id(1), 20).map(drop)),
            ("listings_board_idx", &|conn| drafts_page(conn, id(1), cursor, 20).map(drop)),
            ("listings_board_idx", &|conn| count_open(conn, id(1)).map(drop)),
            ("listings_expiry_idx", &|conn| expired(conn, at(0), 20).map(drop)),
            ("sqlite_autoindex_listings_2", &|conn| find_by_ap_id(conn, "https://a").map(drop)),
        ],
        false,
    );
}

#[test]
fn what_is_found_by_its_words_is_not_looked_for_row_by_row() {
    use db::{actors, directory, listings};
    use domain::search::Words;
    let Open { reader, .. } = &open(Engine::Sqlite);
    let conn = &mut reader.get().unwrap();
    let words = Words::beginning("chairs tables");
    let filter = listings::Filter { words: words.clone(), ..listings::Filter::default() };
    let wanted = directory::Wanted { words: words.clone(), ..directory::Wanted::default() };
    let cursor = Some(id(2));
    let found: [Case<'_>; 3] = [
        ("listings", &|conn| listings::page(conn, &filter, cursor, 20).map(drop)),
        ("collectives", &|conn| directory::page(conn, &wanted, Some(id(2)), 20).map(drop)),
        ("people", &|conn| {
            actors::people(conn, words.as_ref().unwrap(), Some(id(2)), 20).map(drop)
        }),
    ];
    for (what, query) in found {
        let plan = plan(conn, query);
        let is_full_text = |step: &&String| step.starts_with("SCAN searchable_words VIRTUAL TABLE");
        assert_eq!(plan.iter().filter(is_full_text).count(), 1, "{what}: {plan:#?}");
        let scans = plan.iter().filter(|step| step.starts_with("SCAN") && !is_full_text(step));
        assert_eq!(scans.count(), 0, "{what}: {plan:#?}");
    }
}

#[test]
fn a_tag_leads_to_its_newest_listings() {
    use db::listings::{Filter, page};
    let Open { reader, .. } = &open(Engine::Sqlite);
    let conn = &mut reader.get().unwrap();
    let tag = Some(Tag::parse("cosecha").unwrap());
    let all = Filter { tag, ..Filter::default() };
    let open = Filter { open: Some(true), ..all.clone() };
    for (filter, cursor) in [(&all, None), (&open, None), (&open, Some(id(2)))] {
        let plan = plan(conn, &|conn| page(conn, filter, cursor, 20).map(drop));
        let first = "SEARCH listing_tags USING PRIMARY KEY (word=?";
        assert!(plan[0].starts_with(first), "{plan:#?}");
        assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{plan:#?}");
    }
}

#[test]
fn saved_searches_and_sums_walk_their_indexes() {
    use db::{searches, statistics};
    let cursor = Some(id(2));
    hold(
        &[
            ("saved_searches_person_idx", &|conn| {
                searches::page(conn, id(1), cursor, 20).map(drop)
            }),
            ("saved_searches_person_idx", &|conn| searches::count(conn, id(1)).map(drop)),
            ("listings_statistics_idx", &|conn| statistics::listings(conn, Some(id(1))).map(drop)),
            ("replies_thread_idx", &|conn| statistics::replies(conn, Some(id(1))).map(drop)),
            ("agreements_listing_idx", &|conn| statistics::agreements(conn, Some(id(1))).map(drop)),
        ],
        false,
    );
}

#[test]
fn threads_follows_and_members_walk_their_indexes() {
    use db::mentions::Part;
    use db::{communities, follows, memberships, mentions, replies};
    use domain::mentions::MentionState::New;
    let public =
        |conn: &mut Conn, cursor| replies::thread_page(conn, id(1), false, None, cursor, 20);
    hold(
        &[
            ("replies_thread_idx", &|conn| replies::thread(conn, id(1), 20).map(drop)),
            ("replies_thread_idx", &|conn| public(conn, None).map(drop)),
            ("replies_thread_idx", &|conn| public(conn, Some(id(2))).map(drop)),
            ("replies_thread_idx", &|conn| replies::count(conn, id(1)).map(drop)),
            ("replies_author_idx", &|conn| replies::by_author(conn, id(1), None, 20).map(drop)),
            ("replies_author_idx", &|conn| replies::written_by(conn, id(1), None, 20).map(drop)),
            ("replies_author_idx", &|conn| replies::live_of(conn, id(1)).map(drop)),
            ("replies_group_idx", &|conn| communities::posts(conn, id(1), None, 20).map(drop)),
            ("replies_root_idx", &|conn| {
                communities::thread(conn, id(1), None, None, 20).map(drop)
            }),
            ("mentions_queue_idx", &|conn| {
                mentions::page(conn, id(1), (New, Part::Whole), None, 20).map(drop)
            }),
            ("follows_followed_idx", &|conn| follows::count_followers(conn, id(1)).map(drop)),
            ("follows_followed_idx", &|conn| follows::pending(conn, id(1), 20).map(drop)),
            ("follows_ap_id_idx", &|conn| follows::find_by_ap_id(conn, "https://a").map(drop)),
            ("sqlite_autoindex_follows_2", &|conn| follows::find(conn, id(1), id(2)).map(drop)),
        ],
        false,
    );
    let host = |conn: &mut Conn| db::relays::authors_of(conn, "b.example").map(drop);
    hold(
        &[
            ("replies_thread_idx", &|conn| db::relays::under(conn, id(1)).map(drop)),
            ("replies_author_idx", &|conn| db::relays::of_author(conn, id(1)).map(drop)),
            ("sqlite_autoindex_relays_2", &|conn| {
                db::relays::find_by_ap_id(conn, "https://a").map(drop)
            }),
            ("replies_author_idx", &|conn| replies::threads_of(conn, id(1)).map(drop)),
            ("sqlite_autoindex_guests_2", &|conn| db::guests::author(conn, id(1)).map(drop)),
            ("actors_host_idx", &host),
        ],
        false,
    );
    // A collective has some dozens of members: they are sorted after they were found.
    hold(
        &[("memberships_person_idx", &|conn| memberships::of_person(conn, id(1)).map(drop))],
        true,
    );
}

#[test]
fn what_opens_an_account_is_found_by_the_account() {
    use db::{account_secrets, sessions};
    hold(
        &[("account_secrets_account_idx", &|conn| {
            account_secrets::exists(conn, id(1), "email_done", "new a@b.example", at(0)).map(drop)
        })],
        false,
    );
    // Somebody has a handful of browsers: they are sorted after they were found.
    hold(
        &[("sessions_account_idx", &|conn| sessions::page(conn, id(1), at(0), None, 20).map(drop))],
        true,
    );
}

#[test]
fn agreements_walk_their_indexes() {
    use db::agreements::{
        by_responder, count_of, count_waiting, find_by_ap_id, find_by_offer, is_waiting, page,
    };
    let cursor = Some(id(2));
    hold(
        &[
            ("sqlite_autoindex_agreements_3", &|conn| find_by_offer(conn, "https://a").map(drop)),
            ("sqlite_autoindex_agreements_2", &|conn| find_by_ap_id(conn, "https://a").map(drop)),
            ("agreements_listing_idx", &|conn| is_waiting(conn, id(1), id(2)).map(drop)),
            ("agreements_responder_idx", &|conn| {
                by_responder(conn, id(1), None, cursor, 20).map(drop)
            }),
            ("agreements_responder_idx", &|conn| count_of(conn, id(1), id(2), at(0)).map(drop)),
            ("agreements_listing_idx", &|conn| count_waiting(conn, id(1)).map(drop)),
        ],
        false,
    );
    // The listings of one collective, and what was offered to each: sorted after they were found.
    let offered = Some(domain::agreements::AgreementState::Offered);
    hold(
        &[
            ("agreements_listing_idx", &|conn| page(conn, id(1), offered, None, 20).map(drop)),
            ("agreements_listing_idx", &|conn| page(conn, id(1), None, cursor, 20).map(drop)),
        ],
        true,
    );
}

#[test]
fn accounts_walk_their_indexes() {
    use db::{account_invitations, accounts, sponsors};
    use domain::accounts::{AccountFilter, AccountState, Email};
    let email = Email::parse("ada@mail.example").unwrap();
    let (garden, cursor) = (Some(id(1)), Some(id(2)));
    hold(
        &[
            ("sqlite_autoindex_accounts_3", &|conn| {
                accounts::find_by_email(conn, &email).map(drop)
            }),
            ("accounts_sponsor_idx", &|conn| {
                sponsors::page(conn, garden, None, cursor, 20).map(drop)
            }),
            ("accounts_sponsor_idx", &|conn| sponsors::count_waiting(conn, id(1)).map(drop)),
            ("accounts_state_idx", &|conn| {
                let waiting = Some(AccountFilter::Waiting);
                sponsors::page(conn, None, waiting, cursor, 20).map(drop)
            }),
            ("accounts_state_idx", &|conn| {
                sponsors::stillborn(conn, AccountState::Rejected, at(0), 20).map(drop)
            }),
            ("accounts_unsponsored_idx", &|conn| sponsors::overdue(conn, at(0), 20).map(drop)),
            ("account_invitations_collective_idx", &|conn| {
                account_invitations::page(conn, id(1), Some(id(2)), 20).map(drop)
            }),
        ],
        false,
    );
}

#[test]
fn queues_walk_their_indexes() {
    use db::{audit, deliveries, events, inbox, instances};
    hold(
        &[
            ("deliveries_due_idx", &|conn| {
                drop_rows(deliveries::next(conn, "b.example", at(0), 20))
            }),
            ("inbound_activities_due_idx", &|conn| drop_rows(inbox::due(conn, "b", at(0), 20))),
            ("inbound_activities_due_idx", &|conn| inbox::count_parked(conn, "b").map(drop)),
            ("instances_checked_idx", &|conn| drop_rows(instances::stale(conn, at(0), 20))),
            ("events_pending_idx", &|conn| events::due(conn, at(0), 20).map(drop)),
            ("audit_collective_idx", &|conn| audit::of_collective(conn, id(1), 20).map(drop)),
        ],
        false,
    );
}

fn drop_rows<T>(rows: Result<Vec<T>>) -> Result<()> {
    rows.map(drop)
}

#[test]
fn what_workers_take_is_found_by_an_index() {
    let Open { writer, .. } = &open(Engine::Sqlite);
    let now = at(0);
    let first = |take: &dyn Fn(&mut db::Tx<'_>) -> Result<()>| {
        let plan = writer.transaction(|tx| -> Result<_> {
            let sent = record(tx);
            take(tx)?;
            let first = sent.lock().unwrap()[0].clone();
            Ok(explained(tx, &first))
        });
        plan.unwrap().join("; ")
    };
    let plan = first(&|tx| db::deliveries::take(tx, b"one", now, at(60), 10).map(drop));
    assert!(plan.contains("INDEX instances_delivery_due_idx"), "{plan}");
    let plan = first(&|tx| db::inbox::take(tx, b"one", now, at(60), 10).map(drop));
    assert!(plan.contains("INDEX inbound_activities_due_idx"), "{plan}");
    let plan = first(&|tx| db::jobs::take(tx, b"one", now, at(60), 10).map(drop));
    assert!(plan.contains("INDEX jobs_due_idx"), "{plan}");
}

#[test]
fn actors_and_reactions_are_found_by_an_index() {
    use db::{accounts, actors, keys, reactions};
    hold(
        &[
            ("actors_local_handle_key", &|conn| actors::find_local(conn, "garden").map(drop)),
            ("actors_local_handle_key", &|conn| accounts::find_login(conn, "ada").map(drop)),
            ("reactions_ap_id_idx", &|conn| reactions::find_by_ap_id(conn, "https://a").map(drop)),
        ],
        false,
    );
    // An actor has one or two keys, and few bear one handle on one server.
    let few: [Case<'_>; 2] = [
        ("keys_actor_idx", &|conn| keys::public(conn, id(1)).map(drop)),
        ("actors_handle_idx", &|conn| drop_rows(actors::find_by_handle(conn, "bob", "b"))),
    ];
    hold(&few, true);
    let Open { reader, .. } = &open(Engine::Sqlite);
    let conn = &mut reader.get().unwrap();
    let objects = [Uuid::from_u128(1), Uuid::from_u128(2)];
    let plan = plan(conn, &|conn| reactions::count(conn, &objects).map(drop));
    assert!(plan[0].starts_with("SEARCH reactions USING PRIMARY KEY"), "{plan:#?}");
}
