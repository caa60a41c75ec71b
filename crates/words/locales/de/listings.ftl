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
post-by = Ein Beitrag von
post-in = in <a href="{ $url }"><bdi>{ $name }</bdi></a>
post-about = zu <a href="{ $url }"><bdi>{ $title }</bdi></a>
post-this = diesen Beitrag
votes-like = { $likes ->
    [one] Mal gemocht
   *[other] Mal gemocht
    }: { $what } mögen
votes-dislike = dagegen: gegen { $what } stimmen
votes-liked = { $likes ->
    [one] Person mag { $what }
   *[other] Personen mögen { $what }
    }
votes-disliked = gegen { $what }
answer-readers-all = Alle können sie lesen.
answer-readers-few = Nur sie und alle, die für euer Kollektiv sprechen, können sie lesen.
offer-anything = etwas, wie ihr es abmacht
offer-up-to = Bis zu { $amount }. Leer gelassen, heißt es alles.
