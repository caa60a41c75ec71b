queue-title = Warteschlange von { $name }
queue-heading = Warteschlange
queue-lead = Was auf eine Entscheidung wartet. Nur Verantwortliche sehen diese Seite.
queue-calls = Sie rufen euch
queue-nothing = Nichts wartet. Wenn jemand euer Kollektiv öffentlich erwähnt oder aus Lemmy hineinschreibt, steht es hier.
queue-pass-on-lead = Gib einen Beitrag weiter, dann sehen ihn alle, die euch von Mastodon und Ähnlichem aus folgen, mit dem Namen der Person, die ihn schrieb.
queue-pass-on = Weitergeben
queue-put-aside = Beiseitelegen
queue-held = Zurückgehalten
queue-held-mentions = { $mentions ->
    [one] Eine Erwähnung
   *[other] { $mentions } Erwähnungen
    }
queue-held-hosts = { $hosts ->
    [one] von einem neuen Server
   *[other] von { $hosts } neuen Servern
    }
queue-held-lead = Das ist mehr, als auf einmal in die Warteschlange passt. Niemand hier kennt diese Server schon.
queue-held-others = und andere
queue-held-dismiss = Alles beiseitelegen
queue-held-accept = Alles in die Warteschlange lassen
queue-held-suspend = Diese Server sperren
queue-limited = Von eingeschränkten Servern
queue-limited-number = { $number ->
    [one] Einer, von dem niemand benachrichtigt wurde
   *[other] { $number }, von denen niemand benachrichtigt wurde
    }
queue-passed-on = Weitergegeben
queue-take-back = Zurücknehmen
log-title = Was in { $name } entschieden wurde
log-heading = Was entschieden wurde
log-public = Alle können das lesen. Wer es war, steht hier nicht.
log-members = Nur Mitglieder lesen das. Wer es war, steht hier nicht.
log-nothing = Noch nichts.
reports-title = Meldungen an { $name }
reports-heading = Meldungen
reports-lead = Das sehen nur Verantwortliche.
reports-nothing = Nichts wartet.
reports-from = { $times ->
    [one] gemeldet von { $server }
   *[other] { $times }-mal gemeldet von { $server }
    }
reports-look-after = Kümmere dich darum
reports-dealt-with = Erledigt
report-title = Melden
report-reply = Du meldest eine Antwort von:
report-listing = Du meldest einen Eintrag von:
report-actor = Du meldest:
report-who = Es sehen die Verantwortlichen des Kollektivs und die Admins dieses Servers; nicht aber, wer du bist.
report-back = Zurück
report-text = Was stimmt nicht?
report-text-hint = In deinen eigenen Worten.
report-forward = Deren eigener Server
report-forward-yes = Auch die Moderation von { $host } benachrichtigen. Sie erfährt nicht, wer meldet.
moderate-title = Sich um eine Antwort kümmern
moderate-back = Zurück zum Faden
moderate-hide = Verbergen
moderate-hidden = Sie ist verborgen
moderate-hide-lead = Sie verschwindet aus eurem Faden und wird nicht mehr weitergegeben. Auf dem Server, von dem sie kommt, bleibt sie: Von dort kann sie niemand nehmen.
moderate-hidden-lead = Niemand liest sie in eurem Faden.
moderate-why = Warum? Für das Protokoll eures Kollektivs
moderate-show = Wieder zeigen
moderate-hide-button = Antwort verbergen
moderate-block = <bdi>{ $name }</bdi> ausschließen
moderate-blocked = <bdi>{ $name }</bdi> ist ausgeschlossen
moderate-block-lead = Kann <bdi>{ $name }</bdi> dann weder folgen noch antworten. Was schon dasteht, bleibt.
moderate-blocked-lead = Kann <bdi>{ $name }</bdi> weder folgen noch antworten.
moderate-unblock-button = Wieder hereinlassen
moderate-block-button = Ausschließen
moderate-report = <a href="{ $url }">Melde sie</a>, auch der Moderation ihres Servers.
