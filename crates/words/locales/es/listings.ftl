listings-title = Necesidades y ofrecimientos
listings-description = Qué necesitan y qué ofrecen los colectivos, primero lo más nuevo. Nada se clasifica, nada se vende.
listings-lead = Lo que está abierto ahora, primero lo más nuevo. Nada se clasifica.
listings-only-of = Solo los de <a href="{ $url }"><bdi>{ $name }</bdi></a>.
listings-only-tag = Solo con <a href="{ $url }"><bdi>#{ $tag }</bdi></a>.
listings-both = Ambos
listings-needs = Necesidades
listings-offers = Ofrecimientos
listings-kind = De qué tipo
listings-all-kinds = Todos los tipos
listings-nothing = Ahora mismo no hay nada abierto.
listings-none = Nada abierto encaja. <a href="/listings">Ver todo</a>, o busca entre los <a href="/collectives">colectivos</a>.
listing-signed-by = lo firma <a href="{ $url }"><bdi>{ $name }</bdi></a>
listing-elsewhere = Este anuncio vive en <a href="{ $url }" rel="noopener">{ $host }</a>. Aquí ves lo que nos ha llegado.
listing-on-behalf-of = En nombre de <bdi>{ $name }</bdi>
listing-posted = Publicado el { $day }
listing-changed = cambiado el { $day }
listing-this = este anuncio
listing-glance = De un vistazo
listing-tags = Etiquetas
listing-where = Dónde
listing-when = Cuándo
listing-how = Cómo
listing-until = En pie hasta
listing-licence = Licencia del texto
listing-poster = Como cartel, para imprimir
listing-answers =
    { $number ->
        [0] Sin respuestas todavía
        [one] 1 respuesta
       *[other] { $number } respuestas
    }
listing-more-answers = Más respuestas
listing-first-answers = Primeras respuestas
listing-why-open = Por qué abrir el hilo de nuevo, para vuestro registro
listing-why-close = Por qué cerrar el hilo, para vuestro registro
listing-open-thread = Volver a admitir respuestas
listing-close-thread = No admitir más respuestas
listing-report = Avisar sobre este anuncio
reply-private = No es pública
reply-voice = Voz del colectivo
reply-to = a <a href="#{ $anchor }"><bdi>{ $name }</bdi></a>
reply-this = esta respuesta
reply-answer = Responder<span class="vh"> a { $name }</span>
reply-original = Original<span class="vh"> en { $host }</span>
reply-moderate = Moderar<span class="vh">: { $name }</span>
reply-moderate-hidden = Moderar
reply-report = Avisar<span class="vh"> sobre { $name }</span>
reply-delete = Borrar<span class="vh"> esta respuesta</span>
reply-hidden = El colectivo ha ocultado esta respuesta.
reply-deleted = Esta respuesta se ha borrado.
answer-title = Responder
answer-to = Responder a <bdi>{ $name }</bdi>
answer-text = Tu respuesta
answer-who = ¿Quién habla?
answer-as-you = Tú, <bdi>{ $name }</bdi>
answer-as-voice = La voz de <bdi>{ $name }</bdi>, sin tu nombre
answer-send = Enviar la respuesta
answer-elsewhere = Responde desde tu propio servidor
answer-elsewhere-button = Ir a mi servidor
answer-elsewhere-copy = O copia este enlace en el buscador de tu servidor (Mastodon, Lemmy, Friendica…) y responde allí.
answer-sign-in = ¿Tienes cuenta aquí? <a href="{ $url }">Entra</a> y responde en esta página.
answer-not-yet = Las respuestas llegan cuando se publique.
answer-locked = Este hilo está cerrado: no admite más respuestas.
poster-title = Cartel: { $title }
poster-back = Volver al anuncio
poster-answer = Responde con el código, o en este enlace, desde cualquier servidor del fediverso:
post-by = Publicación de
post-in = en <a href="{ $url }"><bdi>{ $name }</bdi></a>
post-about = sobre <a href="{ $url }"><bdi>{ $title }</bdi></a>
post-this = esta publicación
votes-like = { $likes ->
    [one] me gusta
   *[other] me gusta
    }: dale un me gusta a { $what }
votes-dislike = en contra: vota en contra de { $what }
votes-liked = { $likes ->
    [one] me gusta para { $what }
   *[other] me gusta para { $what }
    }
votes-disliked = en contra de { $what }
answer-readers-all = Lo puede leer todo el mundo.
answer-readers-few = Solo lo pueden leer esa persona y quienes hablan por tu colectivo.
offer-anything = algo, según acordéis
offer-up-to = Hasta { $amount }. Si lo dejas vacío, es todo.
