//! Problems in Spanish.

use super::Language;

/// Spanish.
pub(super) const SPANISH: Language = Language {
    tag: "es",
    titles: &[
        (400, "Solicitud incorrecta"),
        (401, "No autenticado"),
        (403, "No permitido"),
        (404, "No encontrado"),
        (405, "Método no permitido"),
        (409, "Conflicto"),
        (410, "Ya no existe"),
        (412, "Condición no cumplida"),
        (413, "Contenido demasiado grande"),
        (415, "Tipo de contenido no admitido"),
        (422, "No se puede procesar"),
        (429, "Demasiadas solicitudes"),
        (500, "Error del servidor"),
        (503, "Servicio no disponible"),
    ],
    sentences: &[
        ("board_closed", "este colectivo no admite anuncios nuevos en este momento"),
        (
            "stewards_only",
            "en este colectivo solo pueden hacerlo quienes lo gestionan o lo representan",
        ),
        ("not_a_member", "solo pueden hacerlo los miembros de este colectivo"),
        ("suspended", "tu pertenencia a este colectivo está suspendida"),
        ("not_theirs_to_say", "no le corresponde decidirlo"),
        (
            "last_steward",
            "un colectivo debe conservar al menos una persona que lo gestione; nombra antes a otra",
        ),
        ("no_invitation", "esta invitación ya fue respondida o nunca existió"),
        ("still_a_draft", "este anuncio es un borrador; publícalo primero"),
        ("already_published", "este anuncio ya está publicado"),
        ("fulfilled", "este anuncio ya está cumplido; vuelve a abrirlo antes de cambiarlo"),
        ("withdrawn", "este anuncio fue retirado; vuelve a abrirlo antes de cambiarlo"),
        ("expired", "este anuncio ha caducado; vuelve a abrirlo con otra fecha antes de cambiarlo"),
        ("already_open", "este anuncio está abierto; no hay nada que volver a abrir"),
        (
            "not_from_here",
            "este anuncio vive en otro servidor; solo su propio colectivo puede cambiarlo",
        ),
        ("stale", "alguien lo ha cambiado mientras tanto; vuelve a cargarlo y repite tu cambio"),
        ("blocked", "esta persona o este servidor está bloqueado aquí"),
        (
            "thread_too_deep",
            "el hilo es demasiado profundo para responder en este punto; responde más arriba",
        ),
        ("locked", "este hilo está cerrado; no admite más respuestas"),
        ("not_allowed", "la cuenta no tiene permiso para hacerlo"),
        ("follows_itself", "nadie puede seguirse a sí mismo"),
        ("no_request", "no hay ninguna solicitud así que responder"),
        ("not_for_us", "esto no concierne a nadie de este servidor"),
        ("deleted", "lo que se borró no vuelve"),
        ("no_longer_open", "este anuncio no está abierto: ya no se necesita ni se ofrece nada más"),
        (
            "not_enough_left",
            "queda menos de lo que se ofreció: alguien fue más rápido, o el anuncio cambió",
        ),
        ("already_answered", "esto ya fue respondido o retirado"),
        (
            "already_offered",
            "lo que ofreciste aquí espera respuesta; retíralo antes de ofrecer otra cosa",
        ),
        ("taken_already", "otra persona se encarga de esto; o lo hace, o lo deja"),
        ("not_agreed", "esto no fue acordado por ambas partes"),
        (
            "too_many_offers",
            "hay demasiados ofrecimientos a este colectivo que esperan respuesta, o se hicieron hoy",
        ),
        (
            "replies_only",
            "ese servidor no entiende ofrecimientos de este tipo; escribe una respuesta",
        ),
        ("too_many_webhooks", "un colectivo tiene como máximo 10 webhooks; borra antes uno"),
        ("webhook_is_off", "este webhook está apagado; enciéndelo primero"),
        ("not_found", "aquí no hay nada, o no es para ti"),
        ("already_done", "esto ya se hizo en este mismo momento"),
        (
            "unavailable",
            "el servidor está ocupado en este momento; inténtalo de nuevo dentro de unos segundos",
        ),
        ("internal", "algo ha fallado de nuestro lado; ha quedado anotado"),
        ("unreachable", "el otro servidor no responde en este momento; inténtalo más tarde"),
        ("unsupported_media_type", "el cuerpo debe enviarse con Content-Type: application/json"),
        ("too_large", "el cuerpo debe tener como máximo 256 KiB"),
        ("no_token", "esto necesita un token; envíalo como Authorization: Bearer TOKEN"),
        ("invalid_token", "este token es desconocido, ha caducado o fue revocado"),
        ("missing_scope", "a este token le falta el permiso {}"),
        ("gone", "ya no existe; fue borrado"),
        (
            "method_not_allowed",
            "esta dirección no conoce ese método; la cabecera Allow nombra los que conoce",
        ),
        (
            "if_match_invalid",
            "If-Match debe ser `*`, o etiquetas con sus comillas, como las muestra ETag: \"3-00ff\"",
        ),
        (
            "idempotency_key_invalid",
            "Idempotency-Key debe ser un solo texto de 1 a 255 caracteres visibles, como un UUID",
        ),
        (
            "idempotency_key_reused",
            "esta Idempotency-Key se usó para otra solicitud; da a cada una la suya",
        ),
        (
            "in_progress",
            "la primera solicitud con esta Idempotency-Key aún se está haciendo; pregunta de nuevo en un segundo",
        ),
        (
            "too_many_requests",
            "demasiadas solicitudes; la cabecera Retry-After dice cuándo volver a preguntar",
        ),
    ],
};
