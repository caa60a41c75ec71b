//! Problems in Catalan.

use super::Language;

/// Catalan.
pub(super) const CATALAN: Language = Language {
    tag: "ca",
    titles: &[
        (400, "Petició incorrecta"),
        (401, "No autenticat"),
        (403, "No permès"),
        (404, "No trobat"),
        (405, "Mètode no permès"),
        (409, "Conflicte"),
        (410, "Ja no existeix"),
        (412, "Condició no complerta"),
        (413, "Contingut massa gran"),
        (415, "Tipus de contingut no admès"),
        (422, "No es pot processar"),
        (429, "Massa peticions"),
        (500, "Error del servidor"),
        (503, "Servei no disponible"),
    ],
    sentences: &[
        ("board_closed", "aquest col·lectiu no admet anuncis nous en aquest moment"),
        (
            "stewards_only",
            "en aquest col·lectiu només ho poden fer qui el gestiona o el representa",
        ),
        ("not_a_member", "només ho poden fer els membres d’aquest col·lectiu"),
        ("suspended", "la teva pertinença a aquest col·lectiu està suspesa"),
        ("not_theirs_to_say", "no li correspon decidir-ho"),
        (
            "last_steward",
            "un col·lectiu ha de conservar almenys una persona que el gestioni; nomena’n abans una altra",
        ),
        ("no_invitation", "aquesta invitació ja es va respondre o no ha existit mai"),
        ("still_a_draft", "aquest anunci és un esborrany; publica’l primer"),
        ("already_published", "aquest anunci ja està publicat"),
        ("fulfilled", "aquest anunci ja està complert; torna a obrir-lo abans de canviar-lo"),
        ("withdrawn", "aquest anunci es va retirar; torna a obrir-lo abans de canviar-lo"),
        (
            "expired",
            "aquest anunci ha caducat; torna a obrir-lo amb una altra data abans de canviar-lo",
        ),
        ("already_open", "aquest anunci està obert; no hi ha res a tornar a obrir"),
        (
            "not_from_here",
            "aquest anunci viu en un altre servidor; només el seu col·lectiu el pot canviar",
        ),
        ("stale", "algú ho ha canviat mentrestant; torna a carregar-ho i repeteix el teu canvi"),
        ("blocked", "aquesta persona o aquest servidor està blocat aquí"),
        (
            "thread_too_deep",
            "el fil és massa profund per respondre en aquest punt; respon més amunt",
        ),
        ("locked", "aquest fil està tancat; no admet més respostes"),
        ("not_allowed", "el compte no té permís per fer-ho"),
        ("follows_itself", "ningú no es pot seguir a si mateix"),
        ("no_request", "no hi ha cap sol·licitud així per respondre"),
        ("not_for_us", "això no concerneix ningú d’aquest servidor"),
        ("deleted", "el que es va esborrar no torna"),
        ("no_longer_open", "aquest anunci no està obert: ja no es necessita ni s’ofereix res més"),
        (
            "not_enough_left",
            "queda menys del que es va oferir: algú ha estat més ràpid, o l’anunci ha canviat",
        ),
        ("already_answered", "això ja es va respondre o retirar"),
        (
            "already_offered",
            "el que vas oferir aquí espera resposta; retira-ho abans d’oferir una altra cosa",
        ),
        ("taken_already", "això ho ha agafat una altra persona; o ho fa, o ho deixa"),
        ("not_agreed", "això no ho van acordar les dues parts"),
        (
            "too_many_offers",
            "hi ha massa oferiments a aquest col·lectiu que esperen resposta, o s’han fet avui",
        ),
        ("replies_only", "aquell servidor no entén oferiments d’aquesta mena; escriu una resposta"),
        ("too_many_webhooks", "un col·lectiu té com a màxim 10 webhooks; esborra’n abans un"),
        ("webhook_is_off", "aquest webhook està apagat; encén-lo primer"),
        ("not_found", "aquí no hi ha res, o no és per a tu"),
        ("already_done", "això ja s’ha fet en aquest mateix moment"),
        (
            "unavailable",
            "el servidor està ocupat en aquest moment; torna-ho a provar d’aquí a uns segons",
        ),
        ("internal", "alguna cosa ha fallat al nostre costat; ha quedat anotat"),
        ("unreachable", "l’altre servidor no respon en aquest moment; prova-ho més tard"),
        ("unsupported_media_type", "el cos s’ha d’enviar amb Content-Type: application/json"),
        ("too_large", "el cos ha de tenir com a màxim 256 KiB"),
        ("no_token", "això necessita un token; envia’l com a Authorization: Bearer TOKEN"),
        ("invalid_token", "aquest token és desconegut, ha caducat o es va revocar"),
        ("missing_scope", "a aquest token li falta el permís {}"),
        ("gone", "ja no existeix; es va esborrar"),
        (
            "method_not_allowed",
            "aquesta adreça no coneix aquest mètode; la capçalera Allow anomena els que coneix",
        ),
        (
            "if_match_invalid",
            "If-Match ha de ser `*`, o etiquetes amb les seves cometes, tal com les mostra ETag: \"3-00ff\"",
        ),
        (
            "idempotency_key_invalid",
            "Idempotency-Key ha de ser un sol text d’1 a 255 caràcters visibles, com ara un UUID",
        ),
        (
            "idempotency_key_reused",
            "aquesta Idempotency-Key es va fer servir per a una altra petició; dona a cadascuna la seva",
        ),
        (
            "in_progress",
            "la primera petició amb aquesta Idempotency-Key encara s’està fent; torna a preguntar d’aquí a un segon",
        ),
        (
            "too_many_requests",
            "massa peticions; la capçalera Retry-After diu quan tornar a preguntar",
        ),
    ],
};
