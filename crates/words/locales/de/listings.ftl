listings-title = Gesuche und Angebote
listings-both = Beides
listings-needs = Gesuche
listings-offers = Angebote
listings-kind = Welcher Art
listings-all-kinds = Alle Arten
listings-nothing = Gerade ist nichts offen.
listing-posted = Veröffentlicht am { $day }
listing-changed = geändert am { $day }
listing-glance = Auf einen Blick
listing-where = Wo
listing-when = Wann
listing-how = Wie
listing-until = Gilt bis
listing-poster = Als Plakat zum Ausdrucken
listing-answers =
    { $number ->
        [0] Noch keine Antwort
        [one] 1 Antwort
       *[other] { $number } Antworten
    }
listing-more-answers = Weitere Antworten
listing-report = Diesen Eintrag melden
reply-private = Nicht öffentlich
reply-voice = Stimme des Kollektivs
reply-to = an <a href="#{ $anchor }"><bdi>{ $name }</bdi></a>
reply-answer = Antworten<span class="vh">: { $name }</span>
reply-deleted = Diese Antwort wurde gelöscht.
answer-title = Antworten
answer-text = Deine Antwort
answer-send = Antwort senden
answer-elsewhere = Vom eigenen Server aus antworten
answer-elsewhere-button = Zu meinem Server
poster-title = Plakat: { $title }
