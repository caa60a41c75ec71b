listings-title = Necessitats i oferiments
listings-description = Què necessiten i què ofereixen els col·lectius, primer el més nou. Res no es classifica, res no es ven.
listings-lead = El que és obert ara, primer el més nou. Res no es classifica.
listings-only-of = Només els de <a href="{ $url }"><bdi>{ $name }</bdi></a>.
listings-only-tag = Només amb <a href="{ $url }"><bdi>#{ $tag }</bdi></a>.
listings-both = Tots dos
listings-needs = Necessitats
listings-offers = Oferiments
listings-kind = De quin tipus
listings-all-kinds = Tots els tipus
listings-nothing = Ara mateix no hi ha res obert.
listings-none = Res obert no hi encaixa. <a href="/listings">Veure-ho tot</a>, o cerca entre els <a href="/collectives">col·lectius</a>.
listing-signed-by = ho signa <a href="{ $url }"><bdi>{ $name }</bdi></a>
listing-elsewhere = Aquest anunci viu a <a href="{ $url }" rel="noopener">{ $host }</a>. Aquí veus el que ens ha arribat.
listing-on-behalf-of = En nom de <bdi>{ $name }</bdi>
listing-posted = Publicat el { $day }
listing-changed = canviat el { $day }
listing-this = aquest anunci
listing-glance = D’un cop d’ull
listing-tags = Etiquetes
listing-where = On
listing-when = Quan
listing-how = Com
listing-until = Vigent fins al
listing-licence = Llicència del text
listing-poster = Com a cartell, per imprimir
listing-answers =
    { $number ->
        [0] Encara cap resposta
        [one] 1 resposta
       *[other] { $number } respostes
    }
listing-more-answers = Més respostes
listing-first-answers = Primeres respostes
listing-why-open = Per què obrir el fil de nou, per al vostre registre
listing-why-close = Per què tancar el fil, per al vostre registre
listing-open-thread = Torna a admetre respostes
listing-close-thread = No admetis més respostes
listing-report = Avisa sobre aquest anunci
reply-private = No és pública
reply-voice = Veu del col·lectiu
reply-to = a <a href="#{ $anchor }"><bdi>{ $name }</bdi></a>
reply-this = aquesta resposta
reply-answer = Respon<span class="vh"> a { $name }</span>
reply-original = Original<span class="vh"> a { $host }</span>
reply-moderate = Modera<span class="vh">: { $name }</span>
reply-moderate-hidden = Modera
reply-report = Avisa<span class="vh"> sobre { $name }</span>
reply-delete = Esborra<span class="vh"> aquesta resposta</span>
reply-hidden = El col·lectiu ha amagat aquesta resposta.
reply-deleted = Aquesta resposta s’ha esborrat.
answer-title = Respon
answer-to = Respon a <bdi>{ $name }</bdi>
answer-text = La teva resposta
answer-who = Qui parla?
answer-as-you = Tu, <bdi>{ $name }</bdi>
answer-as-voice = La veu de <bdi>{ $name }</bdi>, sense el teu nom
answer-send = Envia la resposta
answer-elsewhere = Respon des del teu propi servidor
answer-elsewhere-button = Ves al meu servidor
answer-elsewhere-copy = O copia aquest enllaç al cercador del teu servidor (Mastodon, Lemmy, Friendica…) i respon allà.
answer-sign-in = Tens un compte aquí? <a href="{ $url }">Entra</a> i respon en aquesta pàgina.
answer-not-yet = Les respostes arriben quan es publiqui.
answer-locked = Aquest fil és tancat: no admet més respostes.
poster-title = Cartell: { $title }
poster-back = Torna a l’anunci
poster-answer = Respon amb el codi, o en aquest enllaç, des de qualsevol servidor del fedivers:
post-by = Publicació de
post-in = a <a href="{ $url }"><bdi>{ $name }</bdi></a>
post-about = sobre <a href="{ $url }"><bdi>{ $title }</bdi></a>
post-this = aquesta publicació
votes-like = { $likes ->
    [one] m’agrada
   *[other] m’agrada
    }: fes un m’agrada a { $what }
votes-dislike = en contra: vota en contra de { $what }
votes-liked = { $likes ->
    [one] m’agrada per a { $what }
   *[other] m’agrada per a { $what }
    }
votes-disliked = en contra de { $what }
answer-readers-all = Ho pot llegir tothom.
answer-readers-few = Només ho poden llegir aquesta persona i qui parla pel teu col·lectiu.
offer-anything = alguna cosa, segons acordeu
offer-up-to = Fins a { $amount }. Si ho deixes buit, és tot.
