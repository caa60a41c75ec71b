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
listing-tags = Schlagwörter
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
listings-description = Was Kollektive brauchen und was sie bieten, das Neueste zuerst. Nichts wird gereiht, nichts wird verkauft.
listings-lead = Was jetzt offen ist, das Neueste zuerst. Nichts wird gereiht.
listings-only-of = Nur die von <a href="{ $url }"><bdi>{ $name }</bdi></a>.
listings-only-tag = Nur mit <a href="{ $url }"><bdi>#{ $tag }</bdi></a>.
listings-none = Nichts Offenes passt. <a href="/listings">Zeig alles</a>, oder sieh dich bei den <a href="/collectives">Kollektiven</a> um.
listing-signed-by = gezeichnet von <a href="{ $url }"><bdi>{ $name }</bdi></a>
listing-elsewhere = Dieser Eintrag ist auf <a href="{ $url }" rel="noopener">{ $host }</a> zu Hause. Hier siehst du, was bei uns angekommen ist.
listing-on-behalf-of = Im Auftrag von <bdi>{ $name }</bdi>
listing-this = diesen Eintrag
listing-licence = Lizenz des Textes
listing-first-answers = Erste Antworten
listing-why-open = Warum der Faden wieder aufgeht, für euer Protokoll
listing-why-close = Warum der Faden geschlossen wird, für euer Protokoll
listing-open-thread = Wieder Antworten annehmen
listing-close-thread = Keine Antworten mehr annehmen
reply-this = diese Antwort
reply-original = Original<span class="vh"> auf { $host }</span>
reply-moderate = Darum kümmern<span class="vh">: { $name }</span>
reply-moderate-hidden = Darum kümmern
reply-report = Melden<span class="vh">: { $name }</span>
reply-delete = Löschen<span class="vh">: diese Antwort</span>
reply-hidden = Das Kollektiv hat diese Antwort verborgen.
answer-to = <bdi>{ $name }</bdi> antworten
answer-who = Wer spricht?
answer-as-you = Du, <bdi>{ $name }</bdi>
answer-as-voice = Die Stimme von <bdi>{ $name }</bdi>, ohne deinen Namen
answer-elsewhere-copy = Oder kopiere diese Adresse in das Suchfeld deines Servers (Mastodon, Lemmy, Friendica …) und antworte dort.
answer-sign-in = Hast du hier ein Konto? <a href="{ $url }">Melde dich an</a> und antworte auf dieser Seite.
answer-not-yet = Antworten kommen, sobald es veröffentlicht ist.
answer-locked = Dieser Faden ist geschlossen: Er nimmt keine Antworten mehr an.
poster-back = Zurück zum Eintrag
poster-answer = Antworte mit dem Code oder unter dieser Adresse, von jedem Server des Fediverse aus:
