queue-title = La file d’attente de { $name }
queue-heading = La file d’attente
queue-lead = Ce qui attend une décision de l’équipe. Personne d’autre ne voit cette page.
queue-calls = On vous appelle
queue-nothing = Rien n’attend. Quand quelqu’un mentionne ton collectif en public, ou y publie depuis Lemmy, tu le trouves ici.
queue-pass-on-lead = Transmets une publication, et celles et ceux qui vous suivent depuis Mastodon et ses proches la verront, avec le nom de son auteur.
queue-pass-on = Transmettre
queue-put-aside = Mettre de côté
queue-held = Mis à part
queue-held-mentions = { $mentions ->
    [one] Une mention
   *[other] { $mentions } mentions
    }
queue-held-hosts = { $hosts ->
    [one] d’un nouveau serveur
   *[other] de { $hosts } nouveaux serveurs
    }
queue-held-lead = C’est plus que la file n’en contient d’un coup. Personne ici ne connaît encore ces serveurs.
queue-held-others = et d’autres
queue-held-dismiss = Tout mettre de côté
queue-held-accept = Tout laisser entrer dans la file
queue-held-suspend = Suspendre ces serveurs
queue-limited = De serveurs limités
queue-limited-number = { $number ->
    [one] Une dont personne n’a été averti
   *[other] { $number } dont personne n’a été averti
    }
queue-passed-on = Transmises
queue-take-back = Annuler
log-title = Ce qu’a fait l’équipe de { $name }
log-heading = Ce que l’équipe a fait
log-public = Tout le monde peut lire ceci. Qui l’a fait n’est pas écrit ici.
log-members = Seuls les membres lisent ceci. Qui l’a fait n’est pas écrit ici.
log-nothing = Rien encore.
reports-title = Signalements à { $name }
reports-heading = Signalements
reports-lead = Seule l’équipe le voit.
reports-nothing = Rien n’attend.
reports-from = { $times ->
    [one] signalé par { $server }
   *[other] signalé { $times } fois par { $server }
    }
reports-look-after = S’en occuper
reports-dealt-with = C’est réglé
report-title = Signaler
report-reply = Tu signales une réponse de :
report-listing = Tu signales une annonce de :
report-actor = Tu signales :
report-who = L’équipe dont c’est le fil et les admins de ce serveur le verront ; pas qui tu es.
report-back = Retour
report-text = Ce qui ne va pas
report-text-hint = Avec tes mots.
report-forward = Leur propre serveur
report-forward-yes = Prévenir aussi la modération de { $host }. Elle n’apprend pas qui signale.
moderate-title = S’occuper d’une réponse
moderate-back = Retour au fil
moderate-hide = La masquer
moderate-hidden = Elle est masquée
moderate-hide-lead = Elle quitte votre fil et n’est plus transmise. Sur le serveur de son auteur elle reste : personne ne peut l’en retirer.
moderate-hidden-lead = Personne ne la lit dans votre fil.
moderate-why = Pourquoi, pour le journal de ton collectif
moderate-show = La montrer de nouveau
moderate-hide-button = Masquer la réponse
moderate-block = Exclure <bdi>{ $name }</bdi>
moderate-blocked = <bdi>{ $name }</bdi> : exclusion en cours
moderate-block-lead = Plus possible de suivre <bdi>{ $name }</bdi> ni de répondre. Ce qui est écrit reste.
moderate-blocked-lead = Ne peut ni suivre <bdi>{ $name }</bdi> ni répondre.
moderate-unblock-button = Lever l’exclusion
moderate-block-button = Exclure
moderate-report = <a href="{ $url }">La signaler</a>, à la modération de son serveur aussi.
