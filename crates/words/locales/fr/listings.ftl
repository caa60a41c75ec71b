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
