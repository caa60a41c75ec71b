//! How each document ends: the file, how it ended when its own actor sent it, and how when the community announced
//! it. A number is the status with which it was turned away.

pub(super) const LEMMY: &str = "
activities/block/block_user.json | ignored: Block by moderators of elsewhere | ignored: Block is for that community's own server
activities/block/undo_block_user.json | ignored: Undo by moderators of elsewhere | ignored: undoing Block is for that community's own server
activities/community/add_featured_post.json | ignored: Add by moderators of elsewhere | ignored: Add is for that community's own server
activities/community/add_mod.json | ignored: Add by moderators of elsewhere | ignored: Add is for that community's own server
activities/community/announce_create_page.json | done | ignored: an announce of an announce is not followed further
activities/community/lock_note.json | ignored: Lock by moderators of elsewhere | ignored: Lock is for that community's own server
activities/community/lock_page.json | ignored: Lock by moderators of elsewhere | ignored: Lock is for that community's own server
activities/community/remove_featured_post.json | received already | ignored: Remove is for that community's own server
activities/community/remove_mod.json | ignored: Remove by moderators of elsewhere | ignored: Remove is for that community's own server
activities/community/report_page.json | ignored: this concerns nobody on this server | ignored: Flag is for that community's own server
activities/community/resolve_report_page.json | ignored: Resolve is not handled | ignored: Resolve is for that community's own server
activities/community/undo_lock_note.json | ignored: Undo by moderators of elsewhere | ignored: undoing Lock is for that community's own server
activities/community/undo_lock_page.json | ignored: Undo by moderators of elsewhere | ignored: undoing Lock is for that community's own server
activities/community/update_community.json | refused: origin: not theirs to say: the object is on another server than its author | refused: malformed: attributedTo: is missing
activities/community/warn.json | ignored: Warn is not handled | ignored: Warn is for that community's own server
activities/create_or_update/create_comment.json | ignored: this concerns nobody on this server | done
activities/create_or_update/create_page.json | ignored: this concerns nobody on this server | done
activities/create_or_update/create_private_message.json | ignored: this concerns nobody on this server | ignored: it is not public
activities/create_or_update/create_private_message_0.19.json | ignored: this concerns nobody on this server | ignored: it is not public
activities/create_or_update/update_page.json | done | done
activities/deletion/delete_page.json | done | ignored: it is still where it was
activities/deletion/delete_private_message.json | done | ignored: nothing of that id is here
activities/deletion/delete_user.json | received already | ignored: nothing of that id is here
activities/deletion/remove_note.json | refused: origin: not theirs to say: what is deleted is on another server | done
activities/deletion/undo_delete_page.json | done | ignored: it was not deleted here
activities/deletion/undo_delete_private_message.json | ignored: nothing of that id was deleted here | ignored: nothing of that id is here
activities/deletion/undo_remove_note.json | refused: origin: not theirs to say: what is put back is on another server | done
activities/following/accept.json | ignored: the object is no actor of this server | ignored: Accept is for that community's own server
activities/following/follow.json | ignored: the object is no actor of this server | ignored: Follow is for that community's own server
activities/following/undo_follow.json | ignored: the object is no actor of this server | ignored: undoing Follow is for that community's own server
activities/voting/dislike_page.json | done | done
activities/voting/like_note.json | done | done
activities/voting/undo_dislike_page.json | done | done
activities/voting/undo_like_note.json | done | done
collections/group_featured_posts.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
collections/group_followers.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
collections/group_moderators.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
collections/group_outbox.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
collections/person_outbox.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
kitsune/lemmy.world_c_politicalmemes.json | done | refused: malformed: attributedTo: is missing
kitsune/lemmy.world_u_erlend_sh.json | done | refused: malformed: attributedTo: is missing
kitsune/post_13466452.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
objects/comment.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
objects/group.json | done | refused: malformed: type: is not a kind of post
objects/instance.json | 401 | refused: malformed: attributedTo: is missing
objects/page.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
objects/page_image_and_link.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
objects/person.json | done | refused: malformed: attributedTo: is missing
objects/private_message.json | ignored: this concerns nobody on this server | ignored: it is not public
objects/tombstone.json | 400 | tried again later
";

pub(super) const PIEFED: &str = "
docs/communities_01_Group.json | done | refused: malformed: type: is not a kind of post
docs/communities_02_Announce_Create.json | ignored: passed on by a Group nobody here follows | ignored: an announce of an announce is not followed further
docs/feed_add.json | ignored: passed on by a Group nobody here follows | ignored: an announce of an announce is not followed further
docs/feed_delete.json | done | ignored: nothing of that id is here
docs/feed_follow.json | 400 | 400
docs/feed_followers.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
docs/feed_following.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
docs/feed_json.json | refused: malformed: type: is not a kind of actor | refused: malformed: attributedTo: is missing
docs/feed_moderators.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
docs/feed_remove.json | received already | ignored: an announce of an announce is not followed further
docs/feeds_01_OrderedCollection.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
docs/posts_01_Page.json | ignored: this concerns nobody on this server | done
docs/posts_02_Page.json | ignored: this concerns nobody on this server | done
docs/posts_03_Page.json | ignored: this concerns nobody on this server | done
docs/posts_04_Page.json | ignored: this concerns nobody on this server | done
docs/posts_05_Question.json | ignored: this concerns nobody on this server | done
docs/users_01_Person.json | done | refused: malformed: attributedTo: is missing
";

pub(super) const MBIN: &str = "
activities/accept.json | ignored: the object is no actor of this server | ignored: Accept is for that community's own server
activities/flag.json | ignored: this concerns nobody on this server | ignored: Flag is for that community's own server
objects/instance.json | done | refused: malformed: attributedTo: is missing
";

pub(super) const MASTODON: &str = "
activities/create_note.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
activities/delete.json | done | ignored: nothing of that id is here
activities/flag.json | ignored: this concerns nobody on this server | ignored: Flag is for that community's own server
activities/follow.json | ignored: the object is no actor of this server | ignored: Follow is for that community's own server
activities/like_page.json | ignored: this concerns nobody on this server | ignored: a vote on something that is not known in that community
activities/private_message.json | ignored: this concerns nobody on this server | ignored: it is not public
activities/undo_follow.json | ignored: the object is no actor of this server | ignored: undoing Follow is for that community's own server
activities/undo_like_page.json | done | ignored: a vote on something that is not known in that community
bonfire/accept-activity.json | ignored: the object is no actor of this server | ignored: Accept is for that community's own server
bonfire/actor.json | done | refused: malformed: attributedTo: is missing
bonfire/announce-private.json | ignored: passed on by somebody nobody here follows | ignored: an announce of an announce is not followed further
bonfire/announce.json | received already | ignored: an announce of an announce is not followed further
bonfire/application_actor.json | 400 | 400
bonfire/block-activity.json | ignored: the object is no actor of this server | ignored: Block is for that community's own server
bonfire/create-with-attachment.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
bonfire/delete-user.json | done | ignored: nothing of that id is here
bonfire/delete.json | done | ignored: nothing of that id is here
bonfire/featured_collection.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
bonfire/follow-activity.json | received already | ignored: Follow is for that community's own server
bonfire/like.json | ignored: this concerns nobody on this server | ignored: a vote on something that is not known in that community
bonfire/note-object-reply.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
bonfire/note-object.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
bonfire/note_with_language.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
bonfire/post-activity-contentmap.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
bonfire/post-activity-contentmaps.json | received already | ignored: it does not say that it is in that community
bonfire/post-activity-hashtag.json | received already | ignored: it does not say that it is in that community
bonfire/post-activity-nsfw.json | received already | ignored: it does not say that it is in that community
bonfire/post-activity.json | received already | ignored: it does not say that it is in that community
bonfire/question-activity.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
bonfire/reject-activity.json | ignored: the object is no actor of this server | ignored: Reject is for that community's own server
bonfire/unblock-activity.json | ignored: the object is no actor of this server | ignored: undoing Block is for that community's own server
bonfire/undo-announce.json | done | ignored: undoing Announce is for that community's own server
bonfire/undo-like-compact-object.json | done | ignored: what is undone is not sent along
bonfire/undo-like.json | received already | ignored: a vote on something that is not known in that community
bonfire/unfollow-activity.json | ignored: the object is no actor of this server | ignored: undoing Follow is for that community's own server
bonfire/update.json | done | refused: malformed: attributedTo: is missing
bonfire/vote.json | ignored: this concerns nobody on this server | refused: malformed: attributedTo: is missing
bonfire/webfinger.json | 400 | 400
canonical/01-actor-person.json | done | refused: malformed: attributedTo: is missing
canonical/02-actor-instance-application.json | 400 | 400
canonical/03-webfinger.json | 400 | 400
canonical/04-follow-group.json | done | ignored: Follow is for that community's own server
canonical/05-undo-follow-group.json | done | ignored: undoing Follow is for that community's own server
canonical/06-accept-follow.json | 401 | ignored: Accept is for that community's own server
canonical/07-reject-follow.json | 401 | ignored: Reject is for that community's own server
canonical/08-create-reply-to-remote.json | received already | ignored: it does not say that it is in that community
canonical/09-create-note-mentioning-group.json | done | ignored: it does not say that it is in that community
canonical/10-create-mention-hashtag-cw.json | 401 | ignored: it does not say that it is in that community
canonical/11-create-with-attachment.json | 401 | ignored: it does not say that it is in that community
canonical/12-create-poll-mentioning-group.json | done | ignored: it does not say that it is in that community
canonical/13-create-poll-vote.json | received already | refused: malformed: attributedTo: is missing
canonical/14-update-note.json | done | ignored: it does not say that it is in that community
canonical/15-update-poll-tally.json | done | ignored: it does not say that it is in that community
canonical/16-update-actor.json | received already | refused: malformed: attributedTo: is missing
canonical/17-delete-note-tombstone.json | done | ignored: it is still where it was
canonical/18-delete-actor.json | done | ignored: nothing of that id is here
canonical/19-announce.json | received already | ignored: an announce of an announce is not followed further
canonical/20-undo-announce.json | received already | ignored: undoing Announce is for that community's own server
canonical/21-like.json | received already | ignored: a vote on something that is not known in that community
canonical/22-undo-like.json | received already | ignored: a vote on something that is not known in that community
canonical/23-flag.json | received already | ignored: Flag is for that community's own server
canonical/24-block.json | ignored: the object is no actor of this server | ignored: Block is for that community's own server
canonical/25-undo-block.json | 401 | ignored: undoing Block is for that community's own server
canonical/26-move.json | ignored: Move is not handled | ignored: Move is for that community's own server
canonical/27-quote-request.json | ignored: QuoteRequest is not handled | ignored: QuoteRequest is for that community's own server
canonical/28-private-mention-note.json | received already | ignored: it is not public
canonical/29-featured-collection.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
canonical/30-note-custom-emoji-tag.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
canonical/31-note-cw.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
canonical/32-note-image-alt-blurhash.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
collections/featured.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
docs/01-Block-object-to.json | received already | ignored: Block is for that community's own server
docs/02-Flag-object-to.json | received already | ignored: Flag is for that community's own server
docs/03-Move-object-target-to.json | received already | ignored: Move is for that community's own server
docs/04-Question-published-endTime-votersCount-anyOf.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
docs/05-Create-to-object.json | ignored: this concerns nobody on this server | refused: malformed: attributedTo: is missing
docs/06-Create-to-object.json | ignored: this concerns nobody on this server | refused: malformed: attributedTo: is missing
docs/07-Person-publicKey.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
docs/08-Person-featured.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
docs/09-Person-featuredTags.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
docs/10-Person-attachment.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
docs/11-Person-attachment.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
docs/12-Person-discoverable.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
docs/13-Person-indexable.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
docs/14-Person-suspended.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
docs/15-Person-memorial.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
docs/16-Note-tag.json | 401 | ignored: it is not public
docs/17-Note-tag.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
docs/18-Note-attachment.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
docs/19-Note-attachment.json | 400 | refused: fetch_status: the peer could not be asked: the peer answered 404
kitsune/actor_chaos.social_buffet.json | done | refused: malformed: attributedTo: is missing
kitsune/actor_mastodon.social_fediversereport.json | received already | refused: malformed: attributedTo: is missing
kitsune/object_chaos.social_users_buffet_statuses_112880458964643197.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
kitsune/object_cyberpunk.lol_users_vantablack_statuses_112783753040965194.json | received already | ignored: it does not say that it is in that community
kitsune/object_cyberpunk.lol_users_vantablack_statuses_112876210300863309.json | received already | ignored: it does not say that it is in that community
kitsune/object_masto.ai_users_HourlyPornhubbedHeathcliff_112865773555911582.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
objects/note_1.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
objects/note_2.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
objects/page.json | ignored: this concerns nobody on this server | ignored: it does not say that it is in that community
objects/person.json | done | refused: malformed: attributedTo: is missing
rebased/masto_closed_followers.json | 400 | tried again later
rebased/masto_closed_followers_page.json | 400 | tried again later
rebased/masto_featured.json | 400 | 400
rebased/mastodon-nodeinfo20.json | 400 | 400
rebased/mastodon-well-known-nodeinfo.json | 400 | 400
";
