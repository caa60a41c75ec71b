notifications-title = Avisos para ti
notifications-nav = Avisos
notifications-count =
    { $n ->
        [0] Lo has leído todo.
        [one] Hay una novedad.
        *[other] Hay { $n } novedades.
    }
notifications-read-all = Lo he leído todo
notifications-none = Todavía nada. Cuando alguien te responda, te invite o te busque, lo verás aquí.
notifications-new = Nuevo
notifications-settings = Qué cartas recibes
incoming-title = Bandeja compartida
incoming-lead = Todas las dinamizadoras ven esta página y quién se encarga de qué. Cuando te encargas de algo, las demás lo saben.
incoming-count =
    { $all ->
        [0] No espera nada.
        [one] Espera una cosa; sin nadie a cargo: { $free }.
        *[other] Esperan { $all } cosas; sin nadie a cargo: { $free }.
    }
incoming-which = Qué parte
incoming-none = No espera nada. Disfruta de la calma.
incoming-none-here = Aquí no hay nada.
incoming-done-by = Hecho por { $name }
incoming-done = Hecho
incoming-yours = Te encargas tú
incoming-taken-by = Se encarga { $name }
incoming-gone = Se ha borrado.
incoming-open = Verlo
incoming-again = No está hecho todavía
incoming-take = Me encargo yo
incoming-put-back = Dejarlo de nuevo
incoming-finish = Ya está hecho
incoming-kind-reply = Respuesta
incoming-kind-mention = Mención
incoming-kind-join-request = Pide unirse
incoming-kind-agreement = Ofrecimiento
incoming-kind-report = Aviso de moderación
shelf-open = En espera
shelf-mine = Lo mío
shelf-done = Hecho
joining-title = Unirse a { $name }
joining-heading = Quién quiere unirse
joining-belongs = Ya formas parte.
joining-asked = Has pedido unirte
joining-asked-hint = Las dinamizadoras responderán; te llegará un aviso.
joining-lead = Cuéntales un poco de ti.
joining-ask = Pedir unirme
joining-private = Solo lo leen las dinamizadoras, y se olvida cuando han respondido.
joining-closed = Este colectivo suma miembros por invitación. Pídesela a una dinamizadora que conozcas.
joining-requests = Piden unirse
joining-none = Ahora mismo no lo pide nadie.
joining-accept = Que se una
joining-reject = Ahora no
joining-how = Cómo se entra
joining-policy = ¿Quién puede pedirlo?
joining-policy-invitation = Nadie: invitan las dinamizadoras.
joining-policy-request = Cualquiera con cuenta aquí; responden las dinamizadoras.
joining-questions = Qué les preguntáis
joining-questions-hint = Una pregunta por línea, cinco como mucho.
statistics-title = En números
statistics-lead = Lo que se ha necesitado, ofrecido y compartido aquí.
statistics-open =
    { $n ->
        [one] { $n } abierta
        *[other] { $n } abiertas
    }
statistics-fulfilled =
    { $n ->
        [one] { $n } cumplida
        *[other] { $n } cumplidas
    }
statistics-agreed = Acuerdos
statistics-done =
    { $n ->
        [one] { $n } hecho
        *[other] { $n } hechos
    }
statistics-replies =
    { $n ->
        [one] Una respuesta
        *[other] { $n } respuestas
    }
statistics-kinds = Por tipo
statistics-kind = Tipo
statistics-needs = Necesidades
statistics-offers = Ofrecimientos
statistics-nobody = Son sumas de todo lo publicado. Nunca se cuenta ni se compara a nadie.
searches-title = Búsquedas guardadas
searches-lead = Lo que buscas, y si te avisamos de lo nuevo.
searches-none = Todavía ninguna. Busca algo y pide que te avisemos de lo nuevo.
searches-told = Te avisamos
searches-hush = No me aviséis más
searches-tell = Avisadme de lo nuevo
searches-everything = Todo lo nuevo
blocks-title = A quién no oyes
blocks-lead = No se lo decimos a nadie.
blocks-muted = En silencio
blocks-muted-hint = No ves lo que dicen ni te avisamos. Aún pueden responderte.
blocks-blocked = Con bloqueo
blocks-blocked-hint = Nadie sigue ya al otro, y se rechaza lo que te respondan.
blocks-nobody = Nadie.
blocks-unmute = Volver a oír
blocks-unblock = Quitar el bloqueo
blocks-add = Alguien más
blocks-who = Identificador
blocks-mute = Silenciar
blocks-block = Bloquear
mine-title = Lo que has escrito
mine-new = Escribir para { $name }
mine-drafts = Borradores
mine-drafts-hint = Solo los ve tu colectivo.
mine-no-drafts = No hay borradores.
mine-out = Publicado
mine-none = Todavía nada.
form-edit = Editar
form-offer = Publicar un ofrecimiento
form-need = Publicar una necesidad
form-purpose = ¿Es una necesidad o un ofrecimiento?
form-kind = ¿De qué tipo?
form-title = En pocas palabras
form-title-hint = Como mucho 120 caracteres.
form-text = Con más palabras (opcional)
form-text-hint = Para qué, para quién, qué ayuda más. Puedes poner enlaces, saltos de línea y #etiquetas.
form-quantity = Cuánto (opcional)
form-unit = De qué
form-place = Lugar (opcional)
form-place-hint = Un pueblo o un barrio, no una dirección. Lo ve todo el mundo.
form-more = Más, si hace falta
form-more-hint = Condiciones, fechas, tema, mapa, quién firma. Lo que hay suele servir.
form-how = Cómo y cuándo
form-terms = En qué condiciones
form-urgency = Con qué urgencia
form-urgency-none = Sin decir
form-from = Desde (opcional)
form-until = Hasta (opcional)
form-expires = Quitarlo del tablón después de
form-expires-hint = Déjalo vacío si no tiene fin.
form-language = Idioma de este texto
form-category = Tema (opcional)
form-category-none = Ninguno
form-map = En el mapa
form-map-hint = Difuminamos el punto antes de que nadie lo vea. El exacto nunca sale de este servidor.
form-latitude = Latitud
form-longitude = Longitud
form-radius = En cuántos km a la redonda
form-signed = ¿Quién firma?
form-signed-voice = La voz de <bdi>{ $name }</bdi>. Tu nombre no aparece en ninguna parte.
form-signed-member = Tú, <bdi>{ $name }</bdi>, por el colectivo.
form-licence = ¿Qué pueden hacer otras personas con este texto?
form-draft-only = Una dinamizadora o una delegada de tu colectivo lee tu borrador y lo publica.
form-publish = Publicar
form-draft = Guardar como borrador
form-preview = Vista previa
form-preview-title = Así lo verán en otros sitios
form-preview-lead = Todavía no se ha publicado nada.
form-preview-mastodon = En Mastodon y similares
form-preview-lemmy = En Lemmy y similares
form-preview-below = Cambia lo que quieras aquí abajo y publícalo cuando esté bien.
steps-title = Para tu colectivo
steps-found = ¿Cuánto se ha conseguido hasta ahora?
steps-given = ¿Cuánto se ha entregado hasta ahora?
steps-of = de { $wanted }
steps-fulfil = Cumplida
steps-thanks = Da las gracias (opcional)
steps-thanks-hint = Una respuesta debajo, con la voz de tu colectivo si hablas por él, y si no con tu nombre. La ve quien siga el hilo.
steps-reopen = Volver a abrir
steps-withdraw = Retirar
steps-delete = Borrar
steps-delete-hint = Desaparece de aquí, y sus respuestas también. Pedimos a otros servidores que lo borren. No se puede deshacer.
steps-delete-for-ever = Borrar para siempre
feed-yours = Lo tuyo
feed-follow-somebody = Seguir a alguien
feed-invited = Tienes una invitación
feed-invited-as = Quieren que seas: <strong>{ $role }</strong>
feed-said = Lo que dicen las personas y colectivos que sigues
feed-quiet = Aquí hay calma. Sigue a un colectivo del <a href="/collectives">directorio</a>, o a quien quieras por su identificador.
feed-who = Identificador o dirección
feed-who-hint = Como @huerta@coop.example
feed-follow = Seguir
feed-collectives = Mis colectivos
feed-no-collectives = Todavía ninguno. <a href="/collectives/new">Crea uno.</a>
feed-following = Sigo a
feed-following-nobody = Todavía a nadie.
feed-asked = Pedido
feed-stop = Dejar
members-title = Miembros
members-requests = Piden seguiros
members-let-in = Aceptar
members-not-now = Ahora no
members-who = Quién forma parte
members-private = Esta lista solo la ven los miembros.
members-you = (tú)
members-invited = invitación del { $day }
members-since = desde el { $day }
members-change = Cambiar
members-role = Papel
members-save = Guardar
members-cancel = Cancelar
members-forget = Olvidarla
members-leave = Salir
members-uninvite = Retirar la invitación
members-remove = Quitar
members-invite-title = Invitar a alguien
members-handle = Su identificador
members-as = Como
members-invite = Invitar
members-invite-hint = Solo forman parte cuando han dicho que sí. Dos dinamizadoras son mejor que una: que nadie os deje sin voz si enferma.
members-yes = Sí, con gusto
members-no = No, gracias
members-take-back = Retirarlo
agreements-title = Respuestas
agreements-mine = Lo que has ofrecido
agreements-lead = Esto responde a vuestras necesidades y ofrecimientos. Solo lo ven quienes hablan por tu colectivo y quien lo ofrece.
agreements-mine-lead = Solo lo ves tú y quienes hablan por el colectivo.
agreements-waiting = Espera respuesta
agreements-nothing = No espera nada.
agreements-past = Antes
agreements-left = quedan { $left }
agreements-in-return = A cambio: { $what }
agreements-reason = Motivo: { $text }
agreements-why = ¿Por qué? Lo leerán.
agreements-turn-down = Rechazarlo
agreements-fulfil = Ya está hecho
agreements-receipt = Reciben un comprobante.
offer-help = Ofrecer ayuda
offer-ask = Pedirlo
offer-it = Ofrecerlo
offer-how-much = ¿Cuánto?
offer-words = Unas palabras
offer-words-hint = Solo lo leen quienes hablan por el colectivo.
pictures-title = Imágenes: { $title }
pictures-heading = Imágenes
pictures-lead = Hasta cuatro. Cada una se vuelve a dibujar, para que nada oculto en el archivo, como el lugar donde se hizo, salga de este servidor.
pictures-there = Lo que se muestra
pictures-add = Añade una imagen
pictures-alt = ¿Qué se ve?
pictures-alt-hint = Para quien no la ve. Basta una frase.
pictures-file = La imagen
pictures-file-hint = JPEG, PNG, WebP o GIF; como mucho 8 MiB.
pictures-send = Añádela
pictures-remove = Quítala
pictures-enough = Ya hay cuatro: quita una para añadir otra.
pictures-done = Volver al anuncio
templates-title = Plantillas de { $name }
templates-heading = Plantillas
templates-lead = Lo que necesitáis u ofrecéis una y otra vez. Haz un anuncio con una, o deja que llegue solo.
templates-none = Todavía no hay ninguna. En la página de un anuncio, quienes hablan por el colectivo pueden guardarlo como plantilla.
templates-make = Haz un anuncio
templates-keep = Guarda como plantilla
templates-change = Cambia
templates-name = Nombre
templates-recurs = Llega solo
templates-never = Nunca
templates-next = la próxima vez, el { $day }
templates-next-at = La próxima vez
templates-recurs-hint = Se publica a las 8 de la mañana (UTC) de ese día y se cierra cuando llega el siguiente. Si es por meses o años, elige un día del 1 al 28.
templates-remove = Elimínala
security-a-browser = Un navegador
incoming-kind-follow-request = Pide seguiros
