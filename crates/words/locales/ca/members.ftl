notifications-title = Avisos per a tu
notifications-nav = Avisos
notifications-count =
    { $n ->
        [0] Ho has llegit tot.
        [one] Hi ha una novetat.
        *[other] Hi ha { $n } novetats.
    }
notifications-read-all = Ho he llegit tot
notifications-none = Encara res. Quan algú et respongui, et convidi o et busqui, ho veuràs aquí.
notifications-new = Nou
notifications-settings = Quines cartes reps
incoming-title = Safata compartida
incoming-lead = Totes les dinamitzadores veuen aquesta pàgina i qui s’encarrega de què. Quan t’encarregues d’una cosa, les altres ho saben.
incoming-count =
    { $all ->
        [0] No espera res.
        [one] Espera una cosa; sense ningú a càrrec: { $free }.
        *[other] Esperen { $all } coses; sense ningú a càrrec: { $free }.
    }
incoming-which = Quina part
incoming-none = No espera res. Gaudeix de la calma.
incoming-none-here = Aquí no hi ha res.
incoming-done-by = Fet per { $name }
incoming-done = Fet
incoming-yours = Te n’encarregues tu
incoming-taken-by = Se n’encarrega { $name }
incoming-gone = S’ha esborrat.
incoming-open = Mira-ho
incoming-again = Encara no està fet
incoming-take = Me n’encarrego
incoming-put-back = Torna-ho a deixar
incoming-finish = Ja està fet
incoming-kind-reply = Resposta
incoming-kind-mention = Menció
incoming-kind-join-request = Demana unir-s’hi
incoming-kind-agreement = Oferiment
incoming-kind-report = Avís de moderació
shelf-open = En espera
shelf-mine = El meu
shelf-done = Fet
joining-title = Uneix-te a { $name }
joining-heading = Qui es vol unir
joining-belongs = Ja en formes part.
joining-asked = Has demanat unir-t’hi
joining-asked-hint = Les dinamitzadores respondran; t’arribarà un avís.
joining-lead = Explica’ls una mica de tu.
joining-ask = Demana unir-m’hi
joining-private = Només ho llegeixen les dinamitzadores, i s’oblida quan han respost.
joining-closed = Aquest col·lectiu suma membres per invitació. Demana-la a una dinamitzadora que coneguis.
joining-requests = Demanen unir-s’hi
joining-none = Ara mateix no ho demana ningú.
joining-accept = Que s’uneixi
joining-reject = Ara no
joining-how = Com s’hi entra
joining-policy = Qui ho pot demanar?
joining-policy-invitation = Ningú: conviden les dinamitzadores.
joining-policy-request = Qualsevol amb compte aquí; responen les dinamitzadores.
joining-questions = Què els pregunteu
joining-questions-hint = Una pregunta per línia, cinc com a molt.
statistics-title = En nombres
statistics-lead = El que s’ha necessitat, ofert i compartit aquí.
statistics-open =
    { $n ->
        [one] { $n } obert
        *[other] { $n } oberts
    }
statistics-fulfilled =
    { $n ->
        [one] { $n } resolt
        *[other] { $n } resolts
    }
statistics-agreed = Acords
statistics-done =
    { $n ->
        [one] { $n } fet
        *[other] { $n } fets
    }
statistics-replies =
    { $n ->
        [one] Una resposta
        *[other] { $n } respostes
    }
statistics-kinds = Per tipus
statistics-kind = Tipus
statistics-needs = Necessitats
statistics-offers = Oferiments
statistics-nobody = Són sumes de tot el que s’ha publicat. Mai no es compta ni es compara ningú.
searches-title = Cerques desades
searches-lead = El que busques, i si t’avisem del que hi ha de nou.
searches-none = Encara cap. Busca alguna cosa i demana que t’avisem del que hi hagi de nou.
searches-told = T’avisem
searches-hush = No m’aviseu més
searches-tell = Aviseu-me del que hi hagi de nou
searches-everything = Tot el que hi hagi de nou
blocks-title = A qui no sents
blocks-lead = No ho diem a ningú.
blocks-muted = En silenci
blocks-muted-hint = No veus el que diuen ni t’avisem. Encara et poden respondre.
blocks-blocked = Amb bloqueig
blocks-blocked-hint = Cap no segueix l’altre, i es rebutja el que et responguin.
blocks-nobody = Ningú.
blocks-unmute = Torna a sentir
blocks-unblock = Treu el bloqueig
blocks-add = Algú més
blocks-who = Identificador
blocks-mute = Silencia
blocks-block = Bloqueja
mine-title = El que has escrit
mine-new = Escriu per a { $name }
mine-drafts = Esborranys
mine-drafts-hint = Només els veu el teu col·lectiu.
mine-no-drafts = No hi ha esborranys.
mine-out = Publicat
mine-none = Encara res.
form-edit = Edita
form-offer = Publica un oferiment
form-need = Publica una necessitat
form-purpose = És una necessitat o un oferiment?
form-kind = De quin tipus?
form-title = En poques paraules
form-title-hint = Com a molt 120 caràcters.
form-text = Amb més paraules (opcional)
form-text-hint = Per a què, per a qui, què ajuda més. Pots posar enllaços, salts de línia i #etiquetes.
form-quantity = Quant (opcional)
form-unit = De què
form-place = Lloc (opcional)
form-place-hint = Un poble o un barri, no una adreça. Ho veu tothom.
form-more = Més, si cal
form-more-hint = Condicions, dates, tema, mapa, qui signa. El que hi ha sol servir.
form-how = Com i quan
form-terms = En quines condicions
form-urgency = Amb quina urgència
form-urgency-none = Sense dir
form-from = Des de (opcional)
form-until = Fins a (opcional)
form-expires = Treu-lo del tauler després de
form-expires-hint = Deixa-ho buit si no té fi.
form-language = Idioma d’aquest text
form-category = Tema (opcional)
form-category-none = Cap
form-map = Al mapa
form-map-hint = Difuminem el punt abans que ningú el vegi. L’exacte no surt mai d’aquest servidor.
form-latitude = Latitud
form-longitude = Longitud
form-radius = En quants km a la rodona
form-signed = Qui signa?
form-signed-voice = La veu de <bdi>{ $name }</bdi>. El teu nom no surt enlloc.
form-signed-member = Tu, <bdi>{ $name }</bdi>, pel col·lectiu.
form-licence = Què poden fer altres persones amb aquest text?
form-draft-only = Una dinamitzadora o una delegada del teu col·lectiu llegeix el teu esborrany i el publica.
form-publish = Publica
form-draft = Desa com a esborrany
form-preview = Vista prèvia
form-preview-title = Així ho veuran en altres llocs
form-preview-lead = Encara no s’ha publicat res.
form-preview-mastodon = A Mastodon i similars
form-preview-lemmy = A Lemmy i similars
form-preview-below = Canvia el que vulguis aquí sota i publica-ho quan estigui bé.
steps-title = Per al teu col·lectiu
steps-found = Quant s’ha aconseguit fins ara?
steps-given = Quant s’ha donat fins ara?
steps-of = de { $wanted }
steps-fulfil = Resolt
steps-thanks = Dona les gràcies (opcional)
steps-thanks-hint = Una resposta a sota, amb la veu del teu col·lectiu si en parles en nom, si no amb el teu nom. La veu qui segueixi el fil.
steps-reopen = Torna a obrir
steps-withdraw = Retira
steps-delete = Esborra
steps-delete-hint = Desapareix d’aquí, i les seves respostes també. Demanem a altres servidors que ho esborrin. No es pot desfer.
steps-delete-for-ever = Esborra per sempre
feed-yours = El teu
feed-follow-somebody = Segueix algú
feed-invited = Tens una invitació
feed-invited-as = Volen que siguis: <strong>{ $role }</strong>
feed-said = El que diuen les persones i els col·lectius que segueixes
feed-quiet = Aquí hi ha calma. Segueix un col·lectiu del <a href="/collectives">directori</a>, o qui vulguis pel seu identificador.
feed-who = Identificador o adreça
feed-who-hint = Com @hort@coop.example
feed-follow = Segueix
feed-collectives = Els meus col·lectius
feed-no-collectives = Encara cap. <a href="/collectives/new">Crea’n un.</a>
feed-following = Segueixo
feed-following-nobody = Encara ningú.
feed-asked = Demanat
feed-stop = Deixa
members-title = Membres
members-requests = Demanen seguir-vos
members-let-in = Accepta
members-not-now = Ara no
members-who = Qui en forma part
members-private = Aquesta llista només la veuen els membres.
members-you = (tu)
members-invited = invitació del { $day }
members-since = des del { $day }
members-change = Canvia
members-role = Paper
members-save = Desa
members-cancel = Cancel·la
members-forget = Oblida-la
members-leave = Surt
members-uninvite = Retira la invitació
members-remove = Treu
members-invite-title = Convida algú
members-handle = El seu identificador
members-as = Com a
members-invite = Convida
members-invite-hint = Només en formen part quan han dit que sí. Dues dinamitzadores són millor que una: que ningú no us deixi sense veu si es posa malalt.
members-yes = Sí, amb molt de gust
members-no = No, gràcies
members-take-back = Retira-ho
agreements-title = Respostes
agreements-mine = El que has ofert
agreements-lead = Això respon a les vostres necessitats i oferiments. Només ho veuen qui parla pel teu col·lectiu i qui ho ofereix.
agreements-mine-lead = Només ho veus tu i qui parla pel col·lectiu.
agreements-waiting = Espera resposta
agreements-nothing = No espera res.
agreements-past = Abans
agreements-left = en queden { $left }
agreements-in-return = A canvi: { $what }
agreements-reason = Motiu: { $text }
agreements-why = Per què? Ho llegiran.
agreements-turn-down = Rebutja-ho
agreements-fulfil = Ja està fet
agreements-receipt = Reben un comprovant.
offer-help = Ofereix ajuda
offer-ask = Demana-ho
offer-it = Ofereix-ho
offer-how-much = Quant?
offer-words = Unes paraules
offer-words-hint = Només ho llegeixen qui parla pel col·lectiu.
pictures-title = Imatges: { $title }
pictures-heading = Imatges
pictures-lead = Fins a quatre. Cadascuna es torna a dibuixar, perquè res amagat al fitxer, com el lloc on es va fer, surti d’aquest servidor.
pictures-there = El que es mostra
pictures-add = Afegeix una imatge
pictures-alt = Què s’hi veu?
pictures-alt-hint = Per a qui no la veu. N’hi ha prou amb una frase.
pictures-file = La imatge
pictures-file-hint = JPEG, PNG, WebP o GIF; com a molt 8 MiB.
pictures-send = Afegeix-la
pictures-remove = Treu-la
pictures-enough = Ja n’hi ha quatre: treu-ne una per afegir-ne una altra.
pictures-done = Torna a l’anunci
templates-title = Plantilles de { $name }
templates-heading = Plantilles
templates-lead = El que necessiteu o oferiu un cop i un altre. Fes-ne un anunci, o deixa que arribi tot sol.
templates-none = Encara no n’hi ha cap. A la pàgina d’un anunci, qui parla pel col·lectiu el pot desar com a plantilla.
templates-make = Fes un anunci
templates-keep = Desa com a plantilla
templates-change = Canvia
templates-name = Nom
templates-recurs = Arriba tot sol
templates-never = Mai
templates-next = la propera vegada, el { $day }
templates-next-at = La propera vegada
templates-recurs-hint = Es publica a les 8 del matí (UTC) d’aquell dia i es tanca quan arriba el següent. Si és per mesos o anys, tria un dia de l’1 al 28.
templates-remove = Elimina-la
security-a-browser = Un navegador
incoming-kind-follow-request = Demana seguir-vos
