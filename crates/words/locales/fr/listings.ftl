listings-title = Besoins et offres
listings-both = Les deux
listings-needs = Besoins
listings-offers = Offres
listings-kind = De quel type
listings-all-kinds = Tous les types
listings-nothing = Rien n’est ouvert pour l’instant.
listing-posted = Publié le { $day }
listing-changed = modifié le { $day }
listing-glance = En bref
listing-tags = Mots-clés
listing-where = Où
listing-when = Quand
listing-how = Comment
listing-until = Valable jusqu’au
listing-poster = En affiche, à imprimer
listing-answers =
    { $number ->
        [0] Pas encore de réponse
        [one] 1 réponse
       *[other] { $number } réponses
    }
listing-more-answers = Plus de réponses
listing-report = Signaler cette annonce
reply-private = Pas publique
reply-voice = Voix du collectif
reply-to = à <a href="#{ $anchor }"><bdi>{ $name }</bdi></a>
reply-answer = Répondre<span class="vh"> à { $name }</span>
reply-deleted = Cette réponse a été supprimée.
answer-title = Répondre
answer-text = Votre réponse
answer-send = Envoyer la réponse
answer-elsewhere = Répondre depuis votre serveur
answer-elsewhere-button = Aller à mon serveur
poster-title = Affiche : { $title }
post-by = Une publication de
post-in = dans <a href="{ $url }"><bdi>{ $name }</bdi></a>
post-about = à propos de <a href="{ $url }"><bdi>{ $title }</bdi></a>
post-this = cette publication
votes-like = { $likes ->
    [one] j’aime
   *[other] j’aime
    } : aimer { $what }
votes-dislike = contre : voter contre { $what }
votes-liked = { $likes ->
    [one] j’aime pour { $what }
   *[other] j’aime pour { $what }
    }
votes-disliked = contre { $what }
answer-readers-all = Tout le monde peut la lire.
answer-readers-few = Seules cette personne et celles qui parlent pour ton collectif peuvent la lire.
offer-anything = quelque chose, comme vous en conviendrez
offer-up-to = Jusqu’à { $amount }. Laissé vide, c’est le tout.
listings-description = Ce dont des collectifs ont besoin et ce qu’ils offrent, le plus récent d’abord. Rien n’est classé, rien n’est vendu.
listings-lead = Ce qui est ouvert maintenant, le plus récent d’abord. Rien n’est classé.
listings-only-of = Seulement ceux de <a href="{ $url }"><bdi>{ $name }</bdi></a>.
listings-only-tag = Seulement avec <a href="{ $url }"><bdi>#{ $tag }</bdi></a>.
listings-none = Rien d’ouvert ne convient. <a href="/listings">Tout montrer</a>, ou regarde parmi les <a href="/collectives">collectifs</a>.
listing-signed-by = signé par <a href="{ $url }"><bdi>{ $name }</bdi></a>
listing-elsewhere = Cette annonce vit sur <a href="{ $url }" rel="noopener">{ $host }</a>. Tu vois ici ce qui nous est parvenu.
listing-on-behalf-of = Au nom de <bdi>{ $name }</bdi>
listing-this = cette annonce
listing-licence = Licence du texte
listing-first-answers = Premières réponses
listing-why-open = Pourquoi rouvrir le fil, pour votre journal
listing-why-close = Pourquoi fermer le fil, pour votre journal
listing-open-thread = Reprendre les réponses
listing-close-thread = Ne plus prendre de réponses
reply-this = cette réponse
reply-original = Original<span class="vh"> sur { $host }</span>
reply-moderate = S’en occuper<span class="vh"> : { $name }</span>
reply-moderate-hidden = S’en occuper
reply-report = Signaler<span class="vh"> { $name }</span>
reply-delete = Supprimer<span class="vh"> cette réponse</span>
reply-hidden = Le collectif a masqué cette réponse.
answer-to = Répondre à <bdi>{ $name }</bdi>
answer-who = Qui parle ?
answer-as-you = Toi, <bdi>{ $name }</bdi>
answer-as-voice = La voix de <bdi>{ $name }</bdi>, sans ton nom
answer-elsewhere-copy = Ou copie cette adresse dans la recherche de ton serveur (Mastodon, Lemmy, Friendica…) et réponds là.
answer-sign-in = Tu as un compte ici ? <a href="{ $url }">Connecte-toi</a> et réponds sur cette page.
answer-not-yet = Les réponses viennent une fois que c’est publié.
answer-locked = Ce fil est fermé : il ne prend plus de réponses.
poster-back = Retour à l’annonce
poster-answer = Réponds avec le code, ou à cette adresse, depuis n’importe quel serveur du fédivers :
