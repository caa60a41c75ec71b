//! Posts without a listing: in communities elsewhere, and what people here answer to them.

use domain::{ActorId, PersonId, Refusal, ReplyId, replies::Visibility};
use ops::{
    Event, OpError,
    posts::{AnswerPost, RecordPost, RecordRemoval},
    replies::{RecordReply, RecordReplyDeleted},
};
use testkit::World;

testkit::both_engines!(
    a_post_in_a_community_has_a_title_and_answers,
    people_here_answer_a_post,
    only_what_everybody_reads_is_answered,
    a_community_takes_its_own_posts_away_and_no_other,
    what_its_author_puts_back_is_read_again,
    nobody_else_puts_anything_back,
    a_community_is_followed_with_all_that_is_posted_in_it,
);

fn post(author: ActorId, number: u32, group: Option<ActorId>) -> RecordPost {
    let ap_id = format!("https://b.example/post/{number}");
    RecordPost {
        reply: RecordReply {
            author,
            in_reply_to: None,
            visibility: Visibility::Public,
            html: format!("<p>Words {number}</p>"),
            summary: None,
            sensitive: false,
            language: None,
            url: None,
            published_at: None,
            updated_at: None,
            mentions_us: true,
            ap_id,
        },
        title: Some(format!("Title {number}")),
        group,
        called: Vec::new(),
        people: Vec::new(),
        again: false,
    }
}

fn below(author: ActorId, number: u32, parent: &str) -> RecordPost {
    let mut post = post(author, number, None);
    post.reply.in_reply_to = Some(parent.to_owned());
    post.title = None;
    post
}

async fn answer(world: &World, parent: ReplyId) -> AnswerPost {
    assert!(world.reply(parent).await.listing_id.is_none());
    AnswerPost { parent, text: "We have 8".to_owned(), language: None }
}

async fn a_post_in_a_community_has_a_title_and_answers(world: World) {
    let mill = world.remote_collective("mill@b.example").await;
    let bob = world.remote_person("bob@b.example").await;
    let by_bob = world.fetched_from(bob).await;
    let root = world.done(by_bob.clone(), post(bob, 1, Some(mill))).await;
    let row = world.reply(root).await;
    assert_eq!((row.group_id, row.title.as_deref()), (Some(mill), Some("Title 1")));
    assert_eq!((row.root_id, row.depth), (None, 0));
    let first = world.done(by_bob.clone(), below(bob, 2, &row.ap_id)).await;
    let second = world.reply(first).await.ap_id;
    let second = world.done(by_bob.clone(), below(bob, 3, &second)).await;
    let row = world.reply(second).await;
    assert_eq!((row.group_id, row.root_id, row.depth), (Some(mill), Some(root), 2));
    let (posts, thread, counts) = world
        .read(move |conn| {
            let posts = db::communities::posts(conn, mill, None, 10)?;
            let thread = db::communities::thread(conn, root, None, None, 10)?;
            Ok((posts, thread, db::communities::count_answers(conn, &[root])?))
        })
        .await;
    assert_eq!(posts.iter().map(|(row, _)| row.id).collect::<Vec<_>>(), [root]);
    assert_eq!(thread.iter().map(|(row, _)| row.id).collect::<Vec<_>>(), [first, second]);
    assert_eq!(counts, [(root, 2)]);
    let mut other = post(bob, 1, None);
    other.title = Some("Another title".to_owned());
    "<p>Other words</p>".clone_into(&mut other.reply.html);
    other.reply.updated_at = Some(world.now());
    world.done(by_bob, other).await;
    let row = world.reply(root).await;
    assert_eq!((row.group_id, row.title.as_deref()), (Some(mill), Some("Another title")));
}

async fn people_here_answer_a_post(world: World) {
    let ada = world.person("ada").await;
    let mill = world.remote_collective("mill@b.example").await;
    let bob = world.remote_person("bob@b.example").await;
    let root = world.done(world.fetched_from(bob).await, post(bob, 1, Some(mill))).await;
    world.events().await;
    let first = world.done(world.local(ada), answer(&world, root).await).await;
    assert_eq!(world.events().await, [Event::reply_posted(first)]);
    let row = world.reply(first).await;
    assert_eq!((row.author_id, row.listing_id), (ada.actor(), None));
    assert_eq!((row.parent_id, row.root_id, row.group_id), (Some(root), Some(root), Some(mill)));
    assert_eq!(row.in_reply_to.as_deref(), Some("https://b.example/post/1"));
    let second = world.done(world.local(ada), answer(&world, first).await).await;
    let row = world.reply(second).await;
    assert_eq!((row.parent_id, row.root_id, row.depth), (Some(first), Some(root), 2));
}

async fn only_what_everybody_reads_is_answered(world: World) {
    let ada = world.person("ada").await;
    let bob = world.remote_person("bob@b.example").await;
    let by_bob = world.fetched_from(bob).await;
    let mut private = post(bob, 1, None);
    private.reply.visibility = Visibility::Direct;
    let private = world.done(by_bob.clone(), private).await;
    let gone = world.done(by_bob.clone(), post(bob, 2, None)).await;
    let ap_id = "https://b.example/post/2".to_owned();
    world.done(by_bob, RecordReplyDeleted { ap_id, author: bob }).await;
    assert_eq!(world.reply(gone).await.title, None, "its title goes with its words");
    for parent in [private, gone] {
        let failure = world.failed(world.local(ada), answer(&world, parent).await).await;
        assert!(matches!(failure, OpError::NotFound("reply")), "{failure:?}");
    }
}

async fn a_community_takes_its_own_posts_away_and_no_other(world: World) {
    let mill = world.remote_collective("mill@b.example").await;
    let other = world.remote_collective("other@c.example").await;
    let bob = world.remote_person("bob@b.example").await;
    let root = world.done(world.fetched_from(bob).await, post(bob, 1, Some(mill))).await;
    let ap_id = world.reply(root).await.ap_id;
    let say = |group, removed| RecordRemoval { group, ap_id: ap_id.clone(), removed };
    let by_other = world.fetched_from(other).await;
    assert_eq!(world.refused(by_other.clone(), say(other, true)).await, Refusal::NotForUs);
    assert_eq!(world.refused(by_other, say(mill, true)).await, Refusal::NotTheirsToSay);
    let by_mill = world.fetched_from(mill).await;
    for removed in [true, true, false, false] {
        world.done(by_mill.clone(), say(mill, removed)).await;
        assert_eq!(world.reply(root).await.hidden_at.is_some(), removed);
    }
}

async fn what_its_author_puts_back_is_read_again(world: World) {
    let bob = world.remote_person("bob@b.example").await;
    let by_bob = world.fetched_from(bob).await;
    let root = world.done(by_bob.clone(), post(bob, 1, None)).await;
    for ap_id in ["https://b.example/post/1", "https://b.example/post/2"] {
        let delete = RecordReplyDeleted { ap_id: ap_id.to_owned(), author: bob };
        world.done(by_bob.clone(), delete).await;
    }
    for number in [1, 2] {
        let said = post(bob, number, None);
        let refusal = world.refused(by_bob.clone(), said.clone()).await;
        assert_eq!(refusal, Refusal::Deleted, "deleted is deleted");
        let again = RecordPost { again: true, ..said };
        let id = world.done(by_bob.clone(), again).await;
        let row = world.reply(id).await;
        assert_eq!((row.deleted_at, row.html), (None, format!("<p>Words {number}</p>")));
        assert_eq!(row.title, Some(format!("Title {number}")));
    }
    assert_eq!(world.reply(root).await.deleted_at, None);
}

async fn nobody_else_puts_anything_back(world: World) {
    let bob = world.remote_person("bob@b.example").await;
    let eve = world.remote_person("eve@b.example").await;
    let (by_bob, by_eve) = (world.fetched_from(bob).await, world.fetched_from(eve).await);
    world.done(by_bob.clone(), post(bob, 1, None)).await;
    let ap_id = "https://b.example/post/1".to_owned();
    world.done(by_bob, RecordReplyDeleted { ap_id, author: bob }).await;
    for author in [bob, eve] {
        let again = RecordPost { again: true, ..post(author, 1, None) };
        assert_eq!(world.refused(by_eve.clone(), again).await, Refusal::NotTheirsToSay);
    }
}

async fn a_community_is_followed_with_all_that_is_posted_in_it(world: World) {
    let ada = world.person("ada").await;
    let mill = world.remote_collective("mill@b.example").await;
    let bob = world.remote_person("bob@b.example").await;
    let asks = ops::follows::AskFollow { followed: mill };
    world.done(world.local(ada), asks).await;
    let (follower, followed) = (ada.actor(), mill);
    let accept = ops::follows::RecordAnswer { follower, followed, accept: true };
    world.done(world.fetched_from(mill).await, accept).await;
    let by_bob = world.fetched_from(bob).await;
    let root = world.done(by_bob.clone(), post(bob, 1, Some(mill))).await;
    world.done(by_bob.clone(), below(bob, 2, "https://b.example/post/1")).await;
    let elsewhere = world.done(by_bob, post(bob, 3, None)).await;
    assert_eq!(feed(&world, ada).await, [root], "its answers stand below it");
    let boost = ops::reactions::RecordReaction {
        ap_id: "https://b.example/boosts/1".to_owned(),
        actor: mill,
        kind: domain::replies::ReactionKind::Boost,
        object: "https://b.example/post/3".to_owned(),
    };
    world.done(world.fetched_from(mill).await, boost).await;
    assert_eq!(feed(&world, ada).await, [elsewhere, root], "what it passes on is here too");
}

async fn feed(world: &World, person: PersonId) -> Vec<ReplyId> {
    let rows = world.read(move |conn| db::replies::feed(conn, person.actor(), None, 10)).await;
    rows.into_iter().map(|(row, _)| row.id).collect()
}
