login-title = Bon retour
login-who = Identifiant ou courriel
accounts-title = Comptes
accounts-title-of = Comptes de { $name }
accounts-lead-of = Des personnes dont ton collectif s’occupe. Seules la gestion des comptes et l’équipe voient cette page.
accounts-lead-all = De tout le monde ici. Seules les personnes qui tiennent ce lieu voient cette page.
accounts-link = L’invitation est faite
accounts-link-lead = Donne cette adresse à la personne que tu invites. Elle n’est montrée que maintenant.
accounts-waiting = Demandes d’entrée
accounts-asked = demandé le { $day }
accounts-let-in = Accepter
accounts-turn-down = Refuser
accounts-turn-down-why = Pourquoi ? Ce sera lu.
accounts-unsponsored = Personne ne s’en occupe
accounts-unsponsored-of = Ces personnes sont des vôtres, et le collectif qui s’occupait de leur compte ne le fait plus.
accounts-unsponsored-all = Le collectif qui s’occupait de leur compte ne le fait plus. Un autre dont elles sont membres le peut.
accounts-take-on = S’en occuper
accounts-suspended = Suspendu
accounts-which = Quels comptes
accounts-in-use = En service
accounts-suspended-list = Suspendus
accounts-unconfirmed = Non confirmés
accounts-rejected = Refusés
accounts-others = Autres
accounts-none = Il n’y en a pas.
accounts-since = depuis le { $day }
accounts-change = Modifier
accounts-reset = Envoyer un lien pour un nouveau mot de passe<span class="vh"> à { $name }</span>
accounts-why = Pourquoi, pour le journal
accounts-suspend = Suspendre<span class="vh"> { $name }</span>
accounts-suspend-two = Suspendre demande d’être deux : ceci le propose, et une deuxième personne accepte.
accounts-unsuspend = Réadmettre<span class="vh"> { $name }</span>
accounts-invite = Inviter quelqu’un à avoir un compte
accounts-invite-lead = La personne qui vient avec l’invitation est tout de suite membre de ton collectif, qui s’occupe de son compte.
accounts-an-invitation = Une invitation
accounts-invitation-left = { $uses ->
    [one] pour une personne
   *[other] pour { $uses } personnes
    }, jusqu’au { $day }
accounts-take-back = La reprendre
accounts-invite-note = Pour qui, pour t’y retrouver
accounts-invite-uses = Combien peuvent venir
accounts-invite-days = Pendant combien de jours
accounts-invite-make = Faire une invitation
accounts-make = Créer un compte pour quelqu’un
accounts-make-lead = Cette personne reçoit une lettre avec un lien, et choisit elle-même son mot de passe.
accounts-make-name-hint = Tel que les autres le voient.
accounts-make-email-hint = Personne ne la voit, toi non plus.
accounts-make-button = Créer le compte
login-wrong = Ce que tu as saisi ne va pas ensemble.
login-unconfirmed = Ton adresse n’est pas encore confirmée : ouvre le lien de la lettre envoyée, ou demandes-en une autre ci-dessous.
login-waiting = Ton compte attend la réponse de celles et ceux qui s’en occupent. Une lettre te le dira.
oauth-unknown-app = L’application qui t’a envoyé ici n’est pas enregistrée sur ce serveur.
oauth-unknown-address = L’application veut t’envoyer à une adresse qu’elle n’a pas enregistrée.
oauth-asks-wrongly = Ce que demande l’application ne se comprend pas : { $what }
oauth-said-no = Tu as dit non, et l’application n’a rien reçu.
scope-read = lire tout ce que tu peux lire
scope-write = faire tout ce que tu peux faire
scope-accounts-read = lire ton compte
scope-accounts-write = modifier ton compte
scope-collectives-read = lire les collectifs
scope-collectives-write = fonder et modifier des collectifs
scope-memberships-read = lire qui est membre de tes collectifs
scope-memberships-write = inviter, accepter et quitter
scope-listings-read = lire les besoins et les offres, tes brouillons aussi
scope-listings-write = publier et modifier des besoins et des offres
scope-replies-read = lire les réponses
scope-replies-write = répondre en ton nom
scope-agreements-read = lire ce qui a été offert et convenu
scope-agreements-write = offrir, accepter et refuser
scope-reactions-write = aimer et voter contre
scope-queue-read = lire ce qui attend l’équipe
scope-queue-write = répondre à ce qui attend l’équipe
scope-follows-read = lire qui tu suis
scope-follows-write = suivre et ne plus suivre
scope-feeds-read = lire tes fils
scope-lookup-read = trouver des personnes et des collectifs sur d’autres serveurs
scope-search-read = chercher
scope-searches-read = lire les recherches que tu gardes
scope-searches-write = garder des recherches
scope-media-read = lire tes images
scope-media-write = envoyer des images
scope-notifications-read = lire tes notifications
scope-notifications-write = marquer des notifications comme lues
scope-blocks-read = lire qui tu bloques
scope-blocks-write = bloquer et débloquer
scope-mutes-read = lire qui tu mets en sourdine
scope-mutes-write = mettre et ôter la sourdine
scope-webhooks-read = lire les webhooks de tes collectifs
scope-webhooks-write = modifier les webhooks de tes collectifs
scope-moderation-read = lire les signalements et le journal de modération
scope-moderation-write = modérer et signaler
scope-admin-read = lire ce que lisent les admins de ce serveur
scope-admin-write = administrer ce serveur
settings-title = Langue et lettres
settings-language = Langue
settings-language-hint = Des pages et des lettres que tu reçois.
settings-digest = Les nouvelles, par lettre
settings-digest-hint = De ce que tu suis et d’où tu es membre. Jamais vide, et jamais deux fois la même chose.
digest-weekly = Une fois par semaine
digest-daily = Une fois par jour
digest-never = Jamais
settings-letters = Ce qui te concerne, par lettre
settings-letters-yes = Écrivez-moi pour les réponses, les offres et les invitations que je n’ai pas vues ; au plus une fois par heure.
settings-always = Les lettres sur ton compte lui-même, comme les liens pour un nouveau mot de passe, arrivent toujours.
stop-title = Plus de lettres ?
stop-digest = Faut-il arrêter les lettres de nouvelles ?
stop-notifications = Faut-il arrêter les lettres sur ce qui te concerne ?
stop-all = Faut-il arrêter toutes les lettres, sauf celles sur ton compte lui-même ?
stop-button = Oui, les arrêter
stop-button-all = Toutes les arrêter
stop-done = C’est fait. Elles s’arrêtent maintenant.
stop-hint = Tu peux changer d’avis :
account-title = Ton compte
account-signed-in = Sessions ouvertes
account-signed-in-hint = Navigateurs, applications et jetons, et comment mettre fin à chacun.
account-two-steps = Connexion en deux étapes
account-two-steps-on = Activée : un code de ton application est demandé.
account-two-steps-off = Désactivée : ton mot de passe suffit.
account-password = Mot de passe
account-password-hint = En choisir un autre.
account-email = E-mail
account-email-yours = <span dir="ltr">{ $email }</span> ; toi seul la vois.
account-email-none = Aucun : personne ne peut t’envoyer un lien pour un nouveau mot de passe.
account-settings-hint = La langue de tes pages, et les lettres que tu reçois.
account-blocks-hint = Sourdine et blocages, et comment les lever.
account-export = Tout emporter
account-export-lead = Ton profil, tes réponses, tes besoins et tes offres, et qui tu suis, en fichiers que d’autres programmes lisent.
account-export-button = Tout télécharger
account-leave = Partir pour de bon
account-delete = Supprimer ton compte
account-your-password = Ton mot de passe
account-new-password = Nouveau mot de passe
account-password-rule = 10 caractères ou plus ; une phrase courte, c’est le mieux.
account-code = Code
security-lead = Quelque chose que tu ne connais pas ? Mets-y fin, et <a href="/account/password">choisis un autre mot de passe</a>.
security-two-on = La connexion demande <a href="/account/two-steps">deux étapes</a>.
security-two-off = <a href="/account/two-steps">La connexion en deux étapes</a> laisse dehors qui connaît ton mot de passe.
security-browsers = Navigateurs
security-this = Celui-ci
security-since = depuis le { $day }
security-used = , utilisé la dernière fois le { $day }
security-end-others = Déconnecter tous les autres
security-apps = Applications et jetons
security-no-apps = Aucune application n’agit pour toi.
security-app = Application
security-token = Jeton
security-may = Ce qu’il peut faire
security-end = Y mettre fin
two-steps-since = Activée depuis le { $day } : connaître ton mot de passe seul ne suffit pas pour entrer.
two-steps-lead = Ton mot de passe, puis un code d’une application sur ton téléphone : l’un sans l’autre ne suffit pas.
two-steps-codes = Tes codes de secours
two-steps-codes-lead = Note-les ou imprime-les, et garde-les en lieu sûr. Chacun te fait entrer une fois quand ton téléphone n’est pas là. Ils ne sont montrés que maintenant.
two-steps-scan = 1. Montre ceci à ton application
two-steps-qr = Code QR de la clé ci-dessous
two-steps-no-camera = Pas d’appareil photo ?
two-steps-open = L’ouvrir dans une application de cet appareil
two-steps-type = ou saisis cette clé :
two-steps-confirm = 2. Saisis le code qu’elle montre
two-steps-code-hint = Six chiffres ; un nouveau toutes les 30 secondes.
two-steps-turn-on = L’activer
two-steps-change = Modifier
two-steps-left = { $n ->
    [one] Il te reste un code de secours.
   *[other] Il te reste { $n } codes de secours.
    }
two-steps-new-codes = Nouveaux codes de secours
two-steps-turn-off = La désactiver
two-steps-need-app = Il te faut une application pour ces codes, comme Aegis, FreeOTP ou celle de ton gestionnaire de mots de passe.
two-steps-begin = Commencer
email-title = Ton adresse e-mail
email-now = Les lettres vont maintenant à <span dir="ltr">{ $now }</span>. Nous demandons là et à la nouvelle adresse ; les deux doivent dire oui.
email-none = Ton compte n’en a pas. Nous écrivons à l’adresse que tu choisis, et elle doit dire oui.
email-new = Nouvelle adresse
email-hint = Toi seul la vois.
email-send = Envoyer les lettres
email-link-title = Changer ton adresse
email-link-lead = Les deux adresses doivent dire oui, l’ancienne et la nouvelle.
email-link-yes = Oui, la changer
email-link-old = Le lien a plus d’une heure ? <a href="/account/email">Demandes-en d’autres.</a>
password-title = Ton mot de passe
password-lead = Avec un autre mot de passe, tous les autres navigateurs, applications et jetons sont déconnectés.
password-now = Mot de passe actuel
delete-lead = Ceci supprime <span dir="ltr">{ $handle }</span> pour de bon. Personne ne peut le rétablir, nous non plus.
delete-answers = Tes réponses, ce que tu aimes, ce que tu as offert et qui tu suis sont supprimés ici, et nous demandons aux autres serveurs de les supprimer aussi.
delete-listings = Tes annonces restent à tes collectifs, sans ton nom.
delete-secrets = Ton adresse e-mail, ton mot de passe et tout ce qui te connecte sont effacés.
delete-handle = Personne n’aura plus jamais ton identifiant, toi non plus.
delete-before = Tu veux peut-être <a href="/account">tout télécharger</a> avant.
delete-code-hint = Le plus récent de ton application, ou un code de secours.
delete-yes = Supprimer mon compte pour de bon
delete-no = Le garder
join-title = Nous rejoindre
join-heading = Rejoindre { $name }
join-closed = De nouveaux comptes ne sont pas donnés en ce moment. Il n’en faut pas pour lire, ni pour répondre <a href="/about#follow">depuis ton propre serveur</a>.
join-host = <bdi>{ $host }</bdi> t’invite. Choisis comment tu t’appelleras ici.
join-invited = Tu es de la partie. Choisis comment tu t’appelleras ici.
join-by-invitation = Les comptes viennent ici avec une invitation : demandes-en une à un collectif dont tu es membre.
join-lead = Un collectif d’ici s’occupe de chaque compte. Nomme le tien, et dis un mot de toi.
join-invitation = Invitation
join-invitation-hint = Le mot dans le lien que tu as reçu.
join-handle = Identifiant
join-handle-hint = Seulement des minuscules, des chiffres et _ . -. Il ne change plus ensuite.
join-found-as = Les autres te trouveront sous
join-name = Nom
join-name-hint = Tel que les autres le voient ; laissé vide, c’est ton identifiant.
join-email-hint = Pour un lien maintenant, et quand tu oublies ton mot de passe. Personne ne la voit.
join-collective = Ton collectif ici
join-collective-hint = Son identifiant. Les personnes qui s’occupent de ses comptes te répondront.
join-why = Pourquoi viens-tu ?
join-why-hint = Pour qui dira oui ou non ; personne d’autre ne le lit.
join-rules = Les règles de ce lieu
join-agree = J’ai lu <a href="/about">à quoi sert ce lieu</a>, et je m’y tiens.
join-ask = Demander un compte
join-have = Tu as un compte ? <a href="/login">Connecte-toi.</a> Pas de lettre ? <a href="/account/reset">Demandes-en une autre.</a>
login-forgot = Mot de passe oublié, ou pas de lettre ? <a href="/account/reset">Demande un lien.</a>
login-new = Première fois ici ? <a href="/join">Demande un compte.</a> Il n’en faut pas pour lire, ni pour répondre <a href="/about#follow">depuis ton propre serveur</a>.
login-code-title = Ton code
login-code-lead = La deuxième étape : le code que ton application montre maintenant.
login-code-hint = Six chiffres, ou un code de secours si ton téléphone n’est pas là.
login-code-lost = Ni téléphone ni codes de secours ? <a href="/about#contact">Demande à qui tient ce lieu.</a>
confirm-title = Confirme ton adresse
confirm-lead = Un bouton, et nous savons que l’adresse est la tienne.
confirm-yes = C’est la mienne
link-old = Le lien a plus d’une heure ? <a href="/account/reset">Demandes-en un autre.</a>
reset-title = Demander un nouveau lien
reset-lead = Pour un nouveau mot de passe, ou pour confirmer ton adresse. Il vaut une heure, une fois.
reset-email-hint = L’adresse de ton compte.
reset-send = Envoyer le lien
reset-none = Ton compte n’a pas d’adresse ? Alors les personnes qui s’occupent des comptes de ton collectif n’y peuvent rien ; <a href="/about#contact">demande à qui tient ce lieu.</a>
new-password-title = Choisis un mot de passe
new-password-lead = Toutes les sessions de ton compte se ferment, sur tous les appareils.
consent-title = Autoriser { $app } ?
consent-heading = Autoriser <bdi>{ $app }</bdi> à agir pour toi ?
consent-lead = Tu es <bdi>{ $person }</bdi> ({ $handle }). L’application ne voit jamais ton mot de passe, et tu peux revenir là-dessus à tout moment.
consent-wants = Elle veut
consent-website = Elle dit venir de <bdi>{ $website }</bdi>.
consent-code = Ensuite tu verras un code à copier.
consent-goes = Ensuite tu iras vers <strong><bdi>{ $place }</bdi></strong>.
consent-allow = Autoriser
consent-deny = Ne pas autoriser
consent-code-title = Ton code pour { $app }
consent-code-lead = Copie-le dans l’application avant une minute. Il vaut une fois.
consent-trouble = Cette application demande mal
consent-trouble-lead = Rien n’a été autorisé, et rien n’a été envoyé à l’application. À qui la fait de réparer cela.
