home-title = Gesuche und Angebote von Kollektiven
home-headline = Was die einen brauchen, können andere geben.
home-lead = Hier sagen Genossenschaften, Nachbarschaften und Initiativen, was sie brauchen und was sie anbieten: Hände, Werkzeug, Räume, Wissen, Geld. Niemand verkauft, niemand wird bewertet, niemand wird beobachtet.
home-near = In deiner Nähe finden
home-find = Finden
home-map = Oder auf die Karte schauen
home-see = Gesuche und Angebote ansehen
home-start = Ein Kollektiv gründen
home-follow = Vom eigenen Server aus folgen
home-newest = Gerade eingetroffen
home-categories = Themen
home-collectives = Einige Kollektive
directory-words = Mit diesen Wörtern
directory-place = In der Nähe von
directory-radius = Im Umkreis von
directory-kilometres = { $number } km
directory-category = Thema
directory-any-category = Alle Themen
directory-show = Zeigen
directory-results = Ergebnisse
directory-all = Alle zeigen
directory-map = Auf der Karte ansehen
card-where = Wo:
card-when = Wann:
card-how = Wie:
near-title = In der Nähe von { $place }
map-title = Karte der Gesuche und Angebote
map-closer = Näher
map-farther = Weiter weg
map-places = Dasselbe als Liste
interact-title = Vom eigenen Server aus folgen oder antworten
interact-handle = Deine Adresse im Fediverse
interact-on = Zu meinem Server
interact-onward = Weiter zu { $host }
interact-search = Auf { $host } suchen
interact-go = { $host } öffnen
interact-by-hand = Von Hand
interact-how = So geht es
interact-malformed = Das ist keine Adresse: sie sieht aus wie @du@dein.server.
person-said = Öffentlich gesagt
person-nothing = Noch nichts.
about-title = Über diesen Ort
about-heading = Über { $name }
about-promises = Was wir versprechen
about-contact = Kontakt
map-streets = Straßen zeigen
map-streets-hint = Sie kommen von { $host }; dort sieht man dann, dass du hinschaust.
home-description = Kollektive sagen, was sie brauchen und was sie geben können. Folge und antworte von jedem Server des Fediverse aus.
home-word = <i lang="nah">Tequio</i> ist die Arbeit, die alle für das Wohl aller geben.
home-doors = Vier Wege herein
home-near-hint = Eine Stadt oder ein Viertel.
home-see-hint = Alles, was offen ist, das Neueste zuerst. Ohne Konto.
home-start-hint = Ein Name und ein paar Worte genügen. Kein Bankkonto, keine Website.
home-follow-handle = Mit deinem Konto auf Mastodon, Lemmy und anderen folgst du einer Kennung wie <span class="handle" dir="ltr">{ $handle }</span>
home-follow-hint = Mit deinem Konto auf Mastodon, Lemmy und anderen; hier brauchst du keines.
home-all-listings = Alle ansehen<span class="vh">: Gesuche und Angebote</span>
home-nothing = Noch nichts. Das erste Gesuch oder Angebot könnte deines sein.
home-all-collectives = Alle ansehen<span class="vh">: Kollektive</span>
home-no-collective = Noch kein Kollektiv.
home-start-first = Gründe das erste.
directory-place-unknown = Hier hat noch niemand gesagt, wo „{ $place }“ ist; darum haben wir gesucht, was es nennt.
card-needs = { $number ->
    [0] kein offenes Gesuch
    [one] <b>1</b> offenes Gesuch
   *[other] <b>{ $number }</b> offene Gesuche
    }
card-offers = { $number ->
    [0] kein offenes Angebot
    [one] <b>1</b> offenes Angebot
   *[other] <b>{ $number }</b> offene Angebote
    }
near-lead = Was um einen Ort herum gebraucht und angeboten wird, soweit die, die dort leben, gesagt haben, wo sie sind.
topic-description = Was Kollektive brauchen und bieten, das Neueste zuerst.
topic-nothing = Hier ist gerade nichts offen.
topic-nobody = Hier ist kein Kollektiv, von dem wir wissen.
categories-title = Themen der Gesuche und Angebote
tag-description = Gesuche und Angebote mit #{ $tag }, das Neueste zuerst.
tag-lead = Was offen ist und dieses Schlagwort trägt, das Neueste zuerst.
tag-narrow = In diesen suchen
tag-nothing = Gerade trägt nichts Offenes #{ $tag }. Schreib es in dein eigenes Gesuch oder Angebot, und es wird hier gefunden.
map-lead = Was offen ist, und welches Kollektiv wo ist.
map-legend = <span class="key need">Gesuche</span> <span class="key offer">Angebote und Kollektive</span> <span class="key both">beides</span>.
map-source = Der Umriss des Landes ist von Natural Earth und kommt von diesem Server: Niemand sonst erfährt, was du dir ansiehst.
map-empty = Noch hat niemand gesagt, wo er ist.
map-blurred = Punkte sind auf etwa einen Kilometer verwischt, damit niemandes Tür auf der Karte ist.
map-without-place = Sieh auch, was keinen Ort hat
interact-follow = Du möchtest <a href="{ $url }"><bdi>{ $name }</bdi></a> folgen.
interact-answer = Du möchtest auf <a href="{ $url }"><bdi>{ $name }</bdi></a> antworten.
interact-handle-hint = Wie auf deinem eigenen Server, zum Beispiel @ana@social.example. Wir fragen diesen Server einmal nach dem Weg und heben nichts auf.
interact-onward-hint = Dein Server öffnet sich gleich. Wenn nicht, führt dieser Knopf hin.
interact-search-hint = Dein Server sagt nicht, wo er folgt und antwortet; Lemmy tut das nicht. Seine Suche findet das hier; melde dich dort vorher an.
interact-by-hand-follow = Kopiere die Kennung in das Suchfeld deines Servers. Findet es nichts, nimm die Adresse darunter.
interact-by-hand-answer = Kopiere die Adresse in das Suchfeld deines Servers, öffne, was es findet, und antworte dort.
interact-step-one = Öffne <a href="/collectives">ein Kollektiv</a>, oder <a href="/listings">ein Gesuch oder Angebot</a>, und wähle „vom eigenen Server aus“.
interact-step-two = Gib deine Kennung ein. Wir sehen nach, wo dein Server folgt und antwortet.
interact-step-three = Folge oder antworte dort. Deine Worte kommen hier an.
interact-some = Einige für den Anfang
interact-unknown = Dieser Server kennt niemanden mit diesem Namen. Fehlt ein Buchstabe?
interact-unreachable = Dieser Server hat nicht geantwortet. Versuch es gleich noch einmal, oder von Hand.
interact-blocked = Dieser Server ist hier blockiert.
interact-odd = Wir haben nicht verstanden, was dieser Server geantwortet hat. Mach es bitte von Hand.
interact-ours = Bei uns ist etwas kaputtgegangen. Versuch es gleich noch einmal, oder von Hand.
person-elsewhere = Zu Hause auf <a href="{ $url }" rel="noopener">{ $host }</a>. Hier siehst du, was bei uns angekommen ist.
person-account = Dein Konto: Adresse, Passwort, Sitzungen, Export
about-collectives = { $number ->
    [one] <b>1</b> Kollektiv hier
   *[other] <b>{ $number }</b> Kollektive hier
    }
about-listings = { $number ->
    [one] <b>1</b> Gesuch oder Angebot hier
   *[other] <b>{ $number }</b> Gesuche und Angebote hier
    }
about-follow = Dieser Ort spricht ActivityPub, wie Mastodon, Lemmy, Friendica und viele andere. Wenn du dort irgendwo ein Konto hast, brauchst du hier keines.
about-follow-one = Kopiere die Kennung eines Kollektivs, oder die Adresse eines Gesuchs oder Angebots.
about-follow-two = Füg sie in das Suchfeld deines eigenen Servers ein.
about-follow-three = Folge oder antworte dort. Deine Worte kommen hier an.
about-promise-time = Kein Preis, keine Punkte, keine Rangfolge. Listen sind nach der Zeit geordnet.
about-promise-nobody = Keine Werbung, und niemand Drittes erfährt, dass du hier warst: Unsere Seiten laden nichts von anderen.
about-promise-point = Ein Punkt, den du auf die Karte setzt, wird verwischt, bevor jemand außerhalb deines Kollektivs davon erfährt.
about-promise-voice = Was ein Kollektiv mit seiner Stimme sagt, zeigt nie, welches Mitglied es geschrieben hat.
about-promise-delete = Was du löschst, wird hier nicht mehr gezeigt, und die Server, denen wir es schickten, werden gebeten, ihre Kopie zu löschen. Zwingen können wir sie nicht.
about-promise-free = Die Software ist frei, unter der AGPL: Ihr könnt sie lesen, ändern und selbst betreiben.
about-keepers = Die diesen Ort betreuen: <a href="mailto:{ $address }">{ $address }</a>
about-no-keepers = Die diesen Ort betreuen, haben nicht gesagt, wie man sie erreicht.
