home-title = Necessitats i oferiments de col·lectius
home-description = Els col·lectius diuen què necessiten i què poden donar. Segueix i respon des de qualsevol servidor del fedivers.
home-headline = El que a una li cal, una altra ho pot donar.
home-lead = Aquí cooperatives, veïnats i grups de base diuen què necessiten i què ofereixen: mans, eines, locals, sabers, diners. Ningú no ven, a ningú no se’l classifica, a ningú no se’l vigila.
home-word = <i lang="nah">Tequio</i> és la feina que cadascú fa pel bé de totes.
home-doors = Quatre maneres d’entrar
home-near = Cerca a prop teu
home-near-hint = Un poble o un barri.
home-find = Cercar
home-map = O mira el mapa
home-see = Mira necessitats i oferiments
home-see-hint = Tot el que és obert, primer el més nou. No cal cap compte.
home-start = Crea un col·lectiu
home-start-hint = N’hi ha prou amb un nom i quatre paraules. Ni compte bancari ni pàgina web.
home-follow = Segueix des del teu propi servidor
home-follow-handle = Amb el teu compte de Mastodon, Lemmy i altres segueixes una adreça com <span class="handle" dir="ltr">{ $handle }</span>
home-follow-hint = Amb el teu compte de Mastodon, Lemmy i altres; aquí no te’n cal cap.
home-newest = Acabat d’arribar
home-all-listings = Veure-ho tot<span class="vh">: necessitats i oferiments</span>
home-nothing = Encara res. La primera necessitat, o el primer oferiment, pot ser vostre.
home-categories = Temes
home-collectives = Alguns col·lectius
home-all-collectives = Veure’ls tots<span class="vh">: col·lectius</span>
home-no-collective = Encara no hi ha cap col·lectiu.
home-start-first = Crea el primer.
directory-words = Amb aquestes paraules
directory-place = A prop de
directory-radius = A menys de
directory-kilometres = { $number } km
directory-category = Tema
directory-any-category = Tots els temes
directory-show = Mostra
directory-results = Resultats
directory-all = Veure-ho tot
directory-map = Veure-ho al mapa
directory-place-unknown = Ningú aquí no ha dit on és «{ $place }», així que hem cercat el que l’anomena.
card-where = On:
card-when = Quan:
card-how = Com:
card-needs =
    { $number ->
        [0] cap necessitat oberta
        [one] <b>1</b> necessitat oberta
       *[other] <b>{ $number }</b> necessitats obertes
    }
card-offers =
    { $number ->
        [0] cap oferiment obert
        [one] <b>1</b> oferiment obert
       *[other] <b>{ $number }</b> oferiments oberts
    }
near-title = A prop de { $place }
near-lead = Què es necessita i s’ofereix al voltant d’un lloc, fins on els qui hi viuen han dit on són.
topic-description = Què necessiten i què ofereixen els col·lectius, primer el més nou.
topic-nothing = Ara mateix no hi ha res obert aquí.
topic-nobody = No coneixem cap col·lectiu aquí.
categories-title = Temes de necessitats i oferiments
tag-description = Necessitats i oferiments marcats amb #{ $tag }, primer el més nou.
tag-lead = El que és obert i porta aquesta etiqueta, primer el més nou.
tag-narrow = Cercar entre aquests
tag-nothing = Ara mateix res d’obert no porta #{ $tag }. Escriu-ho a la teva necessitat o oferiment i es trobarà aquí.
map-title = Mapa de necessitats i oferiments
map-lead = Què hi ha obert i quin col·lectiu és on.
map-legend = <span class="key need">Necessitats</span> <span class="key offer">oferiments i col·lectius</span> <span class="key both">tots dos</span>.
map-source = El contorn de la terra és de Natural Earth i ve d’aquest servidor: ningú més no sap què mires.
map-closer = Més a prop
map-farther = Més lluny
map-places = El mateix en una llista
map-empty = Ningú no ha dit encara on és.
map-blurred = Els punts estan difuminats fins a cosa d’un quilòmetre: al mapa no hi ha la porta de ningú.
map-without-place = Mira també el que no té lloc
interact-title = Segueix o respon des del teu propi servidor
interact-follow = Vols seguir <a href="{ $url }"><bdi>{ $name }</bdi></a>.
interact-answer = Vols respondre a <a href="{ $url }"><bdi>{ $name }</bdi></a>.
interact-handle = La teva adreça al fedivers
interact-handle-hint = Com al teu servidor, per exemple @ana@social.example. Li preguntem el camí un cop i no guardem res.
interact-on = Ves al meu servidor
interact-onward = Anem a { $host }
interact-onward-hint = El teu servidor s’obre de seguida. Si no, aquest botó t’hi porta.
interact-search = Cerca-ho a { $host }
interact-search-hint = El teu servidor no diu on se segueix i es respon, com tampoc Lemmy. El seu cercador ho troba; entra-hi primer.
interact-go = Obre { $host }
interact-by-hand = A mà
interact-by-hand-follow = Copia l’adreça al cercador del teu servidor. Si no troba res, prova amb l’enllaç de sota.
interact-by-hand-answer = Copia l’enllaç al cercador del teu servidor, obre el que trobi i respon allà.
interact-how = Com va
interact-step-one = Obre <a href="/collectives">un col·lectiu</a>, o <a href="/listings">una necessitat o un oferiment</a>, i tria «des del teu propi servidor».
interact-step-two = Escriu la teva adreça. Busquem on segueix i respon el teu servidor.
interact-step-three = Segueix, o respon, allà. Les teves paraules arriben aquí.
interact-some = Alguns per començar
interact-malformed = Això no és una adreça: té la forma @tu@el.teu.servidor.
interact-unknown = Aquell servidor no coneix ningú amb aquest nom. Hi falta una lletra?
interact-unreachable = Aquell servidor no ha respost. Torna-ho a provar d’aquí una estona, o fes-ho a mà.
interact-blocked = Aquell servidor està bloquejat aquí.
interact-odd = No hem entès què ha respost aquell servidor. Fes-ho a mà, si et plau.
interact-ours = Alguna cosa ha fallat per part nostra. Torna-ho a provar d’aquí una estona, o fes-ho a mà.
person-elsewhere = Viu a <a href="{ $url }" rel="noopener">{ $host }</a>. Aquí veus el que ens ha arribat.
person-said = Dit en públic
person-nothing = Encara res.
person-account = El teu compte: correu, contrasenya, sessions, exportació
about-title = Sobre aquest lloc
about-heading = Sobre { $name }
about-collectives =
    { $number ->
        [one] <b>1</b> col·lectiu aquí
       *[other] <b>{ $number }</b> col·lectius aquí
    }
about-listings =
    { $number ->
        [one] <b>1</b> necessitat o oferiment publicat aquí
       *[other] <b>{ $number }</b> necessitats i oferiments publicats aquí
    }
about-follow = Aquest lloc parla ActivityPub, com Mastodon, Lemmy, Friendica i molts d’altres. Si hi tens un compte, aquí no te’n cal cap.
about-follow-one = Copia l’adreça d’un col·lectiu, o l’enllaç d’una necessitat o d’un oferiment.
about-follow-two = Posa-la al cercador del teu servidor.
about-follow-three = Segueix, o respon, allà. Les teves paraules arriben aquí.
about-promises = Què prometem
about-promise-time = Ni preu, ni punts, ni classificació. Les llistes van per ordre de temps.
about-promise-nobody = Ni publicitat ni tercers que sàpiguen que has estat aquí: les nostres pàgines no carreguen res de ningú més.
about-promise-point = El punt que poses al mapa es difumina abans que ningú de fora del teu col·lectiu el sàpiga.
about-promise-voice = El que un col·lectiu diu amb la seva veu no mostra mai qui ho va escriure.
about-promise-delete = El que esborres deixa de veure’s aquí, i demanem als servidors que ho van rebre que n’esborrin la còpia. No els hi podem obligar.
about-promise-free = El programa és lliure, amb llicència AGPL: el podeu llegir, canviar i posar en marxa vosaltres mateixes.
about-contact = Contacte
about-keepers = Qui cuida aquest lloc: <a href="mailto:{ $address }">{ $address }</a>
about-no-keepers = Qui cuida aquest lloc no ha dit com contactar-hi.
map-streets = Mostra els carrers
map-streets-hint = Venen de { $host }, que aleshores veu que mires.
