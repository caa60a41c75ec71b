settings-title = Idioma y cartas
settings-language = Idioma
settings-language-hint = De las páginas y de las cartas que recibes.
settings-digest = Novedades, por carta
settings-digest-hint = De quienes sigues y de donde formas parte. Nunca vacía, y nunca dos veces lo mismo.
digest-weekly = Una vez por semana
digest-daily = Una vez al día
digest-never = Nunca
settings-letters = Lo que te concierne, por carta
settings-letters-yes = Escribidme sobre respuestas, ofrecimientos e invitaciones que no haya visto; como mucho una vez por hora.
settings-always = Las cartas sobre la propia cuenta, como los enlaces para una contraseña nueva, llegan siempre.
stop-title = ¿No más cartas?
stop-digest = ¿Dejamos de enviarte las novedades?
stop-notifications = ¿Dejamos de enviarte cartas sobre lo que te concierne?
stop-all = ¿Dejamos de enviarte cartas, menos las de la propia cuenta?
stop-button = Sí, no las quiero
stop-button-all = No quiero ninguna
stop-done = Hecho. Ya no llegarán.
stop-hint = Puedes cambiar de idea:
account-title = Tu cuenta
account-signed-in = Sesiones abiertas
account-signed-in-hint = Navegadores, aplicaciones y fichas, y cómo cerrar cada una.
account-two-steps = Entrar en dos pasos
account-two-steps-on = Activado: se pide un código de tu aplicación.
account-two-steps-off = Desactivado: basta tu contraseña.
account-password = Contraseña
account-password-hint = Elige otra.
account-email = Correo
account-email-yours = <span dir="ltr">{ $email }</span>; solo lo ves tú.
account-email-none = Ninguno: nadie puede enviarte un enlace para una contraseña nueva.
account-settings-hint = El idioma de tus páginas y qué cartas recibes.
account-blocks-hint = En silencio y con bloqueo, y cómo deshacerlo.
account-export = Llévatelo todo
account-export-lead = Tu perfil, tus respuestas, tus necesidades y ofrecimientos, y a quién sigues, en archivos que leen otros programas.
account-export-button = Descargarlo todo
account-leave = Marcharse del todo
account-delete = Borrar tu cuenta
account-your-password = Tu contraseña
account-new-password = Contraseña nueva
account-password-rule = 10 caracteres o más; lo mejor es una frase corta.
account-code = Código
security-lead = ¿Hay algo que no conoces? Ciérralo y <a href="/account/password">elige otra contraseña</a>.
security-two-on = Se entra en <a href="/account/two-steps">dos pasos</a>.
security-two-off = <a href="/account/two-steps">Entrar en dos pasos</a> deja fuera a quien sepa tu contraseña.
security-browsers = Navegadores
security-this = Este
security-since = desde el { $day }
security-used = , último uso el { $day }
security-end-others = Cerrar todas las demás
security-apps = Aplicaciones y fichas
security-no-apps = Ninguna aplicación actúa por ti.
security-app = Aplicación
security-token = Ficha
security-may = Qué puede hacer
security-end = Cerrarla
two-steps-since = Activado desde el { $day }: con la contraseña sola no se entra.
two-steps-lead = Tu contraseña, y luego un código de una aplicación del móvil: con una sola cosa no se entra.
two-steps-codes = Tus códigos de recuperación
two-steps-codes-lead = Apúntalos o imprímelos, y guárdalos en un lugar seguro. Cada uno te deja entrar una vez cuando no tengas el móvil a mano. Solo se muestran ahora.
two-steps-scan = 1. Enséñale esto a tu aplicación
two-steps-qr = Código QR de la clave de abajo
two-steps-no-camera = ¿Sin cámara?
two-steps-open = Ábrelo en una aplicación de este dispositivo
two-steps-type = o escribe esta clave:
two-steps-confirm = 2. Escribe el código que muestra
two-steps-code-hint = Seis cifras; uno nuevo cada 30 segundos.
two-steps-turn-on = Activarlo
two-steps-change = Cambiarlo
two-steps-left =
    { $n ->
        [one] Te queda un código de recuperación.
        *[other] Te quedan { $n } códigos de recuperación.
    }
two-steps-new-codes = Códigos de recuperación nuevos
two-steps-turn-off = Desactivarlo
two-steps-need-app = Necesitas una aplicación para esos códigos, como Aegis, FreeOTP o la de tu gestor de contraseñas.
two-steps-begin = Empezar
email-title = Tu dirección de correo
email-now = Ahora las cartas van a <span dir="ltr">{ $now }</span>. Preguntamos allí y en la dirección nueva; las dos tienen que decir que sí.
email-none = Tu cuenta no tiene ninguna. Escribimos a la dirección que elijas, y tiene que decir que sí.
email-new = Dirección nueva
email-hint = Solo la ves tú.
email-send = Enviar las cartas
email-link-title = Cambiar tu dirección
email-link-lead = Las dos direcciones tienen que decir que sí, la vieja y la nueva.
email-link-yes = Sí, cambiarla
email-link-old = ¿El enlace tiene más de una hora? <a href="/account/email">Pide otros.</a>
password-title = Tu contraseña
password-lead = Con otra contraseña se cierran todos los demás navegadores, aplicaciones y fichas.
password-now = Contraseña actual
delete-lead = Esto borra <span dir="ltr">{ $handle }</span> para siempre. Nadie puede recuperarla, ni siquiera nosotras.
delete-answers = Tus respuestas, lo que te gustó, lo que ofreciste y a quién sigues se borran aquí, y pedimos a otros servidores que lo borren.
delete-listings = Lo que publicaste se queda en tus colectivos, sin tu nombre.
delete-secrets = Tu correo, tu contraseña y todo lo que te deja entrar se eliminan.
delete-handle = Nadie tendrá nunca más tu identificador, tú tampoco.
delete-before = Quizá quieras <a href="/account">descargarlo todo</a> antes.
delete-code-hint = El último de tu aplicación, o un código de recuperación.
delete-yes = Borrar mi cuenta para siempre
delete-no = Conservarla
join-title = Únete
join-heading = Únete a { $name }
join-closed = Ahora mismo no se dan cuentas nuevas. No te hace falta para leer, ni para responder <a href="/about#follow">desde tu propio servidor</a>.
join-host = <bdi>{ $host }</bdi> te invita. Elige cómo te llamarás aquí.
join-invited = Tienes una invitación. Elige cómo te llamarás aquí.
join-by-invitation = Aquí las cuentas llegan con una invitación: pídela a un colectivo del que formes parte.
join-lead = De cada cuenta cuida un colectivo de este lugar. Di cuál es el tuyo y cuenta algo de ti.
join-invitation = Invitación
join-invitation-hint = La palabra del enlace que te dieron.
join-handle = Identificador
join-handle-hint = Solo minúsculas, cifras y _ . - No se puede cambiar después.
join-found-as = Te encontrarán como
join-name = Nombre
join-name-hint = Como lo ven otras personas; déjalo vacío para que se vea tu identificador.
join-email-hint = Para un enlace ahora, y cuando olvides la contraseña. No lo ve nadie.
join-collective = Tu colectivo aquí
join-collective-hint = Su identificador. Te responderá quien cuide de sus cuentas.
join-why = ¿Por qué vienes?
join-why-hint = Para quienes dicen sí o no; no lo lee nadie más.
join-rules = Las normas de este lugar
join-agree = He leído <a href="/about">para qué es este lugar</a>, y lo respeto.
join-ask = Pedir una cuenta
join-have = ¿Ya tienes cuenta? <a href="/login">Entra.</a> ¿No llegó la carta? <a href="/account/reset">Pide otra.</a>
login-title = Qué bien verte
login-who = Identificador o correo
login-forgot = ¿Olvidaste la contraseña, o no llegó la carta? <a href="/account/reset">Pide un enlace.</a>
login-new = ¿Primera vez? <a href="/join">Pide una cuenta.</a> No te hace falta para leer, ni para responder <a href="/about#follow">desde tu propio servidor</a>.
login-code-title = Tu código
login-code-lead = El segundo paso: el código que muestra ahora tu aplicación.
login-code-hint = Seis cifras, o un código de recuperación si no tienes el móvil a mano.
login-code-lost = ¿Ni móvil ni códigos de recuperación? <a href="/about#contact">Pregunta a quienes cuidan este lugar.</a>
confirm-title = Confirma tu dirección
confirm-lead = Con un botón sabremos que la dirección es tuya.
confirm-yes = Es mía
link-old = ¿El enlace tiene más de una hora? <a href="/account/reset">Pide otro.</a>
reset-title = Pedir un enlace nuevo
reset-lead = Para una contraseña nueva, o para confirmar tu dirección. Vale una hora, una vez.
reset-email-hint = La dirección de tu cuenta.
reset-send = Enviar el enlace
reset-none = ¿Tu cuenta no tiene dirección? Entonces quienes cuidan de las cuentas de tu colectivo no pueden ayudarte; <a href="/about#contact">pregunta a quienes cuidan este lugar.</a>
new-password-title = Elige una contraseña
new-password-lead = Se cierran todas las sesiones de tu cuenta, en todos los dispositivos.
consent-title = ¿Permitir { $app }?
consent-heading = ¿Permitir que <bdi>{ $app }</bdi> actúe por ti?
consent-lead = Eres <bdi>{ $person }</bdi> ({ $handle }). La aplicación no ve nunca tu contraseña, y puedes deshacerlo cuando quieras.
consent-wants = Quiere
consent-website = Dice que viene de <bdi>{ $website }</bdi>.
consent-code = Después verás un código para copiar.
consent-goes = Después irás a <strong><bdi>{ $place }</bdi></strong>.
consent-allow = Permitir
consent-deny = No permitir
consent-code-title = Tu código para { $app }
consent-code-lead = Cópialo en la aplicación antes de un minuto. Vale una vez.
consent-trouble = Esta aplicación pregunta mal
consent-trouble-lead = No se ha permitido nada, ni se ha enviado nada a la aplicación. Lo tiene que arreglar quien la hace.
accounts-title = Cuentas
accounts-title-of = Cuentas de { $name }
accounts-lead-of = De personas que tu colectivo cuida. Solo ven esta página quienes gestionan cuentas y quienes dinamizan.
accounts-lead-all = De todas las personas de aquí. Solo ven esta página quienes cuidan de este lugar.
accounts-link = La invitación está hecha
accounts-link-lead = Da esta dirección a quien invitas. Solo se muestra ahora.
accounts-waiting = Piden entrar
accounts-asked = pedido el { $day }
accounts-let-in = Déjale entrar
accounts-turn-down = Rechaza
accounts-turn-down-why = ¿Por qué? Lo leerá.
accounts-unsponsored = Nadie cuida de ellas
accounts-unsponsored-of = Son de tu colectivo, y el colectivo que cuidaba de su cuenta ya no lo hace.
accounts-unsponsored-all = El colectivo que cuidaba de su cuenta ya no lo hace. Puede hacerlo otro al que pertenezcan.
accounts-take-on = Cuida de su cuenta
accounts-suspended = Suspendida
accounts-which = Qué cuentas
accounts-in-use = En uso
accounts-suspended-list = Suspendidas
accounts-unconfirmed = Sin confirmar
accounts-rejected = Rechazadas
accounts-others = Otras
accounts-none = No hay ninguna.
accounts-since = desde el { $day }
accounts-change = Cambia
accounts-reset = Envía un enlace para una contraseña nueva<span class="vh"> a { $name }</span>
accounts-why = Por qué, para el registro
accounts-suspend = Suspende<span class="vh"> a { $name }</span>
accounts-suspend-two = Suspender requiere dos personas: esto lo propone y otra persona lo aprueba.
accounts-unsuspend = Déjale entrar otra vez<span class="vh">: { $name }</span>
accounts-invite = Invita a alguien a tener una cuenta
accounts-invite-lead = Quien llega con la invitación es de tu colectivo al momento, y tu colectivo cuida de su cuenta.
accounts-an-invitation = Una invitación
accounts-invitation-left = { $uses ->
    [one] para una persona
   *[other] para { $uses } personas
    }, hasta el { $day }
accounts-take-back = Retírala
accounts-invite-note = Para quién, para que la reconozcas
accounts-invite-uses = Cuántas personas pueden venir
accounts-invite-days = Por cuántos días
accounts-invite-make = Haz una invitación
accounts-make = Crea una cuenta para alguien
accounts-make-lead = Recibirá una carta con un enlace y elegirá su contraseña.
accounts-make-name-hint = Como lo verá el resto.
accounts-make-email-hint = No se le muestra a nadie, tampoco a ti.
accounts-make-button = Crea la cuenta
login-wrong = Lo que has escrito no encaja.
login-unconfirmed = Tu dirección todavía no está confirmada: abre el enlace de la carta que te enviamos, o pide otra abajo.
login-waiting = Tu cuenta espera la respuesta de quienes la cuidan. Te avisará una carta.
oauth-unknown-app = La aplicación que te ha enviado aquí no está registrada en este servidor.
oauth-unknown-address = La aplicación quiere enviarte a una dirección que no ha registrado.
oauth-asks-wrongly = No se entiende lo que pide la aplicación: { $what }
oauth-said-no = Has dicho que no, y la aplicación no ha recibido nada.
scope-read = leer todo lo que puedes leer
scope-write = hacer todo lo que puedes hacer
scope-accounts-read = leer tu cuenta
scope-accounts-write = cambiar tu cuenta
scope-collectives-read = leer colectivos
scope-collectives-write = fundar y cambiar colectivos
scope-memberships-read = leer quién forma parte de tus colectivos
scope-memberships-write = invitar, aceptar y salir
scope-listings-read = leer necesidades y ofrecimientos, también tus borradores
scope-listings-write = publicar y cambiar necesidades y ofrecimientos
scope-replies-read = leer respuestas
scope-replies-write = escribir respuestas en tu nombre
scope-agreements-read = leer lo que se ofreció y se acordó
scope-agreements-write = ofrecer, aceptar y rechazar
scope-reactions-write = dar me gusta y votar en contra
scope-queue-read = leer lo que espera a quienes dinamizan
scope-queue-write = responder a lo que espera a quienes dinamizan
scope-follows-read = leer a quién sigues
scope-follows-write = seguir y dejar de seguir
scope-feeds-read = leer tu inicio y tus listas
scope-lookup-read = encontrar personas y colectivos en otros servidores
scope-search-read = buscar
scope-searches-read = leer las búsquedas que guardas
scope-searches-write = guardar búsquedas
scope-media-read = leer tus imágenes
scope-media-write = subir imágenes
scope-notifications-read = leer tus avisos
scope-notifications-write = marcar avisos como leídos
scope-blocks-read = leer a quién bloqueas
scope-blocks-write = bloquear y desbloquear
scope-mutes-read = leer a quién silencias
scope-mutes-write = silenciar y dejar de silenciar
scope-webhooks-read = leer los webhooks de tus colectivos
scope-webhooks-write = cambiar los webhooks de tus colectivos
scope-moderation-read = leer avisos y el registro de moderación
scope-moderation-write = moderar y avisar
scope-admin-read = leer lo que leen quienes administran este servidor
scope-admin-write = administrar este servidor
