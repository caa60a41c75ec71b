//! Problems in German.

use super::Language;

/// German.
pub(super) const GERMAN: Language = Language {
    tag: "de",
    titles: &[
        (400, "Fehlerhafte Anfrage"),
        (401, "Nicht angemeldet"),
        (403, "Nicht erlaubt"),
        (404, "Nicht gefunden"),
        (405, "Methode nicht erlaubt"),
        (409, "Konflikt"),
        (410, "Nicht mehr da"),
        (412, "Bedingung nicht erfüllt"),
        (413, "Inhalt zu groß"),
        (415, "Inhaltstyp nicht unterstützt"),
        (422, "Nicht verarbeitbar"),
        (429, "Zu viele Anfragen"),
        (500, "Fehler des Servers"),
        (503, "Dienst nicht verfügbar"),
    ],
    sentences: &[
        ("board_closed", "dieses Kollektiv nimmt zurzeit keine neuen Einträge an"),
        ("stewards_only", "in diesem Kollektiv dürfen das nur, die es betreuen oder vertreten"),
        ("not_a_member", "das dürfen nur Mitglieder dieses Kollektivs"),
        ("suspended", "deine Mitgliedschaft ruht"),
        ("not_theirs_to_say", "darüber wird anderswo entschieden"),
        (
            "last_steward",
            "ein Kollektiv braucht mindestens eine Person, die es betreut; bestimme zuerst eine andere",
        ),
        ("no_invitation", "diese Einladung wurde schon beantwortet oder gab es nie"),
        ("still_a_draft", "dieser Eintrag ist ein Entwurf; veröffentliche ihn zuerst"),
        ("already_published", "dieser Eintrag ist schon veröffentlicht"),
        ("fulfilled", "dieser Eintrag ist erfüllt; öffne ihn wieder, bevor du ihn änderst"),
        ("withdrawn", "dieser Eintrag wurde zurückgezogen; öffne ihn wieder, bevor du ihn änderst"),
        (
            "expired",
            "dieser Eintrag ist abgelaufen; öffne ihn mit neuer Frist wieder, bevor du ihn änderst",
        ),
        ("already_open", "dieser Eintrag ist offen; es gibt nichts wieder zu öffnen"),
        (
            "not_from_here",
            "dieser Eintrag liegt auf einem anderen Server; nur sein eigenes Kollektiv kann ihn ändern",
        ),
        (
            "stale",
            "inzwischen hat es jemand anders geändert; lade es neu und wiederhole deine Änderung",
        ),
        ("blocked", "diese Person oder dieser Server ist hier gesperrt"),
        ("thread_too_deep", "der Faden ist zu tief, um hier zu antworten; antworte weiter oben"),
        ("locked", "dieser Faden ist geschlossen und nimmt keine Antworten mehr an"),
        ("not_allowed", "das Konto darf das nicht"),
        ("follows_itself", "niemand kann sich selbst folgen"),
        ("no_request", "es gibt keine solche Anfrage zu beantworten"),
        ("not_for_us", "das betrifft niemanden auf diesem Server"),
        ("deleted", "was gelöscht wurde, kommt nicht zurück"),
        (
            "no_longer_open",
            "dieser Eintrag ist nicht offen: es wird nichts mehr gebraucht oder angeboten",
        ),
        (
            "not_enough_left",
            "es ist weniger übrig, als angeboten wurde: jemand war schneller, oder der Eintrag wurde geändert",
        ),
        ("already_answered", "das wurde schon beantwortet oder zurückgenommen"),
        (
            "already_offered",
            "was du hier angeboten hast, wartet auf Antwort; nimm es zurück, bevor du anderes anbietest",
        ),
        ("taken_already", "jemand anders kümmert sich darum, oder legt es zurück"),
        ("not_agreed", "darauf haben sich nicht beide Seiten geeinigt"),
        (
            "too_many_offers",
            "zu viele Angebote an dieses Kollektiv warten auf Antwort oder wurden heute gemacht",
        ),
        (
            "replies_only",
            "jener Server versteht solche Angebote nicht; schreibe stattdessen eine Antwort",
        ),
        ("too_many_webhooks", "ein Kollektiv hat höchstens 10 Webhooks; lösche zuerst einen"),
        ("webhook_is_off", "dieser Webhook ist ausgeschaltet; schalte ihn zuerst ein"),
        ("not_found", "hier ist nichts, oder nichts für dich"),
        ("already_done", "das wurde im selben Augenblick schon getan"),
        (
            "unavailable",
            "der Server ist gerade ausgelastet; versuche es in ein paar Sekunden wieder",
        ),
        ("internal", "bei uns ist etwas kaputtgegangen; es wurde notiert"),
        ("unreachable", "der andere Server antwortet gerade nicht; versuche es später wieder"),
        (
            "unsupported_media_type",
            "der Inhalt muss mit Content-Type: application/json gesendet werden",
        ),
        ("too_large", "der Inhalt darf höchstens 256 KiB groß sein"),
        ("no_token", "dafür braucht es ein Token; sende es als Authorization: Bearer TOKEN"),
        ("invalid_token", "dieses Token ist unbekannt, abgelaufen oder widerrufen"),
        ("missing_scope", "diesem Token fehlt die Berechtigung {}"),
        ("gone", "es ist nicht mehr da; es wurde gelöscht"),
        (
            "method_not_allowed",
            "diese Adresse kennt die Methode nicht; der Header Allow nennt die bekannten",
        ),
        (
            "if_match_invalid",
            "If-Match muss `*` sein, oder Etiketten mit ihren Anführungszeichen, wie ETag sie zeigt: \"3-00ff\"",
        ),
        (
            "idempotency_key_invalid",
            "Idempotency-Key muss ein einziger Text von 1 bis 255 sichtbaren Zeichen sein, etwa eine UUID",
        ),
        (
            "idempotency_key_reused",
            "dieser Idempotency-Key wurde für eine andere Anfrage benutzt; gib jeder einen eigenen",
        ),
        (
            "in_progress",
            "die erste Anfrage mit diesem Idempotency-Key läuft noch; frage in einer Sekunde wieder",
        ),
        ("too_many_requests", "zu viele Anfragen; der Header Retry-After sagt, wann es weitergeht"),
    ],
};
