settings-title = Idioma i cartes
settings-language = Idioma
settings-language-hint = De les pàgines i de les cartes que reps.
settings-digest = Novetats, per carta
settings-digest-hint = De qui segueixes i d’on formes part. Mai buida, i mai dues vegades el mateix.
digest-weekly = Un cop per setmana
digest-daily = Un cop al dia
digest-never = Mai
settings-letters = El que et concerneix, per carta
settings-letters-yes = Escriviu-me sobre respostes, oferiments i invitacions que no hagi vist; com a molt un cop per hora.
settings-always = Les cartes sobre el compte mateix, com els enllaços per a una contrasenya nova, arriben sempre.
stop-title = No més cartes?
stop-digest = Deixem d’enviar-te les novetats?
stop-notifications = Deixem d’enviar-te cartes sobre el que et concerneix?
stop-all = Deixem d’enviar-te cartes, llevat de les del compte mateix?
stop-button = Sí, no les vull
stop-button-all = No en vull cap
stop-done = Fet. Ja no arribaran.
stop-hint = Pots canviar d’idea:
account-title = El teu compte
account-signed-in = Sessions obertes
account-signed-in-hint = Navegadors, aplicacions i fitxes, i com tancar-les.
account-two-steps = Entrar en dos passos
account-two-steps-on = Activat: es demana un codi de la teva aplicació.
account-two-steps-off = Desactivat: n’hi ha prou amb la contrasenya.
account-password = Contrasenya
account-password-hint = Tria’n una altra.
account-email = Correu
account-email-yours = <span dir="ltr">{ $email }</span>; només el veus tu.
account-email-none = Cap: ningú no et pot enviar un enllaç per a una contrasenya nova.
account-settings-hint = L’idioma de les teves pàgines i quines cartes reps.
account-blocks-hint = En silenci i amb bloqueig, i com desfer-ho.
account-export = Emporta-t’ho tot
account-export-lead = El teu perfil, les teves respostes, les teves necessitats i oferiments, i a qui segueixes, en fitxers que llegeixen altres programes.
account-export-button = Descarrega-ho tot
account-leave = Marxar del tot
account-delete = Esborra el teu compte
account-your-password = La teva contrasenya
account-new-password = Contrasenya nova
account-password-rule = 10 caràcters o més; el millor és una frase curta.
account-code = Codi
security-lead = Hi ha res que no coneixes? Tanca-ho i <a href="/account/password">tria una altra contrasenya</a>.
security-two-on = S’entra en <a href="/account/two-steps">dos passos</a>.
security-two-off = <a href="/account/two-steps">Entrar en dos passos</a> deixa fora qui sàpiga la teva contrasenya.
security-browsers = Navegadors
security-this = Aquest
security-since = des del { $day }
security-used = , últim ús el { $day }
security-end-others = Tanca totes les altres
security-apps = Aplicacions i fitxes
security-no-apps = Cap aplicació no actua per tu.
security-app = Aplicació
security-token = Fitxa
security-may = Què pot fer
security-end = Tanca-la
two-steps-since = Activat des del { $day }: amb la contrasenya sola no s’hi entra.
two-steps-lead = La teva contrasenya, i després un codi d’una aplicació del mòbil: amb una sola cosa no s’hi entra.
two-steps-codes = Els teus codis de recuperació
two-steps-codes-lead = Apunta’ls o imprimeix-los, i desa’ls en un lloc segur. Cada un et deixa entrar un cop quan no tinguis el mòbil a mà. Només es mostren ara.
two-steps-scan = 1. Ensenya això a la teva aplicació
two-steps-qr = Codi QR de la clau de sota
two-steps-no-camera = Sense càmera?
two-steps-open = Obre-ho en una aplicació d’aquest dispositiu
two-steps-type = o escriu aquesta clau:
two-steps-confirm = 2. Escriu el codi que mostra
two-steps-code-hint = Sis xifres; un de nou cada 30 segons.
two-steps-turn-on = Activa-ho
two-steps-change = Canvia-ho
two-steps-left =
    { $n ->
        [one] Et queda un codi de recuperació.
        *[other] Et queden { $n } codis de recuperació.
    }
two-steps-new-codes = Codis de recuperació nous
two-steps-turn-off = Desactiva-ho
two-steps-need-app = Et cal una aplicació per a aquests codis, com Aegis, FreeOTP o la del teu gestor de contrasenyes.
two-steps-begin = Comença
email-title = La teva adreça de correu
email-now = Ara les cartes van a <span dir="ltr">{ $now }</span>. Preguntem allà i a l’adreça nova; totes dues han de dir que sí.
email-none = El teu compte no en té cap. Escrivim a l’adreça que triïs, i ha de dir que sí.
email-new = Adreça nova
email-hint = Només la veus tu.
email-send = Envia les cartes
email-link-title = Canvia la teva adreça
email-link-lead = Totes dues adreces han de dir que sí, la vella i la nova.
email-link-yes = Sí, canvia-la
email-link-old = L’enllaç té més d’una hora? <a href="/account/email">Demana’n uns altres.</a>
password-title = La teva contrasenya
password-lead = Amb una altra contrasenya es tanquen tots els altres navegadors, aplicacions i fitxes.
password-now = Contrasenya actual
delete-lead = Això esborra <span dir="ltr">{ $handle }</span> per sempre. Ningú no el pot recuperar, nosaltres tampoc.
delete-answers = Les teves respostes, el que t’ha agradat, el que vas oferir i a qui segueixes s’esborren aquí, i demanem a altres servidors que ho esborrin.
delete-listings = El que vas publicar es queda als teus col·lectius, sense el teu nom.
delete-secrets = El teu correu, la teva contrasenya i tot el que et deixa entrar s’eliminen.
delete-handle = Ningú no tindrà mai més el teu identificador, tu tampoc.
delete-before = Potser vols <a href="/account">descarregar-ho tot</a> abans.
delete-code-hint = L’últim de la teva aplicació, o un codi de recuperació.
delete-yes = Esborra el meu compte per sempre
delete-no = Conserva’l
join-title = Uneix-t’hi
join-heading = Uneix-te a { $name }
join-closed = Ara mateix no es donen comptes nous. No te’n cal per llegir, ni per respondre <a href="/about#follow">des del teu propi servidor</a>.
join-host = <bdi>{ $host }</bdi> et convida. Tria com et diràs aquí.
join-invited = Tens una invitació. Tria com et diràs aquí.
join-by-invitation = Aquí els comptes arriben amb una invitació: demana-la a un col·lectiu del qual formis part.
join-lead = De cada compte en té cura un col·lectiu d’aquest lloc. Digues quin és el teu i explica alguna cosa de tu.
join-invitation = Invitació
join-invitation-hint = La paraula de l’enllaç que et van donar.
join-handle = Identificador
join-handle-hint = Només minúscules, xifres i _ . - No es pot canviar després.
join-found-as = Et trobaran com a
join-name = Nom
join-name-hint = Com el veuen altres persones; deixa-ho buit perquè es vegi el teu identificador.
join-email-hint = Per a un enllaç ara, i quan oblidis la contrasenya. No el veu ningú.
join-collective = El teu col·lectiu aquí
join-collective-hint = El seu identificador. Et respondrà qui tingui cura dels seus comptes.
join-why = Per què véns?
join-why-hint = Per a qui diu sí o no; no ho llegeix ningú més.
join-rules = Les normes d’aquest lloc
join-agree = He llegit <a href="/about">per a què és aquest lloc</a>, i ho respecto.
join-ask = Demana un compte
join-have = Ja tens compte? <a href="/login">Entra.</a> No ha arribat la carta? <a href="/account/reset">Demana’n una altra.</a>
login-title = Que bé veure’t
login-who = Identificador o correu
login-forgot = Has oblidat la contrasenya, o no ha arribat la carta? <a href="/account/reset">Demana un enllaç.</a>
login-new = Primera vegada? <a href="/join">Demana un compte.</a> No te’n cal per llegir, ni per respondre <a href="/about#follow">des del teu propi servidor</a>.
login-code-title = El teu codi
login-code-lead = El segon pas: el codi que mostra ara la teva aplicació.
login-code-hint = Sis xifres, o un codi de recuperació si no tens el mòbil a mà.
login-code-lost = Ni mòbil ni codis de recuperació? <a href="/about#contact">Demana-ho a qui té cura d’aquest lloc.</a>
confirm-title = Confirma la teva adreça
confirm-lead = Amb un botó sabrem que l’adreça és teva.
confirm-yes = És meva
link-old = L’enllaç té més d’una hora? <a href="/account/reset">Demana’n un altre.</a>
reset-title = Demana un enllaç nou
reset-lead = Per a una contrasenya nova, o per confirmar la teva adreça. Val una hora, un cop.
reset-email-hint = L’adreça del teu compte.
reset-send = Envia l’enllaç
reset-none = El teu compte no té adreça? Llavors qui té cura dels comptes del teu col·lectiu no et pot ajudar; <a href="/about#contact">demana-ho a qui té cura d’aquest lloc.</a>
new-password-title = Tria una contrasenya
new-password-lead = Es tanquen totes les sessions del teu compte, a tots els dispositius.
consent-title = Permetre { $app }?
consent-heading = Permetre que <bdi>{ $app }</bdi> actuï per tu?
consent-lead = Ets <bdi>{ $person }</bdi> ({ $handle }). L’aplicació no veu mai la teva contrasenya, i ho pots desfer quan vulguis.
consent-wants = Vol
consent-website = Diu que ve de <bdi>{ $website }</bdi>.
consent-code = Després veuràs un codi per copiar.
consent-goes = Després aniràs a <strong><bdi>{ $place }</bdi></strong>.
consent-allow = Permet
consent-deny = No permetis
consent-code-title = El teu codi per a { $app }
consent-code-lead = Copia’l a l’aplicació abans d’un minut. Val un cop.
consent-trouble = Aquesta aplicació pregunta malament
consent-trouble-lead = No s’ha permès res, ni s’ha enviat res a l’aplicació. Ho ha d’arreglar qui la fa.
accounts-title = Comptes
accounts-title-of = Comptes de { $name }
accounts-lead-of = De persones de qui el teu col·lectiu té cura. Només veuen aquesta pàgina qui gestiona comptes i qui dinamitza.
accounts-lead-all = De tothom d’aquí. Només veuen aquesta pàgina les persones que tenen cura d’aquest lloc.
accounts-link = La invitació està feta
accounts-link-lead = Dona aquesta adreça a qui convides. Només es mostra ara.
accounts-waiting = Demanen entrar
accounts-asked = demanat el { $day }
accounts-let-in = Deixa’l entrar
accounts-turn-down = Rebutja
accounts-turn-down-why = Per què? Ho llegirà.
accounts-unsponsored = Ningú en té cura
accounts-unsponsored-of = Són del teu col·lectiu, i el col·lectiu que tenia cura del seu compte ja no ho fa.
accounts-unsponsored-all = El col·lectiu que tenia cura del seu compte ja no ho fa. Ho pot fer un altre del qual formin part.
accounts-take-on = Tingues-ne cura
accounts-suspended = Suspès
accounts-which = Quins comptes
accounts-in-use = En ús
accounts-suspended-list = Suspesos
accounts-unconfirmed = Sense confirmar
accounts-rejected = Rebutjats
accounts-others = Altres
accounts-none = No n’hi ha cap.
accounts-since = des del { $day }
accounts-change = Canvia
accounts-reset = Envia un enllaç per a una contrasenya nova<span class="vh"> a { $name }</span>
accounts-why = Per què, per al registre
accounts-suspend = Suspèn<span class="vh"> { $name }</span>
accounts-suspend-two = Suspendre requereix dues persones: això ho proposa i una altra persona hi dona el vistiplau.
accounts-unsuspend = Torna’l a deixar entrar<span class="vh">: { $name }</span>
accounts-invite = Convida algú a tenir un compte
accounts-invite-lead = Qui ve amb la invitació és del teu col·lectiu a l’acte, i el teu col·lectiu té cura del seu compte.
accounts-an-invitation = Una invitació
accounts-invitation-left = { $uses ->
    [one] per a una persona
   *[other] per a { $uses } persones
    }, fins al { $day }
accounts-take-back = Retira-la
accounts-invite-note = Per a qui, perquè la reconeguis
accounts-invite-uses = Quantes persones poden venir
accounts-invite-days = Per quants dies
accounts-invite-make = Fes una invitació
accounts-make = Crea un compte per a algú
accounts-make-lead = Rebrà una carta amb un enllaç i triarà la seva contrasenya.
accounts-make-name-hint = Com el veurà la resta.
accounts-make-email-hint = No es mostra a ningú, tampoc a tu.
accounts-make-button = Crea el compte
login-wrong = El que has escrit no encaixa.
login-unconfirmed = La teva adreça encara no està confirmada: obre l’enllaç de la carta que et vam enviar, o demana’n una altra a sota.
login-waiting = El teu compte espera la resposta de qui en té cura. T’avisarà una carta.
oauth-unknown-app = L’aplicació que t’ha enviat aquí no està registrada en aquest servidor.
oauth-unknown-address = L’aplicació et vol enviar a una adreça que no ha registrat.
oauth-asks-wrongly = No s’entén el que demana l’aplicació: { $what }
oauth-said-no = Has dit que no, i l’aplicació no ha rebut res.
scope-read = llegir tot el que pots llegir
scope-write = fer tot el que pots fer
scope-accounts-read = llegir el teu compte
scope-accounts-write = canviar el teu compte
scope-collectives-read = llegir col·lectius
scope-collectives-write = fundar i canviar col·lectius
scope-memberships-read = llegir qui forma part dels teus col·lectius
scope-memberships-write = convidar, acceptar i sortir
scope-listings-read = llegir necessitats i oferiments, també els teus esborranys
scope-listings-write = publicar i canviar necessitats i oferiments
scope-replies-read = llegir respostes
scope-replies-write = escriure respostes en nom teu
scope-agreements-read = llegir el que s’ha ofert i acordat
scope-agreements-write = oferir, acceptar i rebutjar
scope-reactions-write = fer m’agrada i votar en contra
scope-queue-read = llegir el que espera les dinamitzadores
scope-queue-write = respondre al que espera les dinamitzadores
scope-follows-read = llegir a qui segueixes
scope-follows-write = seguir i deixar de seguir
scope-feeds-read = llegir el teu inici i les teves llistes
scope-lookup-read = trobar persones i col·lectius en altres servidors
scope-search-read = cercar
scope-searches-read = llegir les cerques que deses
scope-searches-write = desar cerques
scope-media-read = llegir les teves imatges
scope-media-write = pujar imatges
scope-notifications-read = llegir els teus avisos
scope-notifications-write = marcar avisos com a llegits
scope-blocks-read = llegir a qui bloqueges
scope-blocks-write = bloquejar i desbloquejar
scope-mutes-read = llegir a qui silencies
scope-mutes-write = silenciar i deixar de silenciar
scope-webhooks-read = llegir els webhooks dels teus col·lectius
scope-webhooks-write = canviar els webhooks dels teus col·lectius
scope-moderation-read = llegir avisos i el registre de moderació
scope-moderation-write = moderar i avisar
scope-admin-read = llegir el que llegeix qui administra aquest servidor
scope-admin-write = administrar aquest servidor
