home-title = Besoins et offres de collectifs
home-headline = Ce dont l’un a besoin, un autre peut le donner.
home-lead = Ici, coopératives, voisinages et groupes de base disent ce qu’il leur faut et ce qu’ils offrent : des bras, des outils, des lieux, des savoirs, de l’argent. Personne ne vend, personne n’est classé, personne n’est surveillé.
home-near = Trouver près de chez vous
home-find = Chercher
home-map = Ou regardez la carte
home-see = Voir besoins et offres
home-start = Créer un collectif
home-follow = Suivre depuis votre serveur
home-newest = Tout juste arrivé
home-categories = Thèmes
home-collectives = Quelques collectifs
directory-words = Avec ces mots
directory-place = Près de
directory-radius = À moins de
directory-kilometres = { $number } km
directory-category = Thème
directory-any-category = Tous les thèmes
directory-show = Afficher
directory-results = Résultats
directory-all = Tout afficher
directory-map = Voir sur la carte
card-where = Où :
card-when = Quand :
card-how = Comment :
near-title = Près de { $place }
map-title = Carte des besoins et des offres
map-closer = Plus près
map-farther = Plus loin
map-places = La même chose en liste
interact-title = Suivre ou répondre depuis votre serveur
interact-handle = Votre adresse dans le fédivers
interact-on = Aller à mon serveur
interact-onward = En route vers { $host }
interact-search = Chercher sur { $host }
interact-go = Ouvrir { $host }
interact-by-hand = À la main
interact-how = Comment faire
interact-malformed = Ce n’est pas une adresse : elle ressemble à @vous@votre.serveur.
person-said = Dit en public
person-nothing = Rien encore.
about-title = À propos de ce lieu
about-heading = À propos de { $name }
about-promises = Ce que nous promettons
about-contact = Contact
map-streets = Montrer les rues
map-streets-hint = Elles viennent de { $host }, qui voit alors que tu regardes.
home-description = Des collectifs disent ce dont ils ont besoin et ce qu’ils peuvent donner. Suis et réponds depuis n’importe quel serveur du fédivers.
home-word = <i lang="nah">Tequio</i> est le travail que chacun donne pour le bien de tous.
home-doors = Quatre portes d’entrée
home-near-hint = Une ville ou un quartier.
home-see-hint = Tout ce qui est ouvert, le plus récent d’abord. Sans compte.
home-start-hint = Un nom et quelques mots suffisent. Ni compte en banque ni site web.
home-follow-handle = Avec ton compte sur Mastodon, Lemmy et d’autres, tu suis un identifiant comme <span class="handle" dir="ltr">{ $handle }</span>
home-follow-hint = Avec ton compte sur Mastodon, Lemmy et d’autres ; ici il n’en faut pas.
home-all-listings = Tout voir<span class="vh"> : besoins et offres</span>
home-nothing = Rien encore. Le premier besoin, ou la première offre, peut venir de toi.
home-all-collectives = Tout voir<span class="vh"> : collectifs</span>
home-no-collective = Aucun collectif encore.
home-start-first = Fonde le premier.
directory-place-unknown = Personne ici n’a dit où est « { $place } » ; nous avons donc cherché ce qui le nomme.
card-needs = { $number ->
    [0] aucun besoin ouvert
    [one] <b>1</b> besoin ouvert
   *[other] <b>{ $number }</b> besoins ouverts
    }
card-offers = { $number ->
    [0] aucune offre ouverte
    [one] <b>1</b> offre ouverte
   *[other] <b>{ $number }</b> offres ouvertes
    }
near-lead = Ce dont on a besoin et ce qu’on offre autour d’un lieu, pour autant que ceux qui y vivent ont dit où ils sont.
topic-description = Ce dont des collectifs ont besoin et ce qu’ils offrent, le plus récent d’abord.
topic-nothing = Rien d’ouvert ici en ce moment.
topic-nobody = Aucun collectif ici que nous connaissions.
categories-title = Thèmes des besoins et des offres
tag-description = Besoins et offres marqués de #{ $tag }, le plus récent d’abord.
tag-lead = Ce qui est ouvert et porte ce mot-clé, le plus récent d’abord.
tag-narrow = Chercher parmi ceux-ci
tag-nothing = Rien d’ouvert ne porte #{ $tag } en ce moment. Écris-le dans ton propre besoin ou ton offre, et on le trouvera ici.
map-lead = Ce qui est ouvert, et quel collectif est où.
map-legend = <span class="key need">Besoins</span> <span class="key offer">offres et collectifs</span> <span class="key both">les deux</span>.
map-source = Le contour des terres est de Natural Earth et vient de ce serveur : personne d’autre n’apprend ce que tu regardes.
map-empty = Personne n’a encore dit où il est.
map-blurred = Les points sont floutés à un kilomètre environ : la porte de personne n’est sur la carte.
map-without-place = Voir aussi ce qui n’a pas de lieu
interact-follow = Tu veux suivre <a href="{ $url }"><bdi>{ $name }</bdi></a>.
interact-answer = Tu veux répondre à <a href="{ $url }"><bdi>{ $name }</bdi></a>.
interact-handle-hint = Comme sur ton propre serveur, par exemple @ana@social.example. Nous demandons une fois le chemin à ce serveur, et ne gardons rien.
interact-onward-hint = Ton serveur s’ouvre dans un instant. Sinon, ce bouton y mène.
interact-search-hint = Ton serveur ne dit pas où il suit et répond ; Lemmy ne le fait pas. Sa recherche trouve ceci ; connecte-toi d’abord là-bas.
interact-by-hand-follow = Copie l’identifiant dans la recherche de ton serveur. Si elle ne trouve rien, prends l’adresse en dessous.
interact-by-hand-answer = Copie l’adresse dans la recherche de ton serveur, ouvre ce qu’elle trouve, et réponds là.
interact-step-one = Ouvre <a href="/collectives">un collectif</a>, ou <a href="/listings">un besoin ou une offre</a>, et choisis « depuis ton propre serveur ».
interact-step-two = Saisis ton identifiant. Nous cherchons où ton serveur suit et répond.
interact-step-three = Suis, ou réponds, là-bas. Tes mots arrivent ici.
interact-some = Quelques-uns pour commencer
interact-unknown = Ce serveur ne connaît personne de ce nom. Manque-t-il une lettre ?
interact-unreachable = Ce serveur n’a pas répondu. Réessaie dans un instant, ou à la main.
interact-blocked = Ce serveur est bloqué ici.
interact-odd = Nous n’avons pas compris la réponse de ce serveur. Fais-le à la main, s’il te plaît.
interact-ours = Quelque chose a cassé de notre côté. Réessaie dans un instant, ou à la main.
person-elsewhere = Vit sur <a href="{ $url }" rel="noopener">{ $host }</a>. Tu vois ici ce qui nous est parvenu.
person-account = Ton compte : adresse, mot de passe, sessions, export
about-collectives = { $number ->
    [one] <b>1</b> collectif ici
   *[other] <b>{ $number }</b> collectifs ici
    }
about-listings = { $number ->
    [one] <b>1</b> besoin ou offre publié ici
   *[other] <b>{ $number }</b> besoins et offres publiés ici
    }
about-follow = Ce lieu parle ActivityPub, comme Mastodon, Lemmy, Friendica et bien d’autres. Si tu as un compte sur l’un d’eux, il n’en faut pas ici.
about-follow-one = Copie l’identifiant d’un collectif, ou l’adresse d’un besoin ou d’une offre.
about-follow-two = Mets-le dans la recherche de ton propre serveur.
about-follow-three = Suis, ou réponds, là-bas. Tes mots arrivent ici.
about-promise-time = Ni prix, ni points, ni classement. Les listes suivent le temps.
about-promise-nobody = Pas de publicité, et aucun tiers n’apprend que tu étais ici : nos pages ne chargent rien de personne d’autre.
about-promise-point = Un point que tu mets sur la carte est flouté avant que quiconque hors de ton collectif l’apprenne.
about-promise-voice = Ce qu’un collectif dit de sa voix ne montre jamais quel membre l’a écrit.
about-promise-delete = Ce que tu supprimes n’est plus montré ici, et les serveurs à qui nous l’avons envoyé sont priés de supprimer leur copie. Nous ne pouvons pas les forcer.
about-promise-free = Le logiciel est libre, sous l’AGPL : vous pouvez le lire, le changer, et le faire tourner vous-mêmes.
about-keepers = Les personnes qui tiennent ce lieu : <a href="mailto:{ $address }">{ $address }</a>
about-no-keepers = Les personnes qui tiennent ce lieu n’ont pas dit comment les joindre.
