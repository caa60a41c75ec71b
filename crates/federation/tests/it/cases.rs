//! Which row of the threat table each test stands for. The same id stands in the message of its assertion.
//!
//! Tests of other crates are named by their crate: `fetching` and `signatures` are beside this one, `e2e` is
//! in `tests/`. All rows of signatures, origins, groups, fetching, parsing, order, and deliveries that must
//! hold before the first public server are here ([`crate::hostile`] checks it): a row without a test says why.
//! IDM-05 tries all 720 orders on SQLite, and every fifth of them on PostgreSQL.
//!
//! | row | test |
//! |---|---|
//! | SIG-01 | `inbox::signatures::an_unsigned_activity_is_refused` |
//! | SIG-02 | `inbox::signatures::a_body_other_than_the_signed_one_is_refused` |
//! | SIG-02 | `inbox::rfc9421::a_newer_signature_counts_for_one_body_one_path_and_one_server` |
//! | SIG-03 | `inbox::signatures::a_signature_that_leaves_out_what_matters_is_refused` |
//! | SIG-04 | `inbox::signatures::a_signature_that_leaves_out_what_matters_is_refused` |
//! | SIG-05 | `inbox::signatures::a_signature_that_leaves_out_what_matters_is_refused` |
//! | SIG-05 | `inbox::rfc9421::a_newer_signature_that_leaves_out_what_matters_is_refused` |
//! | SIG-06 | `inbox::signatures::a_signature_counts_for_half_a_day_and_an_hour` |
//! | SIG-06 | `inbox::rfc9421::a_newer_signature_counts_for_half_a_day_and_an_hour` |
//! | SIG-07 | `inbox::signatures::a_signature_counts_for_half_a_day_and_an_hour` |
//! | SIG-07 | `inbox::rfc9421::a_newer_signature_counts_for_half_a_day_and_an_hour` |
//! | SIG-08 | `inbox::signatures::a_signature_counts_for_half_a_day_and_an_hour` |
//! | SIG-08 | `inbox::rfc9421::a_newer_signature_counts_for_half_a_day_and_an_hour` |
//! | SIG-09 | `inbox::signatures::a_signature_that_leaves_out_what_matters_is_refused` |
//! | SIG-09 | `inbox::signatures::a_signature_counts_for_one_path_and_one_server` |
//! | SIG-09 | `inbox::rfc9421::a_newer_signature_that_leaves_out_what_matters_is_refused` |
//! | SIG-09 | `inbox::rfc9421::a_newer_signature_counts_for_one_body_one_path_and_one_server` |
//! | SIG-10 | `inbox::signatures::a_signature_that_leaves_out_what_matters_is_refused` |
//! | SIG-10 | `inbox::signatures::a_signature_counts_for_one_path_and_one_server` |
//! | SIG-10 | `inbox::rfc9421::a_newer_signature_that_leaves_out_what_matters_is_refused` |
//! | SIG-10 | `inbox::rfc9421::a_newer_signature_counts_for_one_body_one_path_and_one_server` |
//! | SIG-11 | `inbox::signatures::a_key_counts_for_its_owner_alone` |
//! | SIG-11 | `inbox::rfc9421::a_newer_signature_counts_for_the_owner_of_its_key_alone` |
//! | SIG-12 | `inbox::signatures::a_key_counts_for_its_owner_alone` |
//! | SIG-12 | `inbox::rfc9421::a_newer_signature_counts_for_the_owner_of_its_key_alone` |
//! | SIG-13 | `inbox::keys::a_key_that_its_owner_does_not_list_is_refused_and_not_asked_for_again` |
//! | SIG-14 | `inbox::keys::a_key_that_leads_elsewhere_is_refused` |
//! | SIG-15 | `inbox::keys::a_key_is_believed_from_its_owners_own_address_alone` |
//! | SIG-15 | `inbox::keys::a_key_that_leads_elsewhere_is_refused` |
//! | SIG-16 | `inbox::signatures::of_two_signatures_none_counts` |
//! | SIG-16 | `inbox::signatures::digests_are_sha_256_and_one` |
//! | SIG-16 | `inbox::rfc9421::of_two_kinds_of_signatures_both_must_hold` |
//! | SIG-17 | `inbox::signatures::digests_are_sha_256_and_one` |
//! | SIG-18 | `inbox::signatures::a_signature_counts_for_one_path_and_one_server` |
//! | SIG-19 | `inbox::keys::a_weak_key_is_refused` |
//! | SIG-20 | `inbox::signatures::a_public_key_is_no_shared_secret` |
//! | SIG-21 | `inbox::signatures::signatures_that_cannot_be_read_are_refused` |
//! | SIG-21 | `inbox::rfc9421::newer_signatures_that_cannot_be_read_are_refused` |
//! | SIG-22 | `inbox::rfc9421::a_newer_signature_that_leaves_out_what_matters_is_refused` |
//! | SIG-22 | `inbox::rfc9421::a_newer_signature_counts_for_one_body_one_path_and_one_server` |
//! | SIG-22 | `inbox::rfc9421::newer_signatures_that_cannot_be_read_are_refused` |
//! | SIG-23 | `inbox::signatures::of_two_signatures_none_counts` |
//! | SIG-23 | `inbox::rfc9421::of_two_kinds_of_signatures_both_must_hold` |
//! | SIG-23 | `inbox::parked::of_two_signatures_that_waited_both_must_hold` |
//! | SIG-24 | `inbox::keys::a_rotated_key_is_fetched_at_most_once_in_five_minutes` |
//! | SIG-25 | `inbox::keys::a_key_that_its_owner_does_not_list_is_refused_and_not_asked_for_again` |
//! | SIG-25 | `inbox::parked::two_hundred_of_a_host_may_wait_and_then_it_is_told_to_come_back` |
//! | SIG-25 | `fetching::time::a_slow_host_holds_up_nobody_else` |
//! | SIG-26 | `inbox::signatures::only_http_signatures_count` |
//! | SIG-27 | `inbox::signatures::only_http_signatures_count` |
//! | SIG-28 | `hostile::reads::no_signature_opens_what_is_private_whatever_its_query` |
//! | ORG-01 | `inbox::origins::an_activity_lies_on_the_server_of_its_actor` |
//! | ORG-02 | `inbox::origins::an_activity_lies_on_the_server_of_its_actor` |
//! | ORG-03 | `inbox::origins::nobody_publishes_in_the_name_of_another` |
//! | ORG-03 | `lookup::a_document_is_believed_from_its_own_address_alone` |
//! | ORG-04 | `inbox::origins::nobody_publishes_in_the_name_of_another` |
//! | ORG-05 | `inbox::origins::nobody_publishes_in_the_name_of_another` |
//! | ORG-06 | `inbox::origins::nobody_changes_or_deletes_what_is_anothers` |
//! | ORG-07 | `inbox::origins::nobody_changes_or_deletes_what_is_anothers` |
//! | ORG-08 | `inbox::origins::nobody_changes_or_deletes_what_is_anothers` |
//! | ORG-09 | `inbox::origins::nobody_takes_back_what_another_did` |
//! | ORG-10 | `inbox::origins::nobody_accepts_what_was_not_asked_of_them` |
//! | ORG-11 | `inbox::origins::what_is_inside_of_an_announce_is_not_believed` |
//! | ORG-11 | `communities::what_a_community_passes_on_is_fetched_from_its_author` |
//! | ORG-12 | `communities::what_a_community_may_not_say_changes_nothing` |
//! | ORG-12 | `inbox::origins::what_is_inside_of_an_announce_is_not_believed` |
//! | ORG-13 | `lookup::a_document_is_believed_from_its_own_address_alone` |
//! | ORG-14 | `lookup::a_document_is_believed_from_its_own_address_alone` |
//! | ORG-15 | `lookup::a_document_of_another_media_type_is_none` |
//! | ORG-16 | does not apply: nothing can be uploaded, so no file of others is served |
//! | ORG-17 | `inbox::origins::a_handle_of_another_server_is_shown_with_its_own` |
//! | ORG-18 | `inbox::origins::one_server_is_one_server_however_it_is_written` |
//! | ORG-19 | `inbox::origins::one_server_is_one_server_however_it_is_written` |
//! | ORG-20 | `inbox::bodies::keys_that_mean_something_else_to_others_are_refused` |
//! | ORG-21 | `inbox::bodies::keys_that_mean_something_else_to_others_are_refused` |
//! | ORG-21 | `lookup::a_document_of_another_media_type_is_none` |
//! | ORG-22 | `inbox::origins::addresses_that_are_none_are_refused` |
//! | ORG-23 | `hostile::groups::a_move_changes_nothing` |
//! | ORG-24 | `hostile::groups::a_report_is_of_its_reporter_and_of_a_hundred_things_at_most` |
//! | ORG-24 | `moderation::reports::a_flood_of_reports_is_one_and_a_forged_one_none` |
//! | ORG-26 | `inbox::origins::nobody_speaks_with_the_name_of_somebody_here` |
//! | GRP-02 | `hostile::groups::a_group_that_was_not_addressed_has_no_new_listing` |
//! | GRP-03 | `moderation::orders::nobody_elsewhere_names_moderators` |
//! | GRP-04 | `moderation::orders::a_target_is_compared_and_never_fetched` |
//! | GRP-05 | `moderation::orders::nobody_elsewhere_shuts_somebody_out_of_our_collectives` |
//! | GRP-06 | `moderation::orders::nobody_elsewhere_removes_locks_or_renames_what_is_ours` |
//! | GRP-07 | `replies::who_is_shut_out_answers_follows_and_likes_nothing` |
//! | GRP-08 | `agreements` of the tests of `ops` |
//! | GRP-09 | `listings::a_listing_is_changed_and_deleted_by_its_own_collective_alone` |
//! | GRP-09 | `listings::a_need_never_becomes_an_offer` |
//! | GRP-10 | `listings::amounts_beyond_reason_are_left_out` |
//! | GRP-10 | `hostile::groups::places_and_times_beyond_reason_are_left_out` |
//! | GRP-11 | `hostile::groups::a_collective_that_claims_the_addresses_of_another_gets_nothing_of_it` |
//! | GRP-12 | `hostile::groups::collections_of_others_are_not_counted_and_not_walked` |
//! | GRP-13 | `hostile::groups::an_announce_of_an_announce_goes_no_further` |
//! | GRP-01 | `said::a_page_posted_into_a_collective_waits_for_its_stewards` |
//! | GRP-01 | `boosts::a_page_is_announced_whole_and_comes_back_to_its_own_server` |
//! | GRP-02 | `communities::what_a_community_may_not_say_changes_nothing` |
//! | GRP-02 | `votes::a_community_counts_no_votes_on_what_is_not_its_own` |
//! | GRP-07 | `moderation::threads` of the tests of `ops` |
//! | GRP-13 | `communities::what_a_community_may_not_say_changes_nothing` |
//! | GRP-14 | `said::a_page_posted_into_a_collective_waits_for_its_stewards` |
//! | FET-01 | `lookup::private_addresses_are_not_asked` |
//! | FET-01 | `fetching::addresses::a_name_of_a_private_address_has_no_address_for_us` |
//! | FET-02 | `lookup::private_addresses_are_not_asked` |
//! | FET-02 | `fetching::addresses::a_name_of_a_private_address_has_no_address_for_us` |
//! | FET-03 | `lookup::private_addresses_are_not_asked` |
//! | FET-03 | `fetching::addresses::an_address_that_is_no_public_server_is_refused_before_any_question` |
//! | FET-04 | `fetching::addresses::a_name_that_changes_its_mind_is_caught_at_each_connection` |
//! | FET-05 | `fetching::addresses::one_private_address_among_public_ones_spoils_the_answer` |
//! | FET-06 | `fetching::redirects::every_redirect_is_checked_like_the_first_address` |
//! | FET-07 | `lookup::no_signature_travels_to_another_server` |
//! | FET-07 | `fetching::redirects::nobody_is_followed_round_and_round` |
//! | FET-07 | `fetching::redirects::the_body_of_a_redirect_is_not_read` |
//! | FET-08 | `lookup::no_signature_travels_to_another_server` |
//! | FET-08 | `fetching::redirects::a_signature_never_travels_to_another_host` |
//! | FET-09 | `workers::a_server_tells_what_software_it_is` |
//! | FET-10 | does not apply: no pictures, previews, or files of others are fetched or handed on |
//! | FET-11 | does not apply: no list and no webhook is asked for by its address |
//! | FET-12 | `fetching::bodies::no_more_than_a_mebibyte_is_read` |
//! | FET-12 | `fetching::bodies::what_follows_a_body_is_not_part_of_it` |
//! | FET-13 | `fetching::bodies::a_compressed_body_is_bounded_by_what_it_unpacks_to` |
//! | FET-14 | `fetching::time::a_slow_peer_takes_no_longer_than_it_is_given` |
//! | FET-15 | `fetching::time::a_slow_host_holds_up_nobody_else` |
//! | FET-16 | `fetching::bodies::an_answer_with_huge_headers_is_refused` |
//! | FET-17 | `communities::no_thread_makes_us_ask_without_end` |
//! | FET-17 | `replies::an_answer_under_an_unknown_post_brings_that_post` |
//! | FET-17 | `hostile::asking::a_thread_without_an_end_is_not_climbed` |
//! | FET-18 | `hostile::groups::collections_of_others_are_not_counted_and_not_walked` |
//! | FET-19 | `hostile::asking::nobody_makes_us_ask_thousands` |
//! | FET-20 | `fetching::time::a_certificate_that_nobody_vouches_for_is_refused` |
//! | FET-21 | `hostile::asking::nobody_makes_us_ask_thousands` |
//! | FET-21 | `hostile::asking::one_who_is_not_known_costs_few_questions` |
//! | FET-22 | does not apply: the server speaks HTTP/1.1 alone; HTTP/2 is the proxy's |
//! | FET-24 | does not apply: no page is read for links to documents |
//! | PAR-01 | `inbox::bodies::a_body_of_more_than_a_mebibyte_is_refused` |
//! | PAR-02 | `inbox::bodies::what_is_not_one_json_object_is_refused` |
//! | PAR-03 | `inbox::bodies::what_is_not_one_json_object_is_refused` |
//! | PAR-04 | `inbox::bodies::what_is_not_one_json_object_is_refused` |
//! | PAR-04 | `inbox::bodies::odd_characters_never_reach_the_database` |
//! | PAR-05 | `inbox::bodies::numbers_beyond_reason_are_refused` |
//! | PAR-06 | `inbox::bodies::numbers_beyond_reason_are_refused` |
//! | PAR-07 | `inbox::bodies::long_lists_are_cut` |
//! | PAR-08 | `inbox::bodies::long_lists_are_cut` |
//! | PAR-09 | `hostile::markup::markup_that_was_made_to_take_long_does_not` |
//! | PAR-09 | `ops::html::tests::nothing_grows_beyond_twice_its_length` |
//! | PAR-10 | `hostile::markup::markup_that_was_made_to_take_long_does_not` |
//! | PAR-11 | `webfinger::a_question_that_is_none_is_answered_so` |
//! | PAR-12 | `e2e::slow::slow_and_idle_visitors_hold_up_nobody` |
//! | PAR-13 | `e2e::slow::slow_and_idle_visitors_hold_up_nobody` |
//! | PAR-14 | `hostile::floods::who_says_too_much_is_asked_to_slow_down_and_nobody_else` |
//! | PAR-15 | `hostile::floods::nobody_uses_up_what_another_may_say` |
//! | PAR-15 | `server::app::tests::only_our_own_proxies_are_believed` |
//! | PAR-16 | `hostile::markup::markup_that_was_made_to_take_long_does_not` |
//! | PAR-17 | `hostile::markup::a_name_with_control_characters_is_one_line` |
//! | PAR-18 | `federation::inbox::pace::tests::of_twelve_thousand_servers_not_all_are_remembered` |
//! | PAR-19 | `inbox::bodies::a_kind_is_one_word` |
//! | PAR-20 | `inbox::mutations::no_mutation_of_what_others_send_breaks_anything` |
//! | PAR-20 | `pasture::every_input_of_the_pasture_ends_as_it_did` |
//! | MED-01 | `replies::scripts_do_not_come_in` |
//! | MED-01 | `what_people_write` of the tests of `web`, and tests/browser/hostile.mjs in a browser |
//! | MED-02 | does not apply: no page of others is previewed |
//! | MED-03 | does not apply: no page says that a link is verified |
//! | MED-04 | `text::a_letter_carries_no_tower_of_marks_med_04` |
//! | MED-05 | `media` of the tests of `ops` and `api` |
//! | MED-06 | `media` of the tests of `ops` |
//! | MED-07 | `media` of the tests of `ops` |
//! | MED-07 | `uploads` of the tests of `api` |
//! | MED-08 | `media` of the tests of `ops` |
//! | MED-08 | `uploads` of the tests of `api` |
//! | MED-09 | `media` of the tests of `ops` |
//! | MED-10 | `pages::every_page_keeps_its_promises_for_everybody` |
//! | MED-11 | does not apply: there is no proxy for the media of others |
//! | MED-12 | does not apply: no media of others are kept |
//! | MED-13 | not yet: pictures are read by a library in the process of the server |
//! | MED-14 | does not apply: nothing is written in Markdown |
//! | MED-15 | `without_smtp_a_letter_is_written_to_a_folder` |
//! | MED-16 | `moderation::imports` of the tests of `ops` |
//! | MED-16 | `syndication` of the tests of `api` |
//! | MOD-01 | `inbox::blocks::nothing_is_taken_from_a_suspended_server_however_it_is_written` |
//! | MOD-01 | `inbox::blocks::nothing_is_sent_below_a_suspended_domain` |
//! | MOD-02 | `inbox::blocks::a_suspended_server_is_not_asked_either` |
//! | MOD-02 | `moderation::people::what_is_blocked_does_not_come_through_others` |
//! | MOD-03 | `moderation::people::a_suspended_person_is_refused_at_once_but_may_delete` |
//! | MOD-04 | `moderation::people::of_a_suspended_person_here_nothing_leaves` |
//! | MOD-05 | `moderation::imports` of the tests of `ops` |
//! | MOD-06 | does not apply: no address shows the rules |
//! | MOD-07 | `moderation::people::what_a_limited_server_says_is_not_passed_on` |
//! | MOD-07 | `relays::limited` |
//! | MOD-08 | `moderation::strangers` of the tests of `ops` |
//! | MOD-09 | `sign_ups` of the tests of `ops` |
//! | MOD-10 | `moderation::reports::a_flood_of_reports_is_one_and_a_forged_one_none` |
//! | MOD-11 | `actors::an_actor_that_is_gone_says_nothing_more` |
//! | MOD-12 | `moderation::threads` of the tests of `ops` |
//! | MOD-13 | `moderation::threads` and `moderation::reports` of the tests of `ops` |
//! | MOD-14 | `moderation::told::a_hidden_answer_is_told_to_nobody` |
//! | MOD-15 | `moderation` of the tests of `api` and `web` |
//! | MOD-16 | `moderation::people::where_only_listed_servers_may_speak_nobody_else_is_asked` |
//! | API-01 | `authorization::everybody_may_do_what_the_table_says` |
//! | API-01 | `authorization::drafts_and_gone_things_tell_nothing` |
//! | API-01 | `accounts::api_01_an_unknown_name_costs_what_a_wrong_password_costs` |
//! | API-02 | `authorization::everybody_may_do_what_the_table_says` |
//! | API-02 | `sessions::api_02_nobody_sees_those_of_another` |
//! | API-03 | `authorization::everybody_may_do_what_the_table_says` |
//! | API-04 | `authorization::scopes::each_operation_asks_for_its_scope_and_no_other` |
//! | API-04 | `identity::api_04_an_app_takes_nothing_along_that_it_was_not_allowed_by_name` |
//! | API-05 | `oauth::consent::a_code_is_for_its_app_its_address_and_its_verifier_alone` |
//! | API-05 | `oauth::consent::a_code_is_good_once_and_its_reuse_ends_what_came_of_it` |
//! | API-05 | `oauth::consent::nobody_consents_to_what_an_app_never_registered_for` |
//! | API-06 | `streaming::a_stream_ends_with_its_token_api_06` |
//! | API-06 | `identity::api_06_a_new_password_ends_all_but_the_token_that_chose_it` |
//! | API-06 | `oauth::refresh::whoever_is_suspended_is_acted_for_no_longer` |
//! | API-07 | `forgery::a_form_from_elsewhere_changes_nothing` |
//! | API-07 | `forgery::a_form_without_its_word_changes_nothing` |
//! | API-08 | `manners::any_page_may_call_but_no_cookie_counts` |
//! | API-09 | `pages::every_answer_says_who_may_keep_it` |
//! | API-10 | `accounts::api_10_whoever_guesses_one_account_waits` |
//! | API-10 | `accounts::api_10_one_place_tries_twenty_five_passwords` |
//! | API-10 | `accounts::nobody_learns_whether_a_name_is_known` |
//! | API-11 | `sign_ups::api_11_known_and_unknown_addresses_are_answered_alike` |
//! | API-12 | `identity::api_11_an_address_is_changed_by_two_letters_and_nothing_is_revealed` |
//! | API-13 | does not apply: nobody signs in through another provider |
//! | API-14 | `bad_input::nobody_assigns_what_is_not_theirs` |
//! | API-15 | `paging::wrong_pages_are_refused` |
//! | API-16 | `search::wrong::nothing_that_is_typed_breaks_a_search` |
//! | API-17 | `search::wrong::nothing_that_is_typed_breaks_a_search` |
//! | API-18 | `idempotency` of the tests of `api` |
//! | API-19 | `listings::two_editors_lose_nothing_of_each_other_api_19` |
//! | API-20 | `accounts::nobody_is_led_away` |
//! | API-21 | `limits::looking_up_other_servers_is_rarer_api_21` |
//! | API-22 | `sign_ups::api_22_each_mode_takes_whom_it_says` |
//! | API-22 | `sign_ups::api_22_whoever_is_not_let_in_is_told_why` |
//! | API-23 | does not apply: nobody uploads the export of an account |
//! | API-24 | `sign_ups::a_password_is_forgotten_and_chosen_anew` |
//! | API-25 | `accounts::each_sign_in_has_a_secret_of_its_own` |
//! | API-25 | `accounts::the_cookie_is_for_this_server_alone` |
//! | API-26 | `audit::api_26_each_thing_that_admins_do_leaves_a_line` |
//! | API-26 | `audit::api_26_nothing_that_admins_alone_may_do_is_missing` |
//! | API-27 | `admin::the_first_page_works_once` |
//! | API-27 | `console::whoever_has_the_word_is_the_first_admin_and_nobody_after` |
//! | API-28 | `e2e::running::api_28_what_is_measured_is_told_on_a_listener_of_its_own_alone` |
//! | PRV-01 | `documents::replies::a_private_answer_is_as_if_it_were_not_there` |
//! | PRV-01 | `replies::whoever_is_addressed_sees_an_answer` |
//! | PRV-02 | `documents::negotiation::no_cache_mixes_pages_and_documents` |
//! | PRV-03 | `documents::negotiation::no_cache_mixes_pages_and_documents` |
//! | PRV-04 | `inbox::replay::a_second_create_changes_nothing` |
//! | PRV-05 | `documents::readers::every_note_that_leaves_suits_its_readers` |
//! | PRV-05 | `relays::microblogs::what_is_not_for_everybody_leaves_for_nowhere` |
//! | PRV-06 | `deliveries::only_followers_and_those_who_are_named_get_anything` |
//! | PRV-07 | `follows::somebody_here_follows_and_is_accepted` |
//! | PRV-07 | `inbox::origins::nobody_accepts_what_was_not_asked_of_them` |
//! | PRV-08 | `documents::actors::every_kind_of_actor_has_its_document` |
//! | PRV-08 | `documents::readers::every_note_that_leaves_suits_its_readers` |
//! | PRV-08 | `webfinger::nodeinfo_tells_what_software_this_is` |
//! | PRV-09 | `actors::prv_09_an_account_that_is_deleted_here_is_told_to_every_server` |
//! | PRV-09 | `actors::an_account_that_nobody_has_heard_of_is_deleted_in_silence` |
//! | PRV-10 | `export::prv_10_everything_of_theirs_is_in_it` |
//! | PRV-10 | `export::prv_10_nothing_of_anybody_else_is` |
//! | PRV-11 | `documents::collections::followers_are_a_number_and_no_list` |
//! | PRV-12 | `authorization::everybody_may_do_what_the_table_says` |
//! | PRV-13 | `agreements::an_agreement_is_nobody_elses_to_read` |
//! | PRV-14 | does not apply: nothing of ours fetches what a link leads to |
//! | IDM-01 | `inbox::replay::an_activity_takes_effect_once_however_often_it_is_sent` |
//! | IDM-01 | `hostile::orders::a_thousand_copies_are_one` |
//! | IDM-02 | `inbox::replay::a_second_create_changes_nothing` |
//! | IDM-03 | `inbox::replay::one_activity_to_two_inboxes_is_one` |
//! | IDM-04 | `replies::what_cannot_be_worked_through_is_tried_again` |
//! | IDM-05 | `inbox::replay::what_was_taken_back_before_it_came_does_not_come` |
//! | IDM-05 | `inbox::replay::every_order_of_four_messages_ends_the_same` |
//! | IDM-05 | `hostile::orders::every_order_that_begins_with_the_create_ends_the_same` |
//! | IDM-05 | `hostile::orders::every_order_that_begins_with_the_update_ends_the_same` |
//! | IDM-05 | `hostile::orders::every_order_that_begins_with_the_delete_ends_the_same` |
//! | IDM-05 | `hostile::orders::every_order_that_begins_with_the_follow_ends_the_same` |
//! | IDM-05 | `hostile::orders::every_order_that_begins_with_its_undo_ends_the_same` |
//! | IDM-05 | `hostile::orders::every_order_that_begins_with_the_like_ends_the_same` |
//! | IDM-06 | `inbox::replay::a_recorded_request_is_worth_nothing_half_a_day_later` |
//! | IDM-07 | `inbox::replay::an_older_update_is_ignored` |
//! | IDM-07 | `listings::a_listing_is_changed_and_deleted_by_its_own_collective_alone` |
//! | IDM-08 | `hostile::orders::what_was_seen_is_forgotten_after_a_week` |
//! | IDM-09 | `hostile::orders::a_like_toggled_without_end_ends_as_it_was_said_last` |
//! | IDM-10 | `inbox::replay::ids_that_differ_late_are_different_ids` |
//! | IDM-11 | `documents::readers::every_note_that_leaves_suits_its_readers` |
//! | IDM-12 | `agreements` of the tests of `api` |
//! | IDM-12 | `agreements` of the tests of `ops` |
//! | DLV-01 | `deliveries::what_fails_is_sent_again_and_nothing_about_the_same_thing_overtakes_it` |
//! | DLV-01 | `deliveries::what_never_arrives_is_given_up_after_days` |
//! | DLV-02 | `deliveries::a_server_that_asks_for_patience_gets_it` |
//! | DLV-03 | `deliveries::what_a_server_will_not_take_is_given_up_with_its_reason` |
//! | DLV-03 | `deliveries::a_server_that_answers_401_is_tried_once_more_with_the_newer_kind_of_signature` |
//! | DLV-04 | `outbox::gone::an_owner_who_is_there_keeps_following` |
//! | DLV-04 | `outbox::gone::an_owner_who_is_gone_is_gone_here_too` |
//! | DLV-04 | `outbox::gone::an_owner_who_is_not_found_follows_no_more` |
//! | DLV-05 | `deliveries::a_redirect_is_not_followed` |
//! | DLV-05 | `fetching::deliveries::a_delivery_is_never_redirected` |
//! | DLV-06 | `hostile::sending::a_name_that_leads_nowhere_is_asked_again_and_given_up_after_days` |
//! | DLV-07 | `hostile::sending::what_a_peer_took_without_saying_so_comes_again_under_its_id` |
//! | DLV-07 | `fetching::deliveries::a_delivery_on_a_dead_connection_is_sent_once_more_on_a_new_one` |
//! | DLV-08 | `fetching::deliveries::the_status_of_a_delivery_counts_whatever_its_body_does` |
//! | DLV-08 | `fetching::time::a_slow_peer_takes_no_longer_than_it_is_given` |
//! | DLV-09 | `hostile::sending::what_a_peer_took_without_saying_so_comes_again_under_its_id` |
//! | DLV-10 | `deliveries::a_server_that_fails_holds_up_no_other` |
//! | DLV-11 | `hostile::sending::twelve_dead_servers_hold_up_nobody_and_are_asked_now_and_then` |
//! | DLV-12 | `deliveries::what_fails_is_sent_again_and_nothing_about_the_same_thing_overtakes_it` |
//! | DLV-12 | `deliveries::what_fails_holds_up_nothing_else` |
//! | DLV-12 | `hostile::sending::what_is_changed_and_deleted_meanwhile_arrives_in_its_order` |
//! | DLV-12 | `outbox::gone::what_waits_behind_it_keeps_its_order` |
//! | DLV-13 | `deliveries::six_letters_of_a_slow_server_are_under_way_at_once` |
//! | DLV-13 | `deliveries::an_inbox_that_always_fails_is_left_in_peace_and_holds_up_no_other` |
//! | DLV-14 | `deliveries::one_letter_goes_to_all_followers_of_a_server` |
//! | DLV-14 | `documents::sent` |
//! | DLV-14 | `outbox::gone::a_shared_inbox_that_is_gone_is_left_for_those_behind_it` |
//! | DLV-15 | `actors::an_actor_says_something_new_of_itself` |
//! | DLV-16 | `deliveries::a_letter_is_signed_when_it_is_sent` |
//! | DLV-17 | `documents::kept` |
//! | DLV-18 | `db::large::no_statement_of_a_long_queue_reads_it_from_end_to_end` |
//! | DLV-19 | `hostile::sending::a_message_that_makes_us_panic_stops_nothing_else` |
//! | DLV-19 | `deliveries::what_cannot_be_signed_is_given_up_and_seen` |
//! | DLV-20 | `deliveries::a_paused_server_gets_nothing_until_it_is_resumed` |
//! | DLV-20 | `ops::deliveries::admins_see_the_queues_and_what_they_do_is_on_record` |
//! | DLV-21 | `deliveries::a_letter_is_signed_when_it_is_sent` |
//! | DLV-22 | `deliveries::one_letter_goes_to_all_followers_of_a_server` |
//! | DLV-22 | `inbox::keys::a_new_key_is_fetched_once_and_its_owner_remembered` |
//! | CRS-01 | `deliveries::nothing_is_lost_and_nothing_twice_when_the_process_ends_between` |
//! | CRS-02 | `deliveries::nothing_is_lost_and_nothing_twice_when_the_process_ends_between` |
//! | CRS-03 | `deliveries::nothing_is_lost_and_nothing_twice_when_the_process_ends_between` |
//! | CLK-03 | `replies::dates_from_nowhere_do_no_harm` |
//! | CRS-09 | `db::check::a_file_of_sqlite_has_one_server_and_whoever_dies_leaves` |
//! | CRS-09 | `e2e::keeping::a_second_server_of_one_file_is_refused_and_commands_are_not` |
//! | DBF-09 | `db::check::a_row_that_cannot_be_read_is_left_out_and_the_others_are_shown` |
//! | CFG-02 | `e2e::commands::a_database_belongs_to_one_address_for_ever` |
//! | CFG-03 | `e2e::keeping::the_doctor_finds_what_others_see` |
//! | UPG-02 | `db::migrations::a_migration_that_was_cut_off_leaves_nothing_and_is_repeated` |
//! | UPG-03 | `db::migrations::what_a_newer_version_made_is_left_alone` |
//! | UPG-03 | `e2e::commands::an_older_program_refuses_a_newer_database` |
//! | UPG-04 | `db::streams::migrations_go_down_and_up_and_every_row_that_can_stay_stays` |
//! | UPG-04 | `backups` of the tests of `ops` |
//! | BAK-01 | `ops::backups::a_backup_under_load_is_one_instant` |
//! | BAK-01 | `ops::backups::what_is_missing_is_named_and_what_goes_meanwhile_is_not` |
//! | BAK-02 | `ops::backups::a_backup_holds_everything_and_comes_back_the_same_on_either_engine` |
//! | BAK-02 | `e2e::keeping::a_server_that_was_lost_comes_back_from_a_backup_made_while_it_ran` |
//! | BAK-03 | `ops::backups::a_damaged_backup_is_refused_before_anything_is_touched` |
//! | BAK-04 | `ops::backups::of_moments_lived_twice_no_id_comes_twice` |
//! | BAK-04 | `e2e::keeping::a_server_that_was_lost_comes_back_from_a_backup_made_while_it_ran` |
//! | BAK-05 | `ops::backups::a_backup_is_for_its_owner_alone_and_takes_nobodys_place` |
//! | BAK-06 | `e2e::keeping::a_server_that_was_lost_comes_back_from_a_backup_made_while_it_ran` |
//! | CRS-02 | `e2e::crash::what_was_on_its_way_when_the_server_was_killed_arrives_after_the_next_start` |
//! | CRS-02 | `e2e::crash::of_three_processes_on_one_postgresql_the_others_take_over_what_a_killed_one_held` |
//! | CRS-04 | not yet: nothing ends the process in the middle of a picture |
//! | CRS-05 | not yet: `cargo xtask crash` ends it while keys are made and lists are imported; members and groups are not tried |
//! | CRS-06 | `e2e::running::a_server_that_is_asked_to_end_under_load_ends_well_and_soon` |
//! | CRS-07 | not yet: workers that panic are tried (DLV-19); no request is made to panic |
//! | CRS-08 | not yet: nothing limits the memory of a server under load |
//! | CRS-10 | not yet: nothing forgets what was not synced |
//! | DBF-01 | `e2e::faults::a_database_that_is_away_is_waited_for_and_nothing_is_lost` |
//! | DBF-02 | `e2e::faults::connections_that_the_database_ends_are_made_anew` |
//! | DBF-03 | `e2e::faults::a_full_disk_stops_what_is_written_and_nothing_else` |
//! | DBF-04 | `e2e::faults::whoever_waits_for_a_lock_too_long_is_told_to_come_back` |
//! | DBF-05 | not yet: nobody waits longer than five seconds for a connection, and nothing takes all of them |
//! | DBF-06 | `db::races::of_two_transactions_that_block_each_other_one_is_tried_again` |
//! | DBF-07 | `e2e::faults::a_slow_database_makes_slow_answers_and_no_wrong_ones` |
//! | DBF-08 | `e2e::faults::whoever_waits_for_a_lock_too_long_is_told_to_come_back` |
//! | DBF-08 | `e2e::faults::a_full_disk_stops_what_is_written_and_nothing_else` |
//! | DBF-10 | `e2e::faults::too_many_visitors_for_the_files_there_may_be_do_not_end_the_server` |
//! | CLK-01 | not yet: the doctor compares clocks; nobody is warned at the start |
//! | CLK-02 | `e2e::clock::a_clock_that_is_set_back_makes_no_id_twice_and_keeps_their_order` |
//! | CLK-04 | `inbox::signatures::a_signature_counts_for_half_a_day_and_an_hour` |
//! | CLK-05 | does not apply: what is offered has days, and moments in UTC; nothing is at an hour of a zone |
//! | CLK-06 | `e2e::clock::after_a_sleep_of_half_a_day_everything_goes_on` |
//! | CFG-01 | `e2e::configuration::a_mistake_in_the_file_is_named_by_file_line_and_key` |
//! | CFG-01 | `server::config::tests::each_mistake_in_a_file_is_told_with_its_line` |
//! | CFG-04 | `server::config::tests::each_mistake_about_the_instance_is_told` |
//! | CFG-04 | `server::config::tests::the_public_url_is_required_except_in_development` |
//! | CFG-05 | `e2e::configuration::nobody_else_reads_a_new_database` |
//! | CFG-06 | `e2e::configuration::a_database_that_cannot_be_had_is_told_in_a_line` |
//! | CFG-07 | `server::mail::a_mail_server_that_is_away_is_tried_again` |
//! | CFG-08 | `e2e::running::two_servers_on_one_port_are_one_too_many` |
//! | UPG-01 | not yet: no version was released |
//! | UPG-05 | not yet: no version was released |
//! | UPG-06 | not yet: no version was released |
//! | UPG-07 | not yet: no version was released |
//! | UPG-08 | does not apply: cargo-deny is no test; `cargo xtask ci` runs it |
