//! The tables, as both engines have them; a test holds this file against a migrated database.

diesel::table! {
    settings (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    instances (host) {
        host -> Text,
        software -> Nullable<Text>,
        version -> Nullable<Text>,
        dialect -> Text,
        state -> Text,
        first_seen_at -> BigInt,
        checked_at -> Nullable<BigInt>,
        last_success_at -> Nullable<BigInt>,
        last_failure_at -> Nullable<BigInt>,
        last_failure -> Nullable<Text>,
        failures -> Integer,
        delivery_due_at -> Nullable<BigInt>,
        delivery_lease_until -> BigInt,
        delivery_lease_by -> Nullable<Binary>,
        inbound_lease_until -> BigInt,
        inbound_lease_by -> Nullable<Binary>,
        open_actors -> Nullable<Bool>,
        probed_at -> Nullable<BigInt>,
        delivery_paused_at -> Nullable<BigInt>,
        delivered -> BigInt,
        failed -> BigInt,
    }
}

diesel::table! {
    actors (id) {
        id -> Binary,
        ap_id -> Text,
        kind -> Text,
        handle -> Text,
        handle_key -> Text,
        host -> Text,
        local -> Bool,
        name -> Text,
        summary -> Text,
        url -> Nullable<Text>,
        inbox -> Text,
        shared_inbox -> Nullable<Text>,
        outbox -> Nullable<Text>,
        followers -> Nullable<Text>,
        following -> Nullable<Text>,
        featured -> Nullable<Text>,
        moderators -> Nullable<Text>,
        icon -> Nullable<Text>,
        approves_followers -> Bool,
        created_at -> BigInt,
        updated_at -> BigInt,
        fetched_at -> Nullable<BigInt>,
        suspended_at -> Nullable<BigInt>,
        deleted_at -> Nullable<BigInt>,
        moved_to -> Nullable<Text>,
    }
}

diesel::table! {
    keys (key_id) {
        key_id -> Text,
        actor_id -> Binary,
        public_pem -> Text,
        private_pem -> Nullable<Text>,
        created_at -> BigInt,
        refetched_at -> Nullable<BigInt>,
        retired_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    accounts (id) {
        id -> Binary,
        person_id -> Binary,
        email -> Nullable<Text>,
        password_hash -> Text,
        role -> Text,
        sponsor_id -> Nullable<Binary>,
        locale -> Text,
        created_at -> BigInt,
        confirmed_at -> Nullable<BigInt>,
        suspended_at -> Nullable<BigInt>,
        state -> Text,
        application -> Text,
        unsponsored_at -> Nullable<BigInt>,
        totp_secret -> Nullable<Binary>,
        totp_confirmed_at -> Nullable<BigInt>,
        totp_step -> Nullable<BigInt>,
        deleted_at -> Nullable<BigInt>,
        approved -> Bool,
        suspended_by -> Nullable<Text>,
        digest -> Text,
        digest_at -> BigInt,
        letters -> Bool,
        letter_at -> BigInt,
        stop_word -> Nullable<Text>,
    }
}

diesel::table! {
    sessions (digest) {
        digest -> Binary,
        account_id -> Binary,
        csrf -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        id -> Nullable<Binary>,
        name -> Text,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    tokens (digest) {
        digest -> Binary,
        account_id -> Binary,
        name -> Text,
        scopes -> Text,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        id -> Nullable<Binary>,
        app_id -> Nullable<Binary>,
        grant_id -> Nullable<Binary>,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    follows (id) {
        id -> Binary,
        ap_id -> Text,
        follower_id -> Binary,
        followed_id -> Binary,
        state -> Text,
        created_at -> BigInt,
        accepted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    blocks (blocker_id, blocked_id) {
        blocker_id -> Binary,
        blocked_id -> Binary,
        ap_id -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    collectives (id) {
        id -> Binary,
        voice_id -> Binary,
        language -> Text,
        follow_policy -> Text,
        board_open -> Bool,
        members_publish -> Bool,
        created_at -> BigInt,
        dissolved_at -> Nullable<BigInt>,
        version -> BigInt,
        public_log -> Bool,
        join_policy -> Text,
        join_questions -> Text,
        place -> Nullable<Text>,
        public_latitude -> Nullable<Double>,
        public_longitude -> Nullable<Double>,
    }
}

diesel::table! {
    collective_sections (collective_id, section) {
        collective_id -> Binary,
        section -> Text,
        text -> Text,
    }
}

diesel::table! {
    memberships (collective_id, person_id) {
        collective_id -> Binary,
        person_id -> Binary,
        role -> Text,
        state -> Text,
        invited_by -> Nullable<Binary>,
        created_at -> BigInt,
        joined_at -> Nullable<BigInt>,
        answers -> Text,
        shown -> Bool,
    }
}

diesel::table! {
    listing_tags (word, listing_id) {
        listing_id -> Binary,
        word -> Text,
        name -> Text,
        position -> Integer,
    }
}

diesel::table! {
    listings (id) {
        id -> Binary,
        ap_id -> Text,
        collective_id -> Binary,
        author_id -> Nullable<Binary>,
        signed_by -> Text,
        purpose -> Text,
        kind -> Text,
        title -> Text,
        text -> Text,
        html -> Text,
        quantity -> Nullable<BigInt>,
        remaining -> Nullable<BigInt>,
        unit -> Nullable<Text>,
        category -> Nullable<Text>,
        terms -> Text,
        place -> Nullable<Text>,
        public_latitude -> Nullable<Double>,
        public_longitude -> Nullable<Double>,
        radius -> Integer,
        starts_at -> Nullable<BigInt>,
        ends_at -> Nullable<BigInt>,
        expires_at -> Nullable<BigInt>,
        language -> Text,
        urgency -> Nullable<Text>,
        licence -> Text,
        state -> Text,
        open -> Bool,
        url -> Nullable<Text>,
        published_at -> Nullable<BigInt>,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
        version -> BigInt,
    }
}

diesel::table! {
    exact_points (listing_id) {
        listing_id -> Binary,
        latitude -> Double,
        longitude -> Double,
    }
}

diesel::table! {
    replies (id) {
        id -> Binary,
        ap_id -> Text,
        author_id -> Binary,
        written_by -> Nullable<Binary>,
        listing_id -> Nullable<Binary>,
        parent_id -> Nullable<Binary>,
        in_reply_to -> Nullable<Text>,
        depth -> Integer,
        visibility -> Text,
        text -> Text,
        html -> Text,
        language -> Nullable<Text>,
        url -> Nullable<Text>,
        published_at -> BigInt,
        updated_at -> Nullable<BigInt>,
        deleted_at -> Nullable<BigInt>,
        hidden_at -> Nullable<BigInt>,
        group_id -> Nullable<Binary>,
        title -> Nullable<Text>,
        root_id -> Nullable<Binary>,
        summary -> Nullable<Text>,
        sensitive -> Bool,
    }
}

diesel::table! {
    reactions (object_id, kind, actor_id) {
        actor_id -> Binary,
        kind -> Text,
        object_id -> Binary,
        ap_id -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    seen_activities (digest) {
        digest -> Binary,
        seen_at -> BigInt,
    }
}

diesel::table! {
    inbound_activities (id) {
        id -> Binary,
        digest -> Binary,
        ap_id -> Text,
        actor -> Text,
        host -> Text,
        kind -> Text,
        body -> Text,
        parked -> Nullable<Text>,
        outcome -> Nullable<Text>,
        reason -> Nullable<Text>,
        attempts -> Integer,
        received_at -> BigInt,
        due_at -> Nullable<BigInt>,
        done_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    events (id) {
        id -> Binary,
        kind -> Text,
        payload -> Text,
        pending -> Bool,
        attempts -> Integer,
        due_at -> BigInt,
        error -> Nullable<Text>,
        occurred_at -> BigInt,
    }
}

diesel::table! {
    jobs (id) {
        id -> Binary,
        kind -> Text,
        name -> Text,
        payload -> Text,
        attempts -> Integer,
        due_at -> BigInt,
        dead -> Bool,
        error -> Nullable<Text>,
        created_at -> BigInt,
        taken_by -> Nullable<Binary>,
    }
}

diesel::table! {
    activities (id) {
        id -> Binary,
        actor_id -> Binary,
        kind -> Text,
        public -> Bool,
        body -> Text,
        created_at -> BigInt,
        key_id -> Nullable<Text>,
        lane -> Binary,
        kept -> Bool,
    }
}

diesel::table! {
    deliveries (activity_id, inbox) {
        activity_id -> Binary,
        inbox -> Text,
        host -> Text,
        dead -> Bool,
        attempts -> Integer,
        created_at -> BigInt,
        reason -> Nullable<Text>,
        lane -> Binary,
        due_at -> BigInt,
    }
}

diesel::table! {
    inboxes (inbox) {
        inbox -> Text,
        host -> Text,
        failures -> Integer,
        due_at -> BigInt,
        lost -> Bool,
    }
}

diesel::table! {
    media (id) {
        id -> Binary,
        owner_id -> Binary,
        listing_id -> Nullable<Binary>,
        digest -> Binary,
        media_type -> Text,
        bytes -> BigInt,
        width -> Integer,
        height -> Integer,
        alt -> Text,
        created_at -> BigInt,
        reply_id -> Nullable<Binary>,
        position -> Integer,
    }
}

diesel::table! {
    audit (id) {
        id -> Binary,
        actor_id -> Nullable<Binary>,
        collective_id -> Nullable<Binary>,
        action -> Text,
        target -> Text,
        detail -> Text,
        happened_at -> BigInt,
    }
}

diesel::table! {
    guests (author_id) {
        author_id -> Binary,
        actor_id -> Binary,
    }
}

diesel::table! {
    relays (reply_id) {
        reply_id -> Binary,
        ap_id -> Text,
        actor_id -> Binary,
        created_at -> BigInt,
        ended_at -> Nullable<BigInt>,
        former_id -> Nullable<Text>,
    }
}

diesel::table! {
    locks (listing_id) {
        listing_id -> Binary,
        actor_id -> Nullable<Binary>,
        locked_at -> BigInt,
    }
}

diesel::table! {
    mentions (collective_id, reply_id) {
        collective_id -> Binary,
        reply_id -> Binary,
        state -> Text,
        announce_id -> Nullable<Text>,
        created_at -> BigInt,
        create_id -> Nullable<Binary>,
        update_id -> Nullable<Binary>,
        arrival -> Text,
    }
}

diesel::table! {
    domain_rules (domain) {
        domain -> Text,
        severity -> Text,
        reject_media -> Bool,
        reject_reports -> Bool,
        obfuscate -> Bool,
        public_comment -> Text,
        private_comment -> Text,
        created_by -> Nullable<Binary>,
        created_at -> BigInt,
    }
}

diesel::table! {
    reports (id) {
        id -> Binary,
        ap_id -> Text,
        reporter_id -> Binary,
        collective_id -> Nullable<Binary>,
        actor_id -> Binary,
        listing_id -> Nullable<Binary>,
        reply_id -> Nullable<Binary>,
        text -> Text,
        forwarded -> Bool,
        open -> Bool,
        created_at -> BigInt,
        resolved_at -> Nullable<BigInt>,
        resolved_by -> Nullable<Binary>,
        host -> Text,
        times -> Integer,
        updated_at -> BigInt,
        case_id -> Nullable<Binary>,
    }
}

diesel::table! {
    agreements (id) {
        id -> Binary,
        ap_id -> Text,
        offer_id -> Text,
        listing_id -> Binary,
        responder_id -> Binary,
        quantity -> Nullable<BigInt>,
        unit -> Nullable<Text>,
        text -> Text,
        state -> Text,
        reason -> Text,
        created_at -> BigInt,
        answered_at -> Nullable<BigInt>,
        answered_by -> Nullable<Binary>,
        return_quantity -> Nullable<BigInt>,
        return_unit -> Nullable<Text>,
        fulfilled_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    account_secrets (digest) {
        digest -> Binary,
        account_id -> Binary,
        kind -> Text,
        payload -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        mailbox -> Text,
    }
}

diesel::table! {
    recovery_codes (account_id, digest) {
        account_id -> Binary,
        digest -> Binary,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    account_invitations (id) {
        id -> Binary,
        digest -> Binary,
        collective_id -> Nullable<Binary>,
        created_by -> Nullable<Binary>,
        note -> Text,
        uses_left -> Integer,
        created_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    apps (id) {
        id -> Binary,
        client_id -> Text,
        secret_digest -> Nullable<Binary>,
        name -> Text,
        website -> Nullable<Text>,
        redirect_uris -> Text,
        scopes -> Text,
        created_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    oauth_codes (digest) {
        digest -> Binary,
        app_id -> Binary,
        account_id -> Binary,
        grant_id -> Binary,
        redirect_uri -> Text,
        scopes -> Text,
        challenge -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    refresh_tokens (digest) {
        digest -> Binary,
        app_id -> Binary,
        account_id -> Binary,
        grant_id -> Binary,
        scopes -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    app_tokens (digest) {
        digest -> Binary,
        app_id -> Binary,
        scopes -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    idempotency_keys (account_id, name) {
        account_id -> Binary,
        name -> Text,
        request_digest -> Binary,
        status -> Nullable<Integer>,
        headers -> Text,
        body -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    mandates (listing_id) {
        listing_id -> Binary,
        on_behalf_of -> Text,
        consented_at -> BigInt,
    }
}

diesel::table! {
    templates (id) {
        id -> Binary,
        collective_id -> Binary,
        created_by -> Binary,
        name -> Text,
        form -> Text,
        recurs -> Nullable<Text>,
        next_at -> Nullable<BigInt>,
        created_at -> BigInt,
        updated_at -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    template_uses (listing_id) {
        listing_id -> Binary,
        template_id -> Binary,
    }
}

diesel::table! {
    notifications (id) {
        id -> Binary,
        person_id -> Binary,
        kind -> Text,
        actor_id -> Nullable<Binary>,
        collective_id -> Nullable<Binary>,
        listing_id -> Nullable<Binary>,
        reply_id -> Nullable<Binary>,
        text -> Text,
        created_at -> BigInt,
        read_at -> Nullable<BigInt>,
        mailed -> Bool,
        agreement_id -> Nullable<Binary>,
    }
}

diesel::table! {
    mutes (person_id, muted_id) {
        person_id -> Binary,
        muted_id -> Binary,
        created_at -> BigInt,
    }
}

diesel::table! {
    saved_searches (id) {
        id -> Binary,
        person_id -> Binary,
        name -> Text,
        query -> Text,
        notify -> Bool,
        created_at -> BigInt,
    }
}

diesel::table! {
    webhooks (id) {
        id -> Binary,
        collective_id -> Binary,
        created_by -> Binary,
        url -> Text,
        secret -> Text,
        events -> Text,
        enabled -> Bool,
        failures -> Integer,
        created_at -> BigInt,
    }
}

diesel::table! {
    webhook_letters (id) {
        id -> Binary,
        webhook_id -> Binary,
        event -> Text,
        body -> Text,
        attempts -> Integer,
        due_at -> Nullable<BigInt>,
        status -> Nullable<Integer>,
        error -> Nullable<Text>,
        created_at -> BigInt,
        done_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    searchable (id) {
        id -> Binary,
        kind -> Text,
        words -> Text,
        updated_at -> BigInt,
    }
}

diesel::table! {
    tallies (object_id, voter) {
        object_id -> Binary,
        voter -> Text,
        kind -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    incoming (id) {
        id -> Binary,
        collective_id -> Binary,
        kind -> Text,
        subject_id -> Binary,
        created_at -> BigInt,
        taken_by -> Nullable<Binary>,
        taken_at -> Nullable<BigInt>,
        done_by -> Nullable<Binary>,
        done_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    days (name, day) {
        name -> Text,
        day -> BigInt,
        value -> BigInt,
    }
}

diesel::table! {
    cases (id) {
        id -> Binary,
        actor_id -> Binary,
        state -> Text,
        opened_by -> Nullable<Binary>,
        opened_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    decisions (id) {
        id -> Binary,
        case_id -> Binary,
        kind -> Text,
        text -> Text,
        follow_up_at -> Nullable<BigInt>,
        followed_up_at -> Nullable<BigInt>,
        decided_by -> Nullable<Binary>,
        decided_at -> BigInt,
        digest -> Nullable<Binary>,
    }
}

diesel::table! {
    appeals (decision_id) {
        decision_id -> Binary,
        text -> Text,
        made_at -> BigInt,
        upheld -> Nullable<Bool>,
        answer -> Text,
        answered_by -> Nullable<Binary>,
        answered_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    announcements (id) {
        id -> Binary,
        text -> Text,
        starts_at -> BigInt,
        ends_at -> Nullable<BigInt>,
        created_by -> Nullable<Binary>,
        created_at -> BigInt,
    }
}

diesel::table! {
    proposals (id) {
        id -> Binary,
        act -> Text,
        target -> Text,
        payload -> Text,
        state -> Text,
        proposed_by -> Binary,
        proposed_at -> BigInt,
        answered_by -> Nullable<Binary>,
        answered_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    processes (id) {
        id -> Binary,
        beats -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    account_invitations,
    account_secrets,
    accounts,
    activities,
    actors,
    agreements,
    announcements,
    app_tokens,
    appeals,
    apps,
    audit,
    blocks,
    collective_sections,
    cases,
    collectives,
    days,
    decisions,
    deliveries,
    domain_rules,
    events,
    exact_points,
    follows,
    guests,
    idempotency_keys,
    inbound_activities,
    inboxes,
    incoming,
    instances,
    jobs,
    keys,
    listing_tags,
    listings,
    locks,
    mandates,
    media,
    memberships,
    mentions,
    mutes,
    notifications,
    oauth_codes,
    processes,
    proposals,
    reactions,
    recovery_codes,
    refresh_tokens,
    relays,
    replies,
    reports,
    saved_searches,
    searchable,
    seen_activities,
    sessions,
    settings,
    tallies,
    template_uses,
    templates,
    tokens,
    webhook_letters,
    webhooks,
);
