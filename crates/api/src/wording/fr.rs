//! Problems in French.

use super::Language;

/// French.
pub(super) const FRENCH: Language = Language {
    tag: "fr",
    titles: &[
        (400, "Requête incorrecte"),
        (401, "Non authentifié"),
        (403, "Non autorisé"),
        (404, "Introuvable"),
        (405, "Méthode non autorisée"),
        (409, "Conflit"),
        (410, "N’existe plus"),
        (412, "Condition non remplie"),
        (413, "Contenu trop volumineux"),
        (415, "Type de contenu non pris en charge"),
        (422, "Traitement impossible"),
        (429, "Trop de requêtes"),
        (500, "Erreur du serveur"),
        (503, "Service indisponible"),
    ],
    sentences: &[
        ("board_closed", "ce collectif n’accepte pas de nouvelle annonce en ce moment"),
        (
            "stewards_only",
            "dans ce collectif, seules les personnes qui le gèrent ou le représentent peuvent le faire",
        ),
        ("not_a_member", "seuls les membres de ce collectif peuvent le faire"),
        ("suspended", "votre adhésion à ce collectif est suspendue"),
        ("not_theirs_to_say", "ce n’est pas à eux d’en décider"),
        (
            "last_steward",
            "un collectif doit garder au moins une personne qui le gère ; nommez-en d’abord une autre",
        ),
        ("no_invitation", "cette invitation a déjà reçu une réponse ou n’a jamais existé"),
        ("still_a_draft", "cette annonce est un brouillon ; publiez-la d’abord"),
        ("already_published", "cette annonce est déjà publiée"),
        ("fulfilled", "cette annonce est satisfaite ; rouvrez-la avant de la modifier"),
        ("withdrawn", "cette annonce a été retirée ; rouvrez-la avant de la modifier"),
        (
            "expired",
            "cette annonce a expiré ; rouvrez-la avec une nouvelle échéance avant de la modifier",
        ),
        ("already_open", "cette annonce est ouverte ; il n’y a rien à rouvrir"),
        (
            "not_from_here",
            "cette annonce vit sur un autre serveur ; seul son collectif peut la modifier",
        ),
        ("stale", "quelqu’un l’a modifié entre-temps ; rechargez et refaites votre modification"),
        ("blocked", "cette personne ou ce serveur est bloqué ici"),
        (
            "thread_too_deep",
            "le fil est trop profond pour répondre à cet endroit ; répondez plus haut",
        ),
        ("locked", "ce fil est fermé ; il n’accepte plus de réponse"),
        ("not_allowed", "le compte n’a pas le droit de le faire"),
        ("follows_itself", "personne ne peut se suivre soi-même"),
        ("no_request", "il n’y a pas de telle demande à laquelle répondre"),
        ("not_for_us", "cela ne concerne personne sur ce serveur"),
        ("deleted", "ce qui a été supprimé ne revient pas"),
        ("no_longer_open", "cette annonce n’est pas ouverte : plus rien n’est demandé ni offert"),
        (
            "not_enough_left",
            "il reste moins que ce qui a été offert : quelqu’un a été plus rapide, ou l’annonce a changé",
        ),
        ("already_answered", "cela a déjà reçu une réponse ou a été retiré"),
        (
            "already_offered",
            "ce que vous avez offert ici attend une réponse ; retirez-le avant d’offrir autre chose",
        ),
        ("taken_already", "une autre personne s’en charge ; elle le fait, ou le laisse"),
        ("not_agreed", "les deux parties ne se sont pas mises d’accord là-dessus"),
        (
            "too_many_offers",
            "trop d’offres à ce collectif attendent une réponse, ou ont été faites aujourd’hui",
        ),
        (
            "replies_only",
            "ce serveur ne comprend pas les offres de ce genre ; écrivez plutôt une réponse",
        ),
        ("too_many_webhooks", "un collectif a au plus 10 webhooks ; supprimez-en d’abord un"),
        ("webhook_is_off", "ce webhook est désactivé ; activez-le d’abord"),
        ("not_found", "il n’y a rien ici, ou rien pour vous"),
        ("already_done", "cela a déjà été fait au même moment"),
        ("unavailable", "le serveur est occupé en ce moment ; réessayez dans quelques secondes"),
        ("internal", "quelque chose s’est cassé chez nous ; c’est noté"),
        ("unreachable", "l’autre serveur ne répond pas en ce moment ; réessayez plus tard"),
        ("unsupported_media_type", "le corps doit être envoyé avec Content-Type: application/json"),
        ("too_large", "le corps doit faire au plus 256 Kio"),
        ("no_token", "il faut un jeton ; envoyez-le comme Authorization: Bearer TOKEN"),
        ("invalid_token", "ce jeton est inconnu, a expiré ou a été révoqué"),
        ("missing_scope", "il manque à ce jeton la permission {}"),
        ("gone", "cela n’existe plus ; cela a été supprimé"),
        (
            "method_not_allowed",
            "cette adresse ne connaît pas cette méthode ; l’en-tête Allow nomme celles qu’elle connaît",
        ),
        (
            "if_match_invalid",
            "If-Match doit être `*`, ou des étiquettes avec leurs guillemets, comme ETag les montre : \"3-00ff\"",
        ),
        (
            "idempotency_key_invalid",
            "Idempotency-Key doit être un seul texte de 1 à 255 caractères visibles, comme un UUID",
        ),
        (
            "idempotency_key_reused",
            "cette Idempotency-Key a servi à une autre requête ; donnez à chacune la sienne",
        ),
        (
            "in_progress",
            "la première requête avec cette Idempotency-Key est encore en cours ; redemandez dans une seconde",
        ),
        ("too_many_requests", "trop de requêtes ; l’en-tête Retry-After dit quand redemander"),
    ],
};
