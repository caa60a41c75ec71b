queue-title = La cua de { $name }
queue-heading = La cua
queue-lead = El que espera una decisió de qui dinamitza. Ningú més veu aquesta pàgina.
queue-calls = Us criden
queue-nothing = No espera res. Quan algú mencioni el teu col·lectiu en públic, o hi publiqui des de Lemmy, ho trobaràs aquí.
queue-pass-on-lead = Difon una publicació i la veuran, amb el nom de qui l’ha escrit, les persones que us segueixen des de Mastodon i semblants.
queue-pass-on = Difon-la
queue-put-aside = Aparta
queue-held = A part
queue-held-mentions = { $mentions ->
    [one] Una menció
   *[other] { $mentions } mencions
    }
queue-held-hosts = { $hosts ->
    [one] d’un servidor nou
   *[other] de { $hosts } servidors nous
    }
queue-held-lead = És més del que cap d’un cop a la cua. Aquí encara ningú coneix aquests servidors.
queue-held-others = i altres
queue-held-dismiss = Aparta-ho tot
queue-held-accept = Passa-ho tot a la cua
queue-held-suspend = Suspèn aquests servidors
queue-limited = De servidors limitats
queue-limited-number = { $number ->
    [one] Una de la qual no s’ha avisat ningú
   *[other] { $number } de les quals no s’ha avisat ningú
    }
queue-passed-on = Difoses
queue-take-back = Desfés-ho
log-title = El que han fet les dinamitzadores de { $name }
log-heading = El que han fet les dinamitzadores
log-public = Ho pot llegir tothom. Aquí no s’escriu qui va ser.
log-members = Només ho llegeixen les persones del col·lectiu. Aquí no s’escriu qui va ser.
log-nothing = Encara res.
reports-title = Avisos a { $name }
reports-heading = Avisos
reports-lead = Només ho veuen les dinamitzadores.
reports-nothing = No espera res.
reports-from = { $times ->
    [one] avís de { $server }
   *[other] { $times } avisos de { $server }
    }
reports-look-after = Atén-ho
reports-dealt-with = Resolt
report-title = Avisa
report-reply = Avises d’una resposta de:
report-listing = Avises d’un anunci de:
report-actor = Avises de:
report-who = Ho veuran les dinamitzadores d’aquell fil i qui administra aquest servidor; no qui ets.
report-back = Enrere
report-text = Què passa
report-text-hint = Amb les teves paraules.
report-forward = El seu servidor
report-forward-yes = Avisa també qui modera { $host }. No se’ls diu qui avisa.
moderate-title = Atendre una resposta
moderate-back = Torna al fil
moderate-hide = Amaga-la
moderate-hidden = Està amagada
moderate-hide-lead = Surt del vostre fil i ja no es difon. Al servidor de qui l’ha escrit s’hi queda: d’allà no la pot treure ningú.
moderate-hidden-lead = Ningú la llegeix al vostre fil.
moderate-why = Per què, per al registre del teu col·lectiu
moderate-show = Torna-la a mostrar
moderate-hide-button = Amaga la resposta
moderate-block = Excloure <bdi>{ $name }</bdi>
moderate-blocked = <bdi>{ $name }</bdi>: exclusió en vigor
moderate-block-lead = Ja no podrà seguir <bdi>{ $name }</bdi> ni respondre. El que va escriure s’hi queda.
moderate-blocked-lead = No pot seguir <bdi>{ $name }</bdi> ni respondre.
moderate-unblock-button = Treu l’exclusió
moderate-block-button = Exclou
moderate-report = <a href="{ $url }">Avisa</a> també qui modera el seu servidor.
