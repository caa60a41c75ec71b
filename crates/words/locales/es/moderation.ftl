queue-title = La cola de { $name }
queue-heading = La cola
queue-lead = Lo que espera una decisión de quienes dinamizan. Nadie más ve esta página.
queue-calls = Os llaman
queue-nothing = No espera nada. Cuando alguien mencione tu colectivo en público, o publique en él desde Lemmy, lo encontrarás aquí.
queue-pass-on-lead = Difunde una publicación y la verán, con el nombre de quien la escribió, quienes os siguen desde Mastodon y similares.
queue-pass-on = Difúndela
queue-put-aside = Aparta
queue-held = Aparte
queue-held-mentions = { $mentions ->
    [one] Una mención
   *[other] { $mentions } menciones
    }
queue-held-hosts = { $hosts ->
    [one] de un servidor nuevo
   *[other] de { $hosts } servidores nuevos
    }
queue-held-lead = Es más de lo que cabe de una vez en la cola. Aquí nadie conoce todavía estos servidores.
queue-held-others = y otros
queue-held-dismiss = Apártalo todo
queue-held-accept = Pásalo todo a la cola
queue-held-suspend = Suspende estos servidores
queue-limited = De servidores limitados
queue-limited-number = { $number ->
    [one] Una de la que no se avisó a nadie
   *[other] { $number } de las que no se avisó a nadie
    }
queue-passed-on = Difundidas
queue-take-back = Deshazlo
log-title = Lo que han hecho quienes dinamizan { $name }
log-heading = Lo que han hecho quienes dinamizan
log-public = Lo puede leer todo el mundo. Aquí no se escribe quién fue.
log-members = Solo lo leen las personas del colectivo. Aquí no se escribe quién fue.
log-nothing = Todavía nada.
reports-title = Avisos a { $name }
reports-heading = Avisos
reports-lead = Solo lo ven quienes dinamizan.
reports-nothing = No espera nada.
reports-from = { $times ->
    [one] aviso de { $server }
   *[other] { $times } avisos de { $server }
    }
reports-look-after = Atiéndelo
reports-dealt-with = Resuelto
report-title = Avisa
report-reply = Avisas de una respuesta de:
report-listing = Avisas de un anuncio de:
report-actor = Avisas de:
report-who = Lo verán quienes dinamizan ese hilo y quienes administran este servidor; no quién eres.
report-back = Atrás
report-text = Qué pasa
report-text-hint = Con tus palabras.
report-forward = Su propio servidor
report-forward-yes = Avisa también a quienes moderan { $host }. No se les dice quién avisa.
moderate-title = Atender una respuesta
moderate-back = Volver al hilo
moderate-hide = Ocúltala
moderate-hidden = Está oculta
moderate-hide-lead = Sale de vuestro hilo y ya no se difunde. En el servidor de quien la escribió se queda: de allí no puede quitarla nadie.
moderate-hidden-lead = Nadie la lee en vuestro hilo.
moderate-why = Por qué, para el registro de tu colectivo
moderate-show = Muéstrala otra vez
moderate-hide-button = Oculta la respuesta
moderate-block = Excluir a <bdi>{ $name }</bdi>
moderate-blocked = <bdi>{ $name }</bdi>: exclusión en vigor
moderate-block-lead = Ya no podrá seguir a <bdi>{ $name }</bdi> ni responder. Lo que escribió se queda.
moderate-blocked-lead = No puede seguir a <bdi>{ $name }</bdi> ni responder.
moderate-unblock-button = Quita la exclusión
moderate-block-button = Excluye
moderate-report = <a href="{ $url }">Avisa</a> también a quienes moderan su servidor.
